"""The evaluators' page: runs, trends, slices, cases with their passages, labels by hand, and new runs."""
