// Practice is private. Here its learner shows it to the staff of a course, and takes that back.

import { announce } from "../app/announcer.js";
import { h } from "../app/dom.js";
import { statusLine } from "../app/parts.js";
import { messageOf } from "../app/trouble.js";
import { student } from "./calls.js";

/** @typedef {import("./calls.js").Shares} Shares */

/** @param {string} id of the encounter @param {Shares | null} shares null: it was made for an assignment */
export function shareIt(id, shares) {
  if (!shares) return null;
  const told = statusLine();
  const rows = h("ul", { class: "rows" });
  const summary = h("summary", null, "");
  fillIn(shares);

  /** @param {Shares} now */
  function fillIn(now) {
    const names = now.shared.map((each) => each.title);
    summary.replaceChildren(names.length ? `Practice, shown to the staff of ${names.join(" and ")}` : "Practice: only you see this. Show it to a course");
    const offers = now.may.filter((each) => !now.shared.some((one) => one.id === each.id));
    rows.replaceChildren(
      ...now.shared.map((each) => row(`The staff of ${each.title} see it.`, "Stop showing it", () => student.unshare(id, each.id))),
      ...offers.map((each) => row(`Only you see it, and not ${each.title}.`, `Show it to ${each.title}`, () => student.share(id, each.id))),
    );
    if (!rows.children.length) rows.replaceChildren(h("li", { class: "soft" }, "You are in no course. Once you are, you can show this to its staff."));
  }

  /** @param {string} text @param {string} deed @param {() => Promise<Shares>} act */
  function row(text, deed, act) {
    return h("li", { class: "row-item" }, h("p", null, text), h("button", { class: "button small quiet", type: "button", onclick: () => void attempt(act) }, deed));
  }

  /** @param {() => Promise<Shares>} act */
  async function attempt(act) {
    try {
      fillIn(await act());
      told.say("");
      announce(summary.textContent ?? "");
      summary.focus();
    } catch (failure) {
      told.fail(messageOf(failure));
    }
  }

  return h("details", { class: "screen-only" }, summary, h("div", { class: "stack-tight" }, rows, told.element));
}
