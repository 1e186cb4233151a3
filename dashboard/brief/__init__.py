"""Briefings: a screen as picture, slides, page or data, with all that makes it quotable.

`spec` says what is asked for, `sheet` works out what that shows (pure), `picture` draws it, and the
modules beside write the formats. No Streamlit, no browser. ``python -m dashboard.brief`` does it
without the app.
"""

from dashboard.brief.without_cache import prepare

prepare()
