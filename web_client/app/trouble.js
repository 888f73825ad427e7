// When something went wrong: what, and what to do about it.

import { Refused } from "./api.js";
import { h } from "./dom.js";
import { to } from "./routes.js";

/** @param {unknown} error */
export function trouble(error) {
  const message = error instanceof Refused ? error.message : "This page failed. Reload it; nothing that was said is lost.";
  return h(
    "section",
    { class: "stack" },
    h("h1", null, error instanceof Refused && error.status === 404 ? "Not here" : "That did not work"),
    h("p", { class: "lead" }, message),
    h(
      "p",
      { class: "row" },
      h("button", { class: "button", type: "button", onclick: () => location.reload() }, "Try again"),
      h("a", { class: "button quiet", href: to.lobby() }, "To the cases"),
    ),
  );
}

/**
 * The message of a failure, for a line beside the control that caused it.
 * @param {unknown} error
 */
export function messageOf(error) {
  return error instanceof Refused ? error.message : "That did not work. Please try again.";
}
