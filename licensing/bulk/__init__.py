"""Bulk assignment: a file of people becomes extensions with users, numbers and add-ons (BLK).

`reading/` turns a file into rows, `staging.py` puts them into the database, `rules.py` says in SQL what is wrong with
them, for one row as for 15,000; `run.py` is the work of the job, `undo.py` takes it back, `report.py` tells of it.
"""
