"""What an article claims, record by record: the form of the files, their loader and checks."""

from annotations.dossier import Dossier
from annotations.loader import load_dossier
from annotations.problems import DossierError, Problem

__all__ = ["Dossier", "DossierError", "Problem", "load_dossier"]
