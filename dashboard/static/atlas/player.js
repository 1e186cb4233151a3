// The clock of a page that plays through steps: one message a step, the next only once the page has
// shown the last. Nothing runs while it stands still.

/** @type {(component: import("./browser").Component<import("./contract").PlayerData>) => () => void} */
export default function player({ data, setTriggerValue }) {
  if (!data.playing) return () => {};
  const timer = setTimeout(() => setTriggerValue("tick", data.step), data.pause);
  return () => clearTimeout(timer);
}
