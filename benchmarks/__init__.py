"""Dossier Atlas measured beside what people would use instead: ``python -m benchmarks.run``."""
