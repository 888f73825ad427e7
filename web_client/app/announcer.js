// The one polite live region. Whole sentences only: a caption that grows word by word is not for it.

const SETTLE_MS = 250;

/** @type {string[]} */
let waiting = [];
let timer = 0;

/**
 * Say something to screen readers; what is said within a moment is said together.
 * @param {string} text
 */
export function announce(text) {
  if (!text) return;
  waiting.push(text);
  clearTimeout(timer);
  timer = window.setTimeout(speak, SETTLE_MS);
}

function speak() {
  const region = document.getElementById("announcer");
  if (region) region.replaceChildren(...waiting.map((text) => Object.assign(document.createElement("p"), { textContent: text })));
  waiting = [];
}
