"""Briefings: what is asked for, of which page, and the page that shows it.

``python -m dashboard.brief`` does it without the app: no Streamlit, no browser.
"""
