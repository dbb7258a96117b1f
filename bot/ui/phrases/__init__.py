"""The words of the pages, by where they stand: key -> (Japanese, English)."""
