"""What people do for themselves, under /me/. No address here names an extension: it is always theirs."""
