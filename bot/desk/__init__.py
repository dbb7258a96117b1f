"""The staff desk: from a question to an approved answer that stays true."""
