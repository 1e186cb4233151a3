// Light or dark, fonts and theme colours: the map follows the app around it.

// Whether a colour, as style sheets write it, is a dark background; none is light.
/** @type {(background: string) => boolean} */
export function isDark(background) {
  const numbers = background.startsWith("#")
    ? [1, 3, 5].map((i) => parseInt(background.slice(i, i + 2), 16))
    : (background.match(/[\d.]+/g) || [255, 255, 255]).map(Number);
  return (numbers[0] * 299 + numbers[1] * 587 + numbers[2] * 114) / 1000 < 128;
}

// Paper is light, whatever the screen is.
/** @type {(printing: boolean) => void} */
export function onPaper(printing) {
  const { dataset } = document.documentElement;
  if (printing) dataset.screen ??= dataset.theme;
  dataset.theme = printing ? "light" : dataset.screen;
  if (!printing) delete dataset.screen;
}

export function followTheme() {
  /** @type {(theme?: { base?: string, font?: string }) => void} */
  const set = (theme) => {
    if (!theme) return;
    const root = document.documentElement;
    root.dataset.theme = theme.base === "dark" ? "dark" : "light";
    if (theme.font) root.style.setProperty("--font", theme.font);
  };
  window.addEventListener("message", (event) => {
    if (event.source === window.parent && event.data?.type === "streamlit:render") {
      set(event.data.theme);
    }
  });
  // The render message that started us is gone: read the background that it left behind.
  const background = getComputedStyle(document.documentElement).getPropertyValue("--background-color");
  set({ base: isDark(background) ? "dark" : "light" });
}

// The app's own font files are already in the parent page; use them here too.
export function borrowFont() {
  try {
    const faces = [];
    for (const sheet of window.parent.document.styleSheets) {
      for (const rule of sheet.cssRules) {
        if (rule instanceof window.parent.CSSFontFaceRule) {
          const base = sheet.href || window.parent.location.href;
          faces.push(rule.cssText.replace(/url\("([^"]+)"\)/g, (_, u) => `url("${new URL(u, base)}")`));
        }
      }
    }
    const style = document.createElement("style");
    style.textContent = faces.filter((face) => /Source Sans/.test(face)).join("\n");
    document.head.appendChild(style);
    const family = window.parent.getComputedStyle(window.parent.document.body).fontFamily;
    document.documentElement.style.setProperty("--font", family);
  } catch {
    // A parent of another origin keeps its fonts to itself: the system font serves.
  }
}

// The frame's page brings a rule for the second child of anything in it: with that, each symbol that
// comes or goes has the browser work out the styles of all that are beside it anew. `atlas.css` says
// the same of the one element that is meant.
export function dropRulesThatCount() {
  for (const { sheet } of document.head.querySelectorAll("style")) {
    const rules = [...(sheet?.cssRules ?? [])];
    const counts = rules.findIndex(({ cssText }) => cssText.split("{")[0].includes(":nth-child"));
    if (counts >= 0) sheet?.deleteRule(counts);
  }
}

/** @type {(themes: import("./contract").Theme[]) => void} */
export function defineThemeColours(themes) {
  let style = document.getElementById("atlas-theme-colours");
  if (!style) {
    style = document.createElement("style");
    style.id = "atlas-theme-colours";
    document.head.appendChild(style);
  }
  /** @type {(field: "colour" | "colour_dark") => string} */
  const rules = (field) => themes.map((t) => `--theme-${t.id}: ${t[field]};`).join(" ");
  style.textContent = `:root { ${rules("colour")} } :root[data-theme="dark"] { ${rules("colour_dark")} }`;
}
