"""The only part that knows Streamlit: pages, and the pieces that they are made of.

Not named ``pages``: Streamlit would take each module in a folder of that name for a page.
"""
