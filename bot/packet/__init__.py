"""Evidence packets: an answer as a file that anyone can read, and that a desk can check later against its library."""
