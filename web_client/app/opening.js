// A page that takes a moment to open says so, over the one that still stands.

import { announce } from "./announcer.js";
import { h } from "./dom.js";

/** Below this nobody wonders, in milliseconds. */
const PATIENCE_MS = 300;

/** Told once it takes long. @returns {() => void} to be called when the page is there, or another one is meant */
export function opening() {
  const line = h("p", { class: "opening", "aria-hidden": "true" }, "Opening…");
  const timer = setTimeout(() => {
    document.body.append(line);
    announce("Opening…");
  }, PATIENCE_MS);
  return () => {
    clearTimeout(timer);
    line.remove();
  };
}
