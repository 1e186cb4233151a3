"""The formats of a briefing: what writes each, and the registry of all."""
