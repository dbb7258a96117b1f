"""Files to passages. This room knows no vector store, no model and no web page."""
