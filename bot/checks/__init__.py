"""The checks of a statement against its source, one noun per file; each is pure and fails closed."""
