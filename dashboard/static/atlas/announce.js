// Says a changed count to those who hear the page: once for each change, and nothing at the start.

const ID = "atlas-announced";

let said = "";

function region() {
  const there = document.getElementById(ID);
  if (there) return there;
  const made = document.createElement("div");
  made.id = ID;
  made.className = "unseen";
  made.setAttribute("role", "status");
  document.body.append(made);
  return made;
}

export function announce(text) {
  if (!text) return;
  const box = region(); // there before the words are: only what changes in it is said
  if (text === said) return;
  if (said) box.textContent = text;
  said = text;
}
