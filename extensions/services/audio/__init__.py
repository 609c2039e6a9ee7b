"""Uploaded sound: checked by what it is, kept outside the web root, given back when nobody needs it (SEC-07, VM-04)."""
