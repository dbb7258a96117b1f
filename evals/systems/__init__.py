"""What can be measured, one file each: anything that takes a question and gives a Reply."""
