"""Cases in the shapes of others: BEIR, SQuAD, and what the desk's users said. Each file gives `Case` values."""
