// Tells Streamlit where it lives: where the page lives, since no page's own name has a slash in it. By
// itself it looks beneath the page's address first, at /timeline/_stcore/health, in vain, and each
// deep link began with two errors and a wait. No module: it has to run before Streamlit's script.
window.__streamlit = { BACKEND_BASE_URL: new URL(".", location.href).href };
