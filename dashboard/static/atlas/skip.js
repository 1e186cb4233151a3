// A first link that leads past the filters.

export function offerSkip() {
  /** @type {HTMLElement | null} */
  const main = document.querySelector('[data-testid="stMain"]');
  if (!main || document.querySelector(".atlas-skip")) return;
  main.id ||= "atlas-content";
  main.tabIndex = -1;
  const link = document.createElement("a");
  link.className = "atlas-skip";
  link.href = `#${main.id}`;
  link.textContent = "Skip to the content";
  link.addEventListener("click", (event) => {
    event.preventDefault(); // the address says what is shown, and stays
    document.getElementById(main.id)?.focus();
  });
  document.body.prepend(link);
}
