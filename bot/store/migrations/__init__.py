"""Numbered changes of the schema, run in order at every start."""
