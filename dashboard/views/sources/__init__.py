"""The article's lines, and what is made of each."""
