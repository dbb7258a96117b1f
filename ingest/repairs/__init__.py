"""Repairs of extracted text: each module knows one kind of damage and answers with edits, never with new
text.
"""
