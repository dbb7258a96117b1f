"""Reports of a run: Markdown for the terminal and pull requests, one HTML file for people."""
