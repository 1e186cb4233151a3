// What is said of a file's size.

/** @type {(size: number) => string} */
export function inBytes(size) {
  return size >= 1e6 ? `${(size / 1e6).toFixed(1)} MB` : `${Math.max(1, Math.round(size / 1e3))} KB`;
}

/** @type {(size: number, largest: number) => string} */
export function beyondLargest(size, largest) {
  return `The file has ${inBytes(size)}, and ${inBytes(largest)} are read at most. Save the article alone, without what stands around it.`;
}
