// What is told of a page that cannot be drawn, or not whole: before any connection, and without one.

import { box } from "./word.js";

const AGAIN = 5000; // milliseconds between two questions to a server, as long as the page is not there
const LONGEST = 15000; // milliseconds that an answer may take

/** @type {Record<string, string>} */
const WORDS = {
  blocked: `The server answers, but no lasting connection to it comes about (a WebSocket), and without one no page is drawn. Mostly a proxy or a firewall on the way does not let it through: ask whoever looks after your network to allow WebSocket connections to ${location.host}, or try another network. The page opens by itself as soon as there is one.`,
  silent:
    "The server does not answer. It may be starting anew, or this computer has no network just now. The page opens by itself as soon as it answers.",
  full: "The server has no room for another reader just now. The page opens by itself as soon as there is some.",
  part: "A part of this page did not come: the network failed, or the app was updated meanwhile. Reload the page; what you filtered and selected stands in its address and stays. If that does not help, something on the way may keep scripts back: tell whoever looks after your network.",
};

/** @type {(milliseconds: number) => Promise<unknown>} */
const later = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

// Streamlit's page, as it is before any run of the script.
const undrawn = () => document.querySelector(".stApp[data-test-script-state=initial]");

/** @type {(name: string) => void} */
function say(name) {
  const trouble = box("atlas-trouble", "alert");
  if (trouble.dataset.word === name) return;
  trouble.dataset.word = name;
  const again = document.createElement("button");
  again.textContent = "Reload the page";
  again.onclick = () => location.reload();
  trouble.replaceChildren(WORDS[name], " ", again);
}

// What the server says to whoever asks for the page: nothing, that it is full, or the page.
async function asked() {
  const signal = AbortSignal.timeout(LONGEST);
  /** @type {RequestInit} */
  const options = { headers: { accept: "text/html" }, cache: "no-store", signal };
  const answer = await fetch(location.href, options).catch(() => null);
  if (answer?.status === 503) return "full";
  return answer?.ok ? "blocked" : "silent";
}

// Until the page is drawn. Streamlit tries by itself to connect.
async function start() {
  while (undrawn()) {
    const why = await asked();
    if (undrawn()) say(why);
    await later(AGAIN);
  }
  if (!document.querySelector(".stApp")) say("part");
}

// A part that did not come while nobody answered is there when the server is.
async function part() {
  let waited = false;
  while ((await asked()) === "silent") {
    waited = true;
    await later(AGAIN);
  }
  if (waited) location.reload();
  else say("part");
}

/** @type {(what: string) => Promise<void>} */
export default function trouble(what) {
  return what === "start" ? start() : part();
}
