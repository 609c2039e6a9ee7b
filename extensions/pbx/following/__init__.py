"""`manage.py pbx`: one connection to each enabled PBX, under a lease; what it tells goes to the live store (MON-01)."""
