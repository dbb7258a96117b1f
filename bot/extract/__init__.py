"""Answers without a language model: the evidence, whether it is enough, and the sentences that answer."""
