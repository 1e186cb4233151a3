"""One folder a page: its `page` speaks to Streamlit, the rest works out and draws what it shows.

Not named ``pages``: Streamlit would take each module in a folder of that name for a page.
"""
