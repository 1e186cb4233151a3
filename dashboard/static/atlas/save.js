// Hands a file to the browser that came with the page's own messages: nothing is asked for, so it is
// no matter which of several servers would answer.

const LINE_END = 10;
const LONG_ENOUGH = 60000; // milliseconds: by then a browser has read what it was handed

// A line of JSON about the file, then the file.
/** @type {(data: Uint8Array) => import("./contract").SavedFile & { content: Uint8Array<ArrayBuffer> }} */
export function unpacked(data) {
  const end = data.indexOf(LINE_END);
  const about = JSON.parse(new TextDecoder().decode(data.subarray(0, end)));
  return { ...about, content: data.subarray(end + 1) };
}

/** @type {(component: { data?: Uint8Array }) => void} */
export default function save({ data }) {
  if (!data?.length) return;
  const { number, name, type, content } = unpacked(data);
  const saved = (window.atlasSaved ??= new Set());
  if (saved.has(number)) return; // drawn once more
  saved.add(number);
  const link = document.createElement("a");
  link.download = name;
  link.href = URL.createObjectURL(new Blob([content], { type }));
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), LONG_ENOUGH);
}
