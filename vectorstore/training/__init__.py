"""Trains the bundled bilingual embedding model from public corpora. Nothing at run time imports this room."""
