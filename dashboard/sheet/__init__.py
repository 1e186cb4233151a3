"""What a sheet of a briefing says, and where on it. No Streamlit."""

from dashboard.sheet.without_cache import prepare

prepare()
