"""Files that come and go with a page's own messages.

A request of its own would need the process that has the reader's session, and behind a balancer it
may reach another. No Streamlit.
"""

from __future__ import annotations

import json
from base64 import b64decode
from dataclasses import dataclass
from time import time_ns


def packed_file(name: str, media_type: str, content: bytes) -> bytes:
    """A line of JSON about a file, then the file; the counterpart of ``save.js``.

    Parameters
    ----------
    name : str
        That it is saved under.
    media_type : str
    content : bytes

    Returns
    -------
    bytes
        Different each time, so that a browser that draws a page anew saves each file once.
    """
    about = {"number": time_ns() // 1000, "name": name, "type": media_type}
    return json.dumps(about).encode() + b"\n" + content


@dataclass(frozen=True)
class Chosen:
    """A file that a reader has chosen, as the browser sent it; the counterpart of ``choose.js``.

    Attributes
    ----------
    number : int
        Different for each choice; 0 of what no browser of ours has sent.
    name : str
        Nothing where a reader has taken the file away again.
    content : bytes
    """

    number: int = 0
    name: str = ""
    content: bytes = b""


def read_chosen(sent: object, largest: int) -> Chosen:
    """Read what a browser sent.

    Parameters
    ----------
    sent : object
        ``number``, ``name`` and ``content`` in base64. Anybody can send anything.
    largest : int
        Bytes; what has more is as nothing: the page has refused it already.

    Returns
    -------
    Chosen
    """
    match sent:
        case {"number": int(number), "name": str(name), "content": str(content)}:
            try:
                found = b64decode(content, validate=True)
            except ValueError:
                return Chosen()
            if len(found) > largest or not name:
                return Chosen(number)
            return Chosen(number, name, found)
    return Chosen()
