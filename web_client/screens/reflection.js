// Out of the room: leaving the fiction, then the learner's own words and marks. Only after them is anything shown.

import { api } from "../app/api.js";
import { h, say } from "../app/dom.js";
import { to } from "../app/routes.js";
import { messageOf } from "../app/trouble.js";
import { listed, people, sentBy } from "../live/people.js";
import { membersOf, namesOf } from "./names.js";
import { answered } from "./own_answers.js";
import { sentAwayWords } from "./words.js";

/** @typedef {import("../types/api.js").CaseBriefing} CaseBriefing */
/** @typedef {import("../types/api.js").Dimension} Dimension */
/** @typedef {import("../types/api.js").EncounterView} EncounterView */
/** @typedef {import("../types/api.js").ReflectionForm} ReflectionForm */
/** @typedef {import("../types/api.js").Rubric} Rubric */

const LONGEST = 8000;

/** @param {string} id */
export async function reflectionPage(id) {
  const encounter = await api.encounter(id);
  if (encounter.phase !== "reflection") {
    location.replace(encounter.phase === "done" ? to.report(id) : to.encounter(id));
    return { title: "Reflection", content: h("p", { class: "soft" }, "There is nothing to reflect on yet.") };
  }
  const detail = await api.caseOf(encounter.id);
  const reversed = detail.activity === "role_reversal";
  const asked = reversed ? (await api.scorecard(id)).debrief.questions.filter((each) => each.phase === "card").map((each) => each.text) : [];
  const body = reversed ? answers(id, asked) : encounter.retry_of ? short(id) : form(id, detail.rubric);
  const content = h("article", { class: "stack-wide" }, farewell(encounter, detail), body);
  return { title: "Out of the room", content };
}

/** @param {EncounterView} encounter @param {CaseBriefing} detail */
function farewell(encounter, detail) {
  const cast = membersOf(detail.cast, encounter.speakers);
  const met = people(cast).map((each) => each.name);
  const by = sentBy(encounter.turns, namesOf(cast, encounter.speakers));
  const how = encounter.ended === "sent_away" ? sentAwayWords(by) : encounter.ended === "time_up" ? "Time was up" : "";
  const down = detail.activity === "role_reversal" ? "Put down the part that you played" : "Put it down";
  return h(
    "header",
    { class: "stack farewell" },
    how && h("p", { class: "eyebrow" }, how),
    h("h1", null, `You are out of the room. ${listed(met)} ${met.length > 1 ? "are fictions" : "is a fiction"}.`),
    h("p", { class: "lead" }, `${down} for a moment. Look up from the screen, and say one true thing about your own day.`),
    h("p", { class: "soft" }, "If something of this stays with you, talk to your instructor: that is no weakness, and not scored."),
  );
}

/** @param {string} id @param {string} label @param {string} hint empty for none @param {number} [longest] */
function question(id, label, hint, longest = LONGEST) {
  const box = h("textarea", { id, rows: hint ? 4 : 2, maxlength: longest, "aria-describedby": hint ? `${id}-hint` : null });
  const content = h("p", { class: "field" }, h("label", { for: id }, label), hint && h("span", { class: "soft", id: `${id}-hint` }, hint), box);
  return { content, value: () => box.value.trim() };
}

/** One mark for oneself; none is an answer too. @param {Dimension} dimension @param {Rubric} rubric */
function ownMark(dimension, { lowest, highest }) {
  const name = `self-${dimension.id}`;
  const choices = ["", ...Array.from({ length: highest - lowest + 1 }, (_, at) => String(lowest + at))].map((value) =>
    h("label", { class: "mark" }, h("input", { type: "radio", name, value, checked: value === "" }), h("span", null, value || "no mark")),
  );
  const meaning = h("p", { class: "soft meaning", "aria-live": "polite" });
  const group = h(
    "fieldset",
    { class: "own-mark", "aria-describedby": `${name}-question` },
    h("legend", null, dimension.name),
    h("p", { class: "soft", id: `${name}-question` }, dimension.question),
    h("div", { class: "marks" }, ...choices),
    meaning,
  );
  const chosen = () => group.querySelector("input:checked")?.getAttribute("value") ?? "";
  group.addEventListener("change", () => say(meaning, dimension.anchors[chosen()] ?? ""));
  return { content: group, id: dimension.id, value: chosen };
}

/** For who played the patient: the questions of the card, and nothing to be marked. @param {string} id @param {readonly string[]} asked */
function answers(id, asked) {
  const longest = Math.floor((LONGEST - asked.join("").length) / Math.max(1, asked.length)) - 4;
  const boxes = asked.map((text, at) => question(`answer-${at}`, text, "", Math.min(2000, longest)));
  const given = () => ({ reactions: answered(asked, boxes.map((box) => box.value())), felt: "", said: "", self_rating: {} });
  return asking(id, "Show me the talk again", given, [
    h("section", { class: "stack" }, h("h2", null, "From the other side"), h("p", { class: "soft" }, "As many as you like. Nothing here is scored."), ...boxes.map((box) => box.content)),
  ]);
}

/** After a moment that was tried again: a word or two, or none. @param {string} id */
function short(id) {
  const reactions = question("reactions", "What did you do otherwise, and what happened?", "A word or two, or nothing.");
  return asking(id, "Show me both times", () => ({ reactions: reactions.value(), felt: "", said: "", self_rating: {} }), [reactions.content]);
}

/** @param {string} id @param {Rubric | null} rubric null: nothing is marked */
function form(id, rubric) {
  const reactions = question("reactions", "How are you leaving that conversation?", "A word or two is enough. Nothing here is scored.");
  const felt = question("felt", "What I felt", "What went on in you that nobody could hear.");
  const said = question("said", "What I said", "What you said with it, or did not say.");
  const marks = rubric?.dimensions.map((each) => ownMark(each, rubric)) ?? [];
  /** @returns {ReflectionForm} */
  const given = () => {
    const own = marks.filter((mark) => mark.value() !== "").map((mark) => [mark.id, Number(mark.value())]);
    return { reactions: reactions.value(), felt: felt.value(), said: said.value(), self_rating: Object.fromEntries(own) };
  };
  return asking(id, "Show me the report", given, [
    h("section", { class: "stack" }, h("h2", null, "Your own words first"), reactions.content, felt.content, said.content),
    marks.length > 0 && h("section", { class: "stack" }, h("h2", null, "And your own marks"), h("p", { class: "soft" }, "As far as you like. They stand beside the report's, and nobody averages them."), ...marks.map((mark) => mark.content)),
  ]);
}

/**
 * @param {string} id
 * @param {string} onward
 * @param {() => ReflectionForm} given
 * @param {import("../app/dom.js").Child[]} parts
 */
function asking(id, onward, given, parts) {
  const error = h("p", { class: "error", role: "alert" });
  const button = h("button", { class: "button primary big", type: "submit" }, onward);

  /** @param {Event} event */
  async function submit(event) {
    event.preventDefault();
    button.disabled = true;
    say(error, "");
    try {
      await api.reflect(id, given());
      location.replace(to.report(id));
    } catch (failure) {
      if (/** @type {any} */ (failure)?.code === "already_reflected") return location.replace(to.report(id));
      button.disabled = false;
      say(error, messageOf(failure));
    }
  }

  return h(
    "form",
    { class: "stack-wide", onsubmit: (/** @type {Event} */ event) => void submit(event) },
    ...parts,
    error,
    h("p", null, button),
  );
}
