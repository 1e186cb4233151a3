// Links with `data-select` select a thing, links with `data-goto` lead to another page of the app,
// without loading it anew. They remain real links: opened in another tab, or without this script,
// they lead to the same thing.

// A link that changes what it stands in is drawn anew, and the keyboard would be back at the top.
function focusAgain(id) {
  const watch = new MutationObserver(() => {
    if (document.activeElement && document.activeElement !== document.body) return;
    document.getElementById(id)?.focus({ preventScroll: true });
  });
  watch.observe(document.body, { childList: true, subtree: true });
  setTimeout(() => watch.disconnect(), 3000);
}

// A slash leads to the field that asks, unless something is being typed.
function ask(event) {
  const typing = event.target.closest?.("input, textarea, select, [contenteditable], [role='combobox']");
  if (event.key !== "/" || typing || event.ctrlKey || event.metaKey || event.altKey) return;
  const field = document.querySelector(".st-key-ask input");
  if (!field) return;
  event.preventDefault();
  field.focus();
  field.select();
}

export function followLinks(setTriggerValue) {
  const follow = (event) => {
    const link = event.target.closest?.("a[data-select], a[data-goto]");
    const modified = event.button || event.metaKey || event.ctrlKey || event.shiftKey;
    if (!link || event.defaultPrevented || modified) return;
    event.preventDefault();
    if (link.id) focusAgain(link.id);
    const { goto, select } = link.dataset;
    if (goto !== undefined) setTriggerValue("goto", goto);
    else setTriggerValue("select", select);
  };
  // One listener at a time, whichever component and run set it.
  document.removeEventListener("click", window.atlasFollow);
  window.atlasFollow = follow;
  document.addEventListener("click", follow);
  document.addEventListener("keydown", ask); // the same function: added once
  return () => {
    if (window.atlasFollow === follow) document.removeEventListener("click", follow);
  };
}

export default function links({ setTriggerValue }) {
  return followLinks(setTriggerValue);
}
