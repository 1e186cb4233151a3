// Hands a file that was made to the browser: presses its button once, when that is there.

const BUTTON = ".st-key-briefing-save button";
const LONGEST_WAIT = 5000; // milliseconds

export default function save({ data }) {
  const number = data?.number;
  if (!number || window.atlasSaved === number) return undefined;
  const began = Date.now();
  let waiting = 0;
  const press = () => {
    const button = document.querySelector(BUTTON);
    if (button && !button.disabled) {
      window.atlasSaved = number;
      button.click();
    } else if (Date.now() - began < LONGEST_WAIT) {
      waiting = requestAnimationFrame(press);
    }
  };
  // A frame later: the button may still have the file before.
  waiting = requestAnimationFrame(() => (waiting = requestAnimationFrame(press)));
  return () => cancelAnimationFrame(waiting);
}
