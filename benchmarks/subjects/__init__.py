"""The apps that are measured, each as a competent user would write it.

The two that show a library of the same name are called ``…_chart``: Streamlit puts a script's
folder on the path, where ``plotly.py`` would stand before the library itself.
"""
