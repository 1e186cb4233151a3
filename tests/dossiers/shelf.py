"""The dossiers that tests read, by name: those beside this file, and those that are shipped."""

from __future__ import annotations

from pathlib import Path

from annotations.loader import dossier_folders

HERE = Path(__file__).parent

INVENTED = {folder.name: folder for folder in dossier_folders(HERE)}
"""Test data: nothing in them was ever claimed."""

SHIPPED = {folder.name: folder for folder in dossier_folders()}
"""Those of the project."""

EVERY = {**INVENTED, **SHIPPED}
"""All of them."""

LAKES = INVENTED["lakes"]
"""Middle-sized, with every term of every vocabulary."""

PACIFIC = INVENTED["pacific"]
"""1995, over ±180°."""
