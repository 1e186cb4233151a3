// Positions as Python writes them: spans of numbers, "0-23,25,30-41".

export function positions(text) {
  if (!text) return [];
  if (Array.isArray(text)) return text; // what the browser has worked out itself
  return text.split(",").flatMap((span) => {
    const [first, last = first] = span.split("-").map(Number);
    return Array.from({ length: last - first + 1 }, (_, i) => first + i);
  });
}
