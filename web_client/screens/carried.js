// What an earlier act handed on to this one: told in plain words, to be left out for once or forgotten for good.

import { announce } from "../app/announcer.js";
import { api } from "../app/api.js";
import { h, list, say } from "../app/dom.js";
import { messageOf } from "../app/trouble.js";
import { confirmed } from "./dialogs.js";
import { beganWords } from "./words.js";

/** @typedef {import("../types/api.js").CaseBriefing} CaseBriefing */
/** @typedef {import("../types/api.js").CarriedOver} CarriedOver */

/**
 * @param {CaseBriefing} detail
 * @param {CarriedOver} kept
 */
export function carriedOver(detail, kept) {
  if (!kept.items.length) return { content: nothing(detail, kept), wanted: () => true };
  const without = h("input", { type: "checkbox", id: "without" });
  const error = h("p", { class: "error", role: "alert" });
  const body = h("div", { class: "stack" });
  const title = h("h2", { tabindex: "-1" }, "What is carried over");

  async function forget() {
    const sure = await confirmed({ title: "Forget it?", text: ["What the earlier part handed on is deleted. Your encounter and its report stay."], yes: "Forget it", no: "Keep it" });
    if (!sure) return;
    try {
      await api.forgetCarried(detail.case_id);
      body.replaceChildren(h("p", null, "Forgotten. This part begins as it is written."));
      announce("Forgotten. This part begins as it is written.");
      title.focus();
    } catch (failure) {
      say(error, messageOf(failure));
    }
  }

  body.append(
    h("p", null, `From your own encounter${kept.made_at ? ` of ${beganWords(kept.made_at)}` : ""}, this part remembers:`),
    list(kept.items.map((item) => item.label), { class: "objectives" }) ?? "",
    h("p", { class: "choice" }, without, h("label", { for: "without" }, "Begin without it this time")),
    h("p", null, h("button", { class: "button quiet small", type: "button", onclick: () => void forget() }, "Forget it")),
    error,
  );
  return { content: h("section", { class: "stack" }, title, body), wanted: () => !without.checked };
}

/** A later part can be played by itself; that it was put back is said as well. @param {CaseBriefing} detail @param {CarriedOver} kept */
function nothing({ unfolding }, kept) {
  if (!unfolding || unfolding.number < 2) return null;
  if (kept.withheld) return told(`This part remembers your own encounter with the one before. What it remembers is shown with your marks. ${kept.withheld}`);
  const why = kept.from_encounter ? "Nothing is carried over: it was forgotten, or there was nothing to hand on." : "You have not played the part before this one. It can be played by itself; nothing is carried over.";
  return told(why);
}

/** Where it counts towards a grade. @param {CaseBriefing} detail */
export function asWritten({ unfolding }) {
  return unfolding && unfolding.number > 1 ? told("Nothing: here everybody begins this part as it is written.") : null;
}

/** @param {string} why */
function told(why) {
  return h("section", { class: "stack" }, h("h2", null, "What is carried over"), h("p", null, why));
}
