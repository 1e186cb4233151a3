"""Who is in which alliance, since when, and what they weigh."""
