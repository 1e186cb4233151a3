"""A field for a file of the reader's own, which comes with the page's own messages."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from dashboard.atlas.contract import ChooseData
from dashboard.shell.callbacks import safely
from dashboard.shell.links import loader
from dashboard.web.handing import Chosen, read_chosen

# Texts are set by the script: what a field is for differs, its parts do not.
_choose = st.components.v2.component(
    "atlas_choose",
    html='<div class="atlas-choose"><p class="about"></p><div class="row">'
    '<label class="pick"><input type="file"><span>Choose a file</span></label>'
    '<span class="name"></span><button type="button" hidden>Remove</button></div>'
    '<p class="hint"></p><p class="said" role="status"></p></div>',
    js=loader("choose"),
    isolate_styles=False,
)


def choose_file(
    label: str, hint: str, endings: Sequence[str], largest: int, key: str
) -> Chosen | None:
    """Show the field; what is chosen is kept for this session alone.

    Parameters
    ----------
    label, hint : str
        What the file is for, and what becomes of it.
    endings : sequence of str
        Of the files that are offered, without the dot.
    largest : int
        Bytes.
    key : str

    Returns
    -------
    Chosen or None
        What was chosen last, unless it was taken away again.
    """
    kept = f"{key}-chosen"

    def take() -> None:
        st.session_state[kept] = read_chosen(st.session_state[key].file, largest)

    held: Chosen = st.session_state.get(kept, Chosen())
    told: ChooseData = {
        "key": key,
        "label": label,
        "hint": hint,
        "endings": list(endings),
        "largest": largest,
        "held": held.number,
    }
    _choose(
        key=key,
        data=told,
        on_file_change=safely(take),
    )
    return held if held.name else None
