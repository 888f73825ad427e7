// When something went wrong: what, and what to do about it.

import { Refused } from "./api.js";
import { h } from "./dom.js";
import { to } from "./routes.js";

const HEADINGS = new Map([[403, "Not for you"], [404, "Not here"]]);

/** @param {unknown} error */
export function trouble(error) {
  const message = error instanceof Refused ? error.message : "This page failed. Reload it; nothing that was said is lost.";
  const status = error instanceof Refused ? error.status : 0;
  const settled = status === 403; // trying again changes nothing
  return h(
    "section",
    { class: "stack" },
    h("h1", null, HEADINGS.get(status) ?? "That did not work"),
    h("p", { class: "lead" }, message),
    h(
      "p",
      { class: "row" },
      !settled && h("button", { class: "button", type: "button", onclick: () => tryAgain(error) }, "Try again"),
      h("a", { class: settled ? "button" : "button quiet", href: to.lobby() }, settled ? "To your own pages" : "To the cases"),
    ),
  );
}

/** Without a reload where the server was not reached: the page still knows what it could not send. @param {unknown} error */
function tryAgain(error) {
  if (error instanceof Refused && error.status === 0) window.dispatchEvent(new HashChangeEvent("hashchange"));
  else location.reload();
}

/**
 * The message of a failure, for a line beside the control that caused it.
 * @param {unknown} error
 */
export function messageOf(error) {
  return error instanceof Refused ? error.message : "That did not work. Please try again.";
}
