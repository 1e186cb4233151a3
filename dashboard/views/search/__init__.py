"""What the dossier has for a question."""
