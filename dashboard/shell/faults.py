"""What is wrong, told at the head of each page. No Streamlit."""

from __future__ import annotations

from dashboard.atlas.data import Atlas
from dashboard.atlas.reload import FolderState
from dashboard.look.markup import templates

MOST_LISTED = 30
"""Problems that are listed: what mends the first ones often mends the rest."""


def failure_html(number: str) -> str:
    """What stands in the place of a page that could not be drawn.

    Parameters
    ----------
    number : str
        Of the error, as in the log.

    Returns
    -------
    str
        HTML; its links are the ways on.
    """
    return (
        '<div class="atlas-faults"><p class="failed" role="alert">This page could not be drawn: '
        f"error {number}. The server's log says more. "
        '<a href="">Reload it</a>, or <a href="./">open the map</a>.</p></div>'
    )


def faults_html(standing: FolderState[Atlas], failed: str = "") -> str:
    """What keeps the files from being shown as they stand, and what is missing for their faults.

    Parameters
    ----------
    standing : FolderState
        From `dashboard.atlas.data.standing`.
    failed : str
        Number of the error in which the reader's last action ended; empty where it did not.

    Returns
    -------
    str
        HTML; an empty element where nothing is wrong, so that the page keeps its form.
    """
    return templates.get_template("shell/faults.html").render(
        held_up=standing.held_up,
        problems=standing.made.problems,
        failed=failed,
        most=MOST_LISTED,
    )
