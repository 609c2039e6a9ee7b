"""Voicemail boxes: one of each extension, and shared ones (VM-01 to VM-04, VM-06)."""
