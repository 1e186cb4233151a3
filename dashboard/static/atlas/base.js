// Runs before Streamlit's script. Where that lives: else it asks beneath each page's own address
// first. It connects at once, takes orders from no other site, and keeps its boxes to itself.
window.__streamlit = {
  BACKEND_BASE_URL: new URL(".", location.href).href,
  HOST_CONFIG: { allowedOrigins: [location.origin], useExternalAuthToken: false, blockErrorDialogs: true },
};

// The connection that Streamlit has made last, for a page that must let go of it.
window.WebSocket = class extends WebSocket {
  /** @param {ConstructorParameters<typeof WebSocket>} address */
  constructor(...address) {
    super(...address);
    window.atlasSocket = this;
  }
};

// What keeps the page from being drawn is told in words. They are fetched when they are needed.
{
  const words = new URL("scripts/trouble.js", /** @type {HTMLScriptElement} */ (document.currentScript).src).href;
  const UNDRAWN = 10000; // milliseconds after which a page that has loaded has begun to be drawn
  /** @type {Record<string, Promise<void>>} */
  const told = {};
  /** @type {(what: string) => Promise<void>} */
  const tell = (what) => (told[what] ??= import(words).then((trouble) => trouble.default(what), unsaid));
  const unsaid = () => {
    const box = Object.assign(document.createElement("p"), { id: "atlas-trouble", role: "alert" });
    const again = Object.assign(document.createElement("a"), { href: "", textContent: "Reload the page" });
    box.append("The server does not answer just now. ", again);
    document.body.append(box);
  };
  const undrawn = () => !document.querySelector(".stApp:not([data-test-script-state=initial])");
  addEventListener("vite:preloadError", () => tell("part")); // Streamlit's, or ours
  addEventListener(
    "error",
    ({ target }) => /^(SCRIPT|LINK)$/.test(/** @type {Element} */ (target).tagName) && tell("part"),
    true,
  );
  addEventListener("load", () => setTimeout(() => undrawn() && tell("start"), UNDRAWN));
}
