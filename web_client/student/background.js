// What a learner chose to say about themselves: used only where it says so, and never in an examination.

import { h } from "../app/dom.js";
import { field, section, statusLine } from "../app/parts.js";
import { messageOf } from "../app/trouble.js";
import { student } from "./calls.js";

/** @typedef {import("./calls.js").Background} Background */

/** What of it is used before going in. @param {Background} mine @param {boolean} assigned */
export function usedHere(mine, assigned) {
  if (!mine.use || assigned || !mine.practise) return null;
  return h(
    "section",
    { class: "stack-tight", "aria-labelledby": "yours" },
    h("h2", { id: "yours" }, "What you want to practise"),
    h("blockquote", null, mine.practise),
    h("p", { class: "soft" }, "Your own words, from My data. They are shown to you here and on your report; the people in the room do not know them."),
  );
}

/** To say it, change it, and switch it on. @param {Background} mine */
export function aboutYou(mine) {
  if (!mine.kept) return null;
  const use = h("input", { type: "checkbox", id: "use-background", checked: mine.use });
  const practise = h("textarea", { id: "practise", name: "practise", rows: 3, maxlength: 400 }, mine.practise);
  const told = statusLine();
  const one = field({ label: "What I want to practise", control: practise, hint: "Shown to you before you go in, and never to the patient." });

  async function keep() {
    try {
      await student.keepBackground({ use: use.checked, practise: practise.value });
      told.say(use.checked ? "Kept. It is used from now on." : "Kept. It is not used while the box is empty.");
    } catch (failure) {
      told.fail(`Not kept. ${messageOf(failure)}`);
    }
  }

  return section(
    "About you",
    h("p", null, "Nothing about you changes what a patient says: everybody meets the same one. What you write here is for you."),
    h("div", { class: "choice" }, use, h("label", { for: "use-background" }, "Show it to me before I practise")),
    one.element,
    h("p", { class: "row" }, h("button", { class: "button", type: "button", onclick: () => void keep() }, "Keep this")),
    told.element,
  );
}
