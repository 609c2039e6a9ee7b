"""The live state as people see it: with names, agent status, and what each may see of the others (MON-01, PRS-05)."""
