"""The metrics, one file a family; `table` lists them all."""
