"""Where readers find the app, as whoever runs it says. No Streamlit."""

from __future__ import annotations

import os
from urllib.parse import urlsplit

ENVIRONMENT = "DOSSIER_ATLAS_ADDRESS"
"""Environment variable that holds it."""


class AddressError(ValueError):
    """It holds no address."""


def public_address() -> str:
    """Address of the app for links that leave it, without a slash at its end.

    Returns
    -------
    str
        Empty where none is set.

    Raises
    ------
    AddressError
        If what is set is none.
    """
    text = os.environ.get(ENVIRONMENT, "").strip()
    if not text:
        return ""
    try:
        parts = urlsplit(text)
    except ValueError:
        parts = urlsplit("")
    whole = parts.scheme in ("http", "https") and parts.hostname
    if not whole or parts.query or parts.fragment or not text.isprintable() or " " in text:
        raise AddressError(f"{ENVIRONMENT} is {text!r}: write it as https://atlas.example.org")
    return text.rstrip("/")
