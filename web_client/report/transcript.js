// The transcript as it was heard, with numbers and times; quotes lead here.

import { foldable, h } from "../app/dom.js";
import { minutes } from "../live/clock.js";
import { markOf } from "../live/people.js";
import { foldedWhenNarrow } from "./folds.js";
import { corrections } from "./correcting.js";
import { doubtNote, pieces } from "./doubt.js";
import { whoSaid } from "./who.js";
import { offered } from "./timeline_layout.js";

/** @typedef {import("../screens/report.js").About} About */
/** @typedef {import("../types/api.js").Turn} Turn */

/** @param {About} about */
export function transcript(about) {
  const concerned = turnsOfMoments(about);
  const rows = new Map(about.encounter.turns.map((turn) => [turn.id, row(about, turn)]));
  const list = h("ol", { class: "transcript" }, ...rows.values());
  const only = h("input", { type: "checkbox", id: "only", onchange: filter });
  const filtering = h("p", { class: "choice screen-only" }, only, h("label", { for: "only" }, "Only the moments that came up, and your answers to them"));

  function filter() {
    for (const [id, each] of rows) each.hidden = only.checked && !concerned.has(id);
  }

  /** Go to a turn and let it be seen. @param {string} id */
  function jump(id) {
    const target = rows.get(id);
    if (!target) return;
    if (target.hidden) {
      only.checked = false;
      filter();
    }
    target.closest("details")?.setAttribute("open", "");
    for (const each of rows.values()) each.classList.toggle("found", each === target);
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    target.scrollIntoView({ block: "center", behavior: calm ? "auto" : "smooth" });
    target.focus({ preventScroll: true });
  }

  const body = rows.size ? list : h("p", { class: "soft" }, "Nothing was said.");
  const scored = about.card.status !== "not_scored";
  const content = scored
    ? h("section", { class: "stack" }, h("h2", null, "What was said"), foldedWhenNarrow(`All ${rows.size} turns`, concerned.size ? filtering : null, body))
    : h("section", { class: "stack" }, foldable("What was said", body));
  if (about.card.not_scored === "role_reversal") content.querySelector("details")?.setAttribute("open", "");
  return { content, jump };
}

/** @param {About} about @returns {Set<string>} */
function turnsOfMoments({ card }) {
  return new Set(offered(card.opportunities).flatMap((each) => [each.cue_turn, each.turn, ...each.response_turns]).filter(Boolean));
}

/** @param {About} about @param {Turn} turn */
function row(about, turn) {
  const own = turn.speaker === "learner";
  const moment = offered(about.card.opportunities).findIndex((each) => each.cue_turn === turn.id);
  const marks = [
    turn.cut ? "interrupted here" : "",
    doubtNote(turn),
    turn.murmurs.length ? `meanwhile, under these words: ${turn.murmurs.map((text) => `“${text}”`).join(", ")}` : "",
    turn.failed && !turn.cut ? "no answer could be made" : "",
    moment >= 0 ? `moment ${moment + 1}` : "",
    about.number.get(turn.id) === (about.debrief?.retry?.turns ?? -1) + 1 ? "tried again from here; what stands above was said the first time" : "",
  ].filter(Boolean);
  return h(
    "li",
    { class: `turn ${own ? "own" : "theirs"} ${turn.kind}`, tabindex: "-1" },
    h("span", { class: "turn-number" }, h("span", { class: "unseen" }, "Turn "), about.number.get(turn.id) ?? ""),
    h("span", { class: "turn-time soft" }, minutes(turn.at_ms)),
    h("span", { class: "turn-who" }, turn.kind === "shown" && markOf(about.cast, turn.speaker) === "thing" ? "" : whoSaid(about, turn.speaker)),
    h("span", { class: "turn-words" }, ...words(turn)),
    marks.length ? h("span", { class: "turn-mark" }, marks.join("; ")) : null,
    own ? corrections(about, turn) : null,
  );
}

/** The words, those heard with doubt underlined with dots and said to be so. @param {Turn} turn */
function words(turn) {
  const cut = turn.cut && turn.text ? " …" : "";
  if (!turn.doubtful.length) return [`${turn.text}${cut}`];
  return pieces(turn).flatMap(({ text, doubt }, at) => [at ? " " : "", doubt ? h("span", { class: "doubtful" }, text, h("span", { class: "unseen" }, " (heard with doubt, not counted)")) : text]);
}
