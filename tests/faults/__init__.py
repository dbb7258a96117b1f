"""Faults: what the desk must survive, each with a test; `rows.py` is the list and `FAULTS.md` the report."""
