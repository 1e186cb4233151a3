// Says a changed count to those who hear the page: once for each change, and nothing at the start.
// What is to be said is the text of the first element that bears `data-said`.

const ID = "atlas-announced";

export class Announcer {
  // `box` says what is put into it.
  /** @param {HTMLElement} box */
  constructor(box) {
    this.box = box;
    this.said = "";
  }

  /** @type {(text?: string) => void} */
  hear(text) {
    if (!text || text === this.said) return;
    if (this.said) this.box.textContent = text;
    this.said = text;
  }
}

// One in a page, whichever script asks first.
export function announceChanges() {
  if (document.getElementById(ID)) return;
  const box = document.createElement("div");
  box.id = ID;
  box.className = "unseen";
  box.setAttribute("role", "status");
  document.body.append(box); // there before its words are: only what changes in it is said
  const announcer = new Announcer(box);
  const look = () => announcer.hear(document.querySelector("[data-said]")?.textContent.trim());
  new MutationObserver(look).observe(document.body, { childList: true, characterData: true, subtree: true });
  look();
}
