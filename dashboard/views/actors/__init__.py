"""An actor's profile, and who supports whom."""
