"""Teaches the model that reads questions: from a teacher, from translations, and from sets of questions that ask the same."""
