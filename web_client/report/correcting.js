// Saying what one said, where something else was heard. What was heard stays on the page; somebody decides.

import { api } from "../app/api.js";
import { h, say } from "../app/dom.js";
import { to } from "../app/routes.js";
import { correctionWords, isSpoken, wordsOf } from "./doubt.js";

/** @typedef {import("../screens/report.js").About} About */
/** @typedef {import("../types/api.js").Turn} Turn */
/** @typedef {import("../types/api.js").Correction} Correction */

const LONGEST = 600;

/** What was proposed for a turn, and where to propose more; nothing for what was not spoken. @param {About} about @param {Turn} turn */
export function corrections(about, turn) {
  if (about.card.status === "not_scored" || !isSpoken(turn)) return null;
  const mine = about.corrections.filter((each) => each.turn === turn.id);
  return h("div", { class: "corrections stack-tight" }, ...mine.map((each) => proposed(about, each)), proposing(about, turn));
}

/** @param {About} about @param {Correction} each */
function proposed(about, each) {
  const line = h("p", { class: `correction ${each.state}` }, correctionWords(each));
  if (each.state !== "proposed") return line;
  if (about.assigned) return h("div", { class: "stack-tight" }, line, h("p", { class: "soft" }, "Your course's staff decide it."));
  const trouble = h("p", { class: "error", role: "alert" });
  const button = (/** @type {string} */ text, /** @type {boolean} */ accepted) =>
    h("button", { class: "button quiet small", type: "button", onclick: () => sent(about, each.turn, trouble, () => api.settle(about.id, each.number, accepted)) }, text);
  return h(
    "div",
    { class: "stack-tight" },
    line,
    h("p", { class: "row screen-only" }, h("span", { class: "soft" }, "For whoever debriefs you:"), button("Accept", true), button("Refuse", false)),
    trouble,
  );
}

/** @param {About} about @param {Turn} turn */
function proposing(about, turn) {
  const all = wordsOf(turn.text);
  const name = (/** @type {string} */ part) => `correct-${turn.id}-${part}`;
  const from = choice(name("from"), all, 0);
  const until = choice(name("until"), all, all.length - 1);
  const words = h("textarea", { id: name("words"), rows: 2, maxlength: LONGEST });
  words.value = all.join(" ");
  const trouble = h("p", { class: "error", role: "alert" });
  let heard = words.value;

  /** What was not changed by hand follows the choice. */
  function follow() {
    if (Number(until.value) < Number(from.value)) until.value = from.value;
    const chosen = all.slice(Number(from.value), Number(until.value) + 1).join(" ");
    if (words.value === heard) words.value = chosen;
    heard = chosen;
  }
  from.addEventListener("change", follow);
  until.addEventListener("change", follow);

  /** @param {SubmitEvent} event */
  function send(event) {
    event.preventDefault();
    const proposal = { turn: turn.id, start_word: Number(from.value), end_word: Number(until.value) + 1, words: words.value };
    void sent(about, turn.id, trouble, () => api.correct(about.id, proposal));
  }

  return h(
    "details",
    { class: "screen-only" },
    h("summary", null, "I said something else", h("span", { class: "unseen" }, ` in turn ${about.number.get(turn.id) ?? ""}`)),
    h(
      "form",
      { class: "stack-tight correcting", onsubmit: send },
      h("p", { class: "row" }, h("label", { for: name("from") }, "From"), from, h("label", { for: name("until") }, "to"), until),
      h("label", { for: name("words") }, "What you said there (empty: nothing)"),
      words,
      h("p", { class: "soft" }, "What was heard stays beside it. The words do not count until somebody has decided."),
      h("p", { class: "row" }, h("button", { class: "button small", type: "submit" }, "Send the correction")),
      trouble,
    ),
  );
}

/** @param {string} id @param {readonly string[]} words @param {number} chosen */
function choice(id, words, chosen) {
  return h("select", { id }, ...words.map((word, at) => h("option", { value: at, selected: at === chosen }, `${at + 1} ${word}`)));
}

/**
 * Send it; the draft is made again by it, so the page is read again, at the same turn.
 * @param {About} about
 * @param {string} turn
 * @param {HTMLElement} trouble
 * @param {() => Promise<unknown>} send
 */
async function sent(about, turn, trouble, send) {
  try {
    await send();
  } catch (error) {
    say(trouble, error instanceof Error ? error.message : String(error));
    return;
  }
  location.hash = to.turn(about.id, turn);
  location.reload();
}
