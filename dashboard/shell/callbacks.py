"""What widgets call when a reader has used them: none ends in an error box.

Streamlit runs these before the page itself, where the page cannot catch what they raise.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

import streamlit as st

from annotations.problems import DossierError
from dashboard.log import logger, report
from dashboard.shell.location import catch_up, leads_back
from dashboard.shell.returning import waits

UNFORESEEN = (Exception, SystemExit, KeyboardInterrupt)
"""What is told: the last two would end the session's thread, and leave its page waiting for ever.

Streamlit's own ways to stop a run are none of these.
"""

FAILED = "atlas-failed"
"""Session's key of the number of the error in which the last action ended."""

_log = logger("page")


def safely(act: Callable[..., object]) -> Callable[..., None]:
    """Have a widget's callback log what it raises; the page, which runs next, tells it.

    Back and forward call none: the address says where to, and the widgets only where from. Nor
    does a session that does not know its page yet: what is said is taken up when it does.

    Parameters
    ----------
    act : callable
        What the widget is to call.

    Returns
    -------
    callable
        The same, and it never raises.
    """

    @wraps(act)
    def done(*args: object, **kwargs: object) -> None:
        if leads_back() or waits():
            return
        try:
            catch_up()
            act(*args, **kwargs)
        except DossierError:
            pass  # there is nothing to act on: the page says why
        except UNFORESEEN as error:  # the page tells it, and the log has the rest
            st.session_state[FAILED] = report(_log, "an action", error)

    return done
