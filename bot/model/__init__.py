"""Answers with a language model: the gateway, its prompts' frames, and what becomes of its words."""
