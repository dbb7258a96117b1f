"""What a question asks for: its kind, its subject, what it leaves open, and whether it is one at all."""
