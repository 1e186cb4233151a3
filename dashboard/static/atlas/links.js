// Links with `data-select` select a thing, links with `data-goto` lead to another page of the app,
// without loading it anew. They remain real links: opened in another tab, or without this script,
// they lead to the same thing.

export function followLinks(setTriggerValue) {
  const follow = (event) => {
    const link = event.target.closest?.("a[data-select], a[data-goto]");
    const modified = event.button || event.metaKey || event.ctrlKey || event.shiftKey;
    if (!link || event.defaultPrevented || modified) return;
    event.preventDefault();
    const { goto, select } = link.dataset;
    if (goto !== undefined) setTriggerValue("goto", goto);
    else setTriggerValue("select", select);
  };
  // One listener at a time, whichever component and run set it.
  document.removeEventListener("click", window.atlasFollow);
  window.atlasFollow = follow;
  document.addEventListener("click", follow);
  return () => {
    if (window.atlasFollow === follow) document.removeEventListener("click", follow);
  };
}

export default function links({ setTriggerValue }) {
  return followLinks(setTriggerValue);
}
