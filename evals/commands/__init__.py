"""Doors: what `desk eval` does, one file a command."""
