// Nobody is signed in: what to do, and nothing else.

import { h } from "../app/dom.js";

/** @param {string} why the server's own sentence, or empty */
export function signedOut(why) {
  const content = h(
    "section",
    { class: "stack" },
    h("p", { class: "eyebrow" }, "Signed out"),
    h("h1", null, "Open Bedside with its start link"),
    why && h("p", { class: "note" }, why),
    h("p", { class: "lead" }, "Bedside prints a link when it starts. It works once, and signs this browser in."),
    h(
      "ol",
      { class: "steps" },
      h("li", null, "Go to the window in which Bedside is running."),
      h("li", null, "Follow the link that it printed, the one that ends in ", h("code", null, "#ticket=…"), "."),
      h("li", null, "If it was used already, stop Bedside and start it again: it prints a new one."),
    ),
    h("p", { class: "soft" }, "In a course, your instructor sends you the link."),
  );
  return { title: "Signed out", content };
}
