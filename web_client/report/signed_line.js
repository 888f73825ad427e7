// Under a signed mark: what the draft had, who changed it and why, and the learner's appeal.

import { api } from "../app/api.js";
import { h, say } from "../app/dom.js";
import { to } from "../app/routes.js";
import { messageOf } from "../app/trouble.js";
import { howWords } from "../mark/line.js";
import { levelWords } from "../screens/words.js";

/** @typedef {import("../screens/report.js").About} About */
/** @typedef {import("../types/api.js").Rating} Rating */
/** @typedef {import("../types/api.js").Appeal} Appeal */

const LONGEST = 4000;

/** Whose mark it is, and beside it the program's. @param {Rating} rating */
export function besides(rating) {
  if (!rating.how) return null;
  const who = rating.by.length ? ` (${rating.by.join(", ")})` : "";
  return h(
    "p",
    { class: "soft" },
    `Signed: ${howWords(rating.how)}${who}.`,
    rating.reason && ` ${rating.reason}`,
    rating.draft && ` The program's draft was: ${levelWords(rating.draft).toLowerCase()}.`,
  );
}

/** Appeals of this line, and where to make one while the signature in hand has none. @param {About} about @param {Rating} rating */
export function appealing(about, rating) {
  if (about.card.marking.signature === null) return null;
  const mine = about.card.marking.appeals.filter((each) => each.dimension === rating.id);
  const waits = mine.some((each) => !each.answered);
  return h("div", { class: "stack-tight" }, ...mine.map((each) => made(about, each)), waits ? null : form(about, rating));
}

/** @param {About} about @param {Appeal} each */
function made(about, each) {
  const answer = each.answered ? `${each.by}: ${each.answer} ${each.changed ? "The mark was changed; it counts once it is signed." : "The mark stays."}` : "Not answered yet. The signed mark stands until it is.";
  return h("p", { class: "note" }, `You appealed, about turn ${about.number.get(each.turn) ?? ""}: ${each.reason}`, h("br"), answer);
}

/** @param {About} about @param {Rating} rating */
function form(about, rating) {
  const id = `appeal-${rating.id}`;
  const name = about.detail.rubric?.dimensions.find((each) => each.id === rating.id)?.name ?? rating.id;
  const turns = about.encounter.turns.filter((turn) => turn.text);
  const quoted = turns.find((turn) => turn.id === rating.evidence[0]?.turn)?.id ?? "";
  const none = h("option", { value: "", disabled: true, selected: !quoted }, "Choose a turn");
  const about_turn = h("select", { id: `${id}-turn`, required: true }, none, ...turns.map((turn) => h("option", { value: turn.id, selected: turn.id === quoted }, `Turn ${about.number.get(turn.id) ?? ""}: ${turn.text.slice(0, 50)}`)));
  const reason = h("textarea", { id: `${id}-reason`, rows: 2, maxlength: LONGEST });
  const trouble = h("p", { class: "error", role: "alert" });

  /** @param {SubmitEvent} event */
  async function send(event) {
    event.preventDefault();
    try {
      await api.appeal(about.id, { dimension: rating.id, turn: about_turn.value, reason: reason.value });
    } catch (error) {
      return say(trouble, messageOf(error));
    }
    location.hash = to.report(about.id);
    location.reload();
  }

  return h(
    "details",
    { class: "screen-only" },
    h("summary", null, "Appeal this line", h("span", { class: "unseen" }, `: ${name}`)),
    h(
      "form",
      { class: "stack-tight", onsubmit: (/** @type {SubmitEvent} */ event) => void send(event) },
      h("p", { class: "field" }, h("label", { for: about_turn.id }, "The turn that matters most here"), about_turn),
      h("p", { class: "field" }, h("label", { for: reason.id }, "Why it should be looked at again"), reason),
      h("p", { class: "row" }, h("button", { class: "button small", type: "submit" }, "Send the appeal")),
      trouble,
    ),
  );
}
