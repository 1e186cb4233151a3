// A file of the reader's own: read here, and sent with the page's own messages. Streamlit's field
// would send it by a request of its own, which a balancer may lead to a server that knows no such
// reader. What was chosen stays in the page: a server that has not got it (the reader's own was
// restarted, or another took over) gets it again.

import { beyondLargest, inBytes } from "./choose_words.js";
import { part } from "./dom.js";
import { wire } from "./wire.js";

/** @import { ChosenFile } from "./contract" */

const PATIENCE = 20000; // milliseconds until it is said that no answer has come
const LOST = 3000; // milliseconds after which a page that rests has lost what was sent
const SLOWEST = 50; // bytes a millisecond that a wire brings at least
const UNANSWERED = "The server has not answered yet. If it stays so, choose the file once more, or reload the page.";

// Of the page, not of this module: it may be read again.
const chosenFiles = () => (window.atlasChosen ??= new Map());
// What each field still waits for. Streamlit calls `choose` anew with each answer, and ends what it
// gave back only when the field goes.
const waitingFields = () => (window.atlasChoosing ??= new Map());

// Base64, in pieces: a call takes so many arguments only.
/** @type {(bytes: Uint8Array) => string} */
function encoded(bytes) {
  let text = "";
  for (let at = 0; at < bytes.length; at += 32768) {
    text += String.fromCharCode(...bytes.subarray(at, at + 32768));
  }
  return btoa(text);
}

/** @type {(component: import("./browser").Component<import("./contract").ChooseData>) => () => void} */
export default function choose({ data, parentElement, setTriggerValue }) {
  const chosen = chosenFiles();
  const box = part(parentElement, ".atlas-choose");
  const [name, said] = [part(box, ".name"), part(box, ".said")];
  const input = /** @type {HTMLInputElement} */ (part(box, "input"));
  const remove = part(box, "button");
  let waiting = 0;
  let lost = 0;
  const end = () => [waiting, lost].forEach(clearTimeout);
  waitingFields().get(data.key)?.();
  waitingFields().set(data.key, end);

  /** @type {(words: string) => void} */
  const say = (words) => {
    clearTimeout(waiting);
    said.textContent = words;
  };
  /** @type {(file?: ChosenFile | null) => void} */
  const show = (file) => {
    name.textContent = file ? `${file.name} · ${inBytes(file.size ?? 0)}` : "";
    remove.hidden = !file;
  };
  // What is sent in the moment in which a wire comes back may be lost. An answer ends the wait.
  /** @type {(file: ChosenFile, patience: number) => void} */
  const sendAgain = (file, patience) => {
    lost = setTimeout(() => {
      const rests = wire().isConnected() && wire().isIdle();
      if (rests) setTriggerValue("file", file);
      sendAgain(file, rests ? 2 * patience : patience);
    }, patience);
  };
  /** @type {(file: ChosenFile) => void} */
  const give = (file) => {
    say(file.name && "Reading …");
    waiting = setTimeout(() => say(UNANSWERED), PATIENCE);
    clearTimeout(lost);
    setTriggerValue("file", file);
    sendAgain(file, LOST + (file.size ?? 0) / SLOWEST);
  };
  /** @type {(file: File) => Promise<void>} */
  const take = async (file) => {
    if (file.size > data.largest) {
      say(beyondLargest(file.size, data.largest));
      return;
    }
    let content;
    try {
      content = encoded(new Uint8Array(await file.arrayBuffer()));
    } catch (error) {
      say(`The browser could not read the file (${/** @type {Error} */ (error).message}). Choose it once more.`);
      return;
    }
    const taken = { number: Date.now(), name: file.name, size: file.size, content };
    chosen.set(data.key, taken);
    show(taken);
    give(taken);
  };

  part(box, ".about").textContent = data.label;
  part(box, ".hint").textContent = data.hint;
  input.setAttribute("aria-label", data.label);
  input.accept = data.endings.map((ending) => `.${ending}`).join();
  input.onchange = () => {
    const [file] = input.files ?? [];
    if (file) take(file);
    input.value = ""; // the same file may be chosen again when it was changed
  };
  remove.onclick = () => {
    chosen.delete(data.key);
    show(null);
    input.focus();
    give({ number: Date.now(), name: "", content: "" });
  };
  box.ondragover = (event) => {
    event.preventDefault();
    box.classList.add("over");
  };
  box.ondragleave = () => box.classList.remove("over");
  box.ondrop = (event) => {
    event.preventDefault();
    box.classList.remove("over");
    const [file] = event.dataTransfer?.files ?? [];
    if (file) take(file);
  };

  const kept = chosen.get(data.key);
  show(kept);
  if (kept && kept.number !== data.held) give(kept);
  else say("");
  return end;
}
