// The door to a moment that is tried again: what was just said, the sound check, and in. The briefing was read already.

import { announce } from "../app/announcer.js";
import { api } from "../app/api.js";
import { h, say } from "../app/dom.js";
import { to } from "../app/routes.js";
import { messageOf } from "../app/trouble.js";
import { membersOf, namesOf } from "./names.js";
import { talkChoices } from "./talk_choices.js";

/** @typedef {import("../types/api.js").EncounterView} EncounterView */
/** @typedef {import("../types/api.js").Turn} Turn */

/** How many turns are shown again. */
const LAST = 4;

/** @param {string} id @param {string} turn */
export async function againPage(id, turn) {
  const [encounter, health] = await Promise.all([api.encounter(id), api.health()]);
  const detail = await api.caseOf(encounter.id);
  const choices = talkChoices(health.engines, detail, { again: true });
  const name = namesOf(membersOf(detail.cast, encounter.speakers), encounter.speakers);
  const content = h(
    "article",
    { class: "stack-wide again" },
    h(
      "header",
      { class: "stack" },
      h("p", { class: "eyebrow" }, "One moment again"),
      h("h1", null, detail.title),
      h("p", { class: "lead" }, "You go back to where you stood before you spoke. Everything is as it was then, the clock too. What you say now is looked at by itself, and this is not another attempt."),
    ),
    before(encounter, turn, name),
    choices.content,
    door(id, turn),
  );
  return { title: `One moment again: ${detail.title}`, content, leave: choices.leave };
}

/** The last of what was said by then. @param {EncounterView} encounter @param {string} turn @param {(speaker: string) => string} name */
function before(encounter, turn, name) {
  const at = encounter.turns.findIndex((each) => each.id === turn);
  const said = encounter.turns.slice(0, Math.max(0, at)).filter((each) => each.text).slice(-LAST);
  const rows = said.map((each) => h("li", null, h("span", { class: "soft" }, each.speaker === "learner" ? "You: " : `${name(each.speaker)}: `), words(each)));
  return h("section", { class: "stack-tight" }, h("h2", null, "Just before"), h("ul", { class: "plain just-before" }, ...rows));
}

/** @param {Turn} each */
function words(each) {
  return each.kind === "said" ? h("span", { class: "voice" }, `“${each.text}”`) : h("em", null, each.text);
}

/** @param {string} id @param {string} turn */
function door(id, turn) {
  const error = h("p", { class: "error", role: "alert" });
  const button = h("button", { class: "button primary big", type: "button", onclick: () => void goIn() }, "Go back in");

  async function goIn() {
    button.disabled = true;
    say(error, "");
    try {
      const made = await api.retry(id, turn);
      announce("Going back in.");
      location.replace(to.encounter(made.id));
    } catch (failure) {
      button.disabled = false;
      say(error, messageOf(failure));
    }
  }

  return h("section", { class: "card ready stack" }, error, h("div", { class: "row" }, button, h("a", { class: "button quiet", href: to.report(id) }, "Back to the report")), h("p", { class: "soft" }, "You can pause at any time, and stop at any time. Stopping costs nothing."));
}
