"""What is shown: the Streamlit app, its map, filters and panels."""
