// Two people saved the same file: both texts are shown, and nobody's work is lost whichever is chosen.

import { modal, toast } from "../app/parts.js";
import { h } from "../app/dom.js";
import { to } from "../app/routes.js";
import { messageOf } from "../app/trouble.js";
import { calls } from "./calls.js";
import { diffOf } from "./diff.js";

/** @typedef {import("./keeping.js").Keeping} Keeping */

/** Closed with Escape it stays a conflict, and one may go on writing. @param {string} id @param {Keeping} keeping */
export async function settleConflict(id, keeping) {
  const theirs = await calls.file(id);
  const { places } = await calls.compare(id, theirs.edition, keeping.text);
  const error = h("p", { class: "error", role: "alert" });
  const by = theirs.editions.find((each) => each.edition === theirs.edition)?.author || "somebody else";
  const choose = (/** @type {string} */ value) => () => dialog.close(value);
  const dialog = modal(
    "The file changed since you opened it",
    h("p", null, `Edition ${theirs.edition} is by ${by}. Below is what differs: − is theirs, + is yours.`),
    h("div", { class: "author-conflict" }, diffOf(places, { old: "theirs", now: "yours" })),
    error,
    h(
      "div",
      { class: "row" },
      h("button", { class: "button", type: "button", onclick: choose("mine") }, "Save mine over theirs"),
      h("button", { class: "button", type: "button", onclick: choose("theirs") }, "Take theirs"),
      h("button", { class: "button", type: "button", onclick: choose("both") }, "Keep mine as a file of its own"),
      h("button", { class: "button quiet", type: "button", onclick: choose("") }, "Decide later"),
    ),
    h("p", { class: "soft" }, "Theirs stays in the history when yours is saved over it. When you take theirs, Undo brings yours back."),
  );
  const chosen = await dialog.closed;
  if (chosen === "mine") return keeping.keepMine(theirs.edition);
  if (chosen === "theirs") return keeping.takeTheirs(theirs);
  if (chosen !== "both") return;
  try {
    const made = await calls.begin({ text: keeping.text });
    keeping.takeTheirs(theirs);
    toast("Yours is a file of its own now.", { label: "Open it", onclick: () => { location.hash = to.write(made.id); } });
  } catch (failure) {
    toast(messageOf(failure));
  }
}
