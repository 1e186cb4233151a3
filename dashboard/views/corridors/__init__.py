"""Routes, and what closing a chokepoint does to them."""
