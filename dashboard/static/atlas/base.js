// Where Streamlit lives: else it asks beneath each page's own address first. Runs before its script.
window.__streamlit = { BACKEND_BASE_URL: new URL(".", location.href).href };
