// A word to the reader on what the server does, in one place of the page.

/** @type {Record<string, string>} */
export const WORDS = {
  late: "The server has not confirmed this yet. It counts as soon as it answers.",
  takenBack: "The server did not confirm the last click: it was taken back.",
  lost: "No connection to the server. This page shows what it last said, and tries again.",
  kept: "No connection to the server. What you chose will be done as soon as it answers.",
  full: "The server has no room just now. This page keeps what it shows, and tries again.",
};

// A box of the page's own, over all else; made when it is first asked for.
/** @type {(id: string, role: string) => HTMLElement} */
export function box(id, role) {
  let found = document.getElementById(id);
  if (!found) {
    found = document.createElement("p");
    found.id = id;
    found.setAttribute("role", role);
    document.body.append(found);
  }
  return found;
}

const word = () => box("atlas-word", "status");

// There from the start: what is only put in later with its words is not read out.
export const listen = () => void word();

/** @type {(name: string) => void} */
export function say(name) {
  word().dataset.word = name;
  word().textContent = WORDS[name];
}

// One of these words no longer holds.
/** @type {(...names: string[]) => void} */
export function unsay(...names) {
  if (!names.includes(word().dataset.word ?? "")) return;
  delete word().dataset.word;
  word().textContent = "";
}
