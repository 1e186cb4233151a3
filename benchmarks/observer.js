// Runs in every document of a measured page, before its own scripts. Takes the time between a click
// (or the start of the navigation) and the end of the first frame in which the page shows what was
// asked for. All times are of the page's own clock, so nothing of the driver's delay is in them.

(() => {
  const { top } = window;

  // A click anywhere starts the clock that was set up; the map may lie in a frame of its own.
  window.addEventListener(
    "click",
    (event) => {
      const bench = top.__bench;
      if (bench?.awaited === "click" && bench.start === null) {
        bench.start = performance.timeOrigin + event.timeStamp;
        bench.drawn = []; // what was drawn before does not count as an answer
      }
    },
    true,
  );
  if (window !== top) return;

  const channel = new MessageChannel();
  const bench = {
    awaited: null, // "click" or "navigation"
    start: null,
    result: null, // milliseconds
    holds: null, // what is waited for
    drawn: [], // WebGL: how many instances each call of the last frame drew
    drawnAt: -1,

    arm(awaited, holds) {
      bench.awaited = awaited;
      bench.start = awaited === "navigation" ? performance.timeOrigin : null;
      bench.result = null;
      bench.holds = holds;
      requestAnimationFrame(frame);
    },
    disarm() {
      bench.holds = null;
    },

    // The document within the map's frame; of several, the last.
    map() {
      const frames = document.querySelectorAll('iframe[title="streamlit_folium.st_folium"]');
      return frames.length ? frames[frames.length - 1].contentDocument : null;
    },
    text: (selector) => document.querySelector(selector)?.textContent ?? "",
    number: (selector) => parseInt(document.querySelector(selector)?.textContent ?? "-1", 10),
  };
  window.__bench = bench;

  // A message is answered after the frame has been drawn: style, layout and paint are in the time.
  function frame() {
    if (!bench.holds) return;
    channel.port2.postMessage(0);
    requestAnimationFrame(frame);
  }
  channel.port1.onmessage = () => {
    if (!bench.holds || bench.start === null) return;
    let holds = false;
    try {
      holds = bench.holds();
    } catch {
      // The page is half built.
    }
    if (!holds) return;
    bench.result = performance.timeOrigin + performance.now() - bench.start;
    bench.holds = null;
  };

  // What is drawn by WebGL stands in no document: count instances as they are drawn to the screen.
  function note(instances) {
    const now = document.timeline.currentTime; // one value a frame
    if (now !== bench.drawnAt) {
      bench.drawnAt = now;
      bench.drawn = [];
    }
    bench.drawn.push(instances);
  }
  const calls = {
    drawArrays: () => 1,
    drawElements: () => 1,
    drawArraysInstanced: (args) => args[3],
    drawElementsInstanced: (args) => args[4],
  };
  const prototype = window.WebGL2RenderingContext?.prototype;
  if (prototype) {
    const elsewhere = new WeakSet(); // contexts that draw to a texture, as for picking
    const bind = prototype.bindFramebuffer;
    prototype.bindFramebuffer = function (target, buffer) {
      if (target !== this.READ_FRAMEBUFFER) elsewhere[buffer ? "add" : "delete"](this);
      return bind.call(this, target, buffer);
    };
    for (const [name, count] of Object.entries(calls)) {
      const original = prototype[name];
      prototype[name] = function (...args) {
        if (!elsewhere.has(this)) note(count(args));
        return original.apply(this, args);
      };
    }
  }
})();
