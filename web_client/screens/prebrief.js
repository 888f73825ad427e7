// The prebrief: everything a learner should know before going in, and their word that they have read it.

import { api } from "../app/api.js";
import { fill, h, say } from "../app/dom.js";
import { preferences } from "../app/preferences.js";
import { to } from "../app/routes.js";
import { whoIsHere } from "../app/shell.js";
import { messageOf } from "../app/trouble.js";
import { announce } from "../app/announcer.js";
import { askedAbout } from "../debrief/aims.js";
import { usedHere } from "../student/background.js";
import { student } from "../student/calls.js";
import { talkChoices } from "./talk_choices.js";
import { carriedOver } from "./carried.js";
import { consent, contract, door, learn, rubric, yourCard } from "./prebrief_parts.js";
import { variantChoice } from "./variants.js";

/** @typedef {import("../types/api.js").CaseBriefing} CaseBriefing */

/**
 * What an assignment settles, so that nobody is asked twice.
 * @typedef {{title: string, head: HTMLElement, mayGoIn: boolean, why: string, goOn: string, kept: string,
 *   goIn: () => Promise<string>, back: string}} Settled
 *   `why`: what keeps them out; `goOn`: the encounter that is running already; `kept`: how long, and who sees it; `goIn`
 *   gives the new encounter's id
 */

/** Practice. @param {string} id */
export async function casePage(id) {
  return prebrief(await api.case(id), null);
}

/**
 * @param {CaseBriefing} detail
 * @param {Settled | null} settled null: practice
 */
export async function prebrief(detail, settled) {
  const [health, carriedThings, aims, mine, me] = await Promise.all([api.health(), api.carried(detail.case_id), api.aims(), student.background(), whoIsHere()]);
  const engines = detail.activity === "role_reversal" ? health.engines.filter((each) => each.part !== "rating") : health.engines;
  const choices = talkChoices(health.engines, detail, { again: Boolean(settled), percent: me?.time_percent ?? 100 });
  const carried = carriedOver(detail, carriedThings);
  const variant = settled ? { content: null, chosen: () => "" } : variantChoice(detail);
  const asked = askedAbout(aims);
  const kept = settled?.mayGoIn || (!settled && !detail.reserved) ? null : { why: detail.reserved, goOn: "", back: to.assignments(), ...settled };
  const content = h(
    "article",
    { class: "stack-wide prebrief" },
    door(detail),
    settled?.head,
    usedHere(mine, Boolean(settled)),
    asked.content,
    carried.content,
    yourCard(detail),
    learn(detail),
    rubric(detail),
    contract(detail, Boolean(settled)),
    consent(engines, settled?.kept ?? ""),
    variant.content,
    choices.content,
    kept ? closed(kept) : ready(detail, settled, () => ({ time_percent: choices.timePercent(), variant: variant.chosen(), carry: carried.wanted() })),
    !settled && me?.roles.some((role) => role === "educator" || role === "faculty") && h("p", { class: "soft" }, h("a", { href: to.try(detail.case_id) }, "Try this case out"), " with its moments, facts and state beside the room. Nothing of it is scored."),
  );
  return { title: `Before you go in: ${settled?.title ?? detail.title}`, content, leave: () => { choices.leave(); asked.leave(); } };
}

/** Why they cannot go in now, and what they can do. @param {{why: string, goOn: string, back: string}} settled */
function closed({ why, goOn, back }) {
  return h(
    "section",
    { class: "card stack" },
    h("h2", null, goOn ? "You are in there already" : "Not now"),
    h("p", null, why),
    h("p", { class: "row" }, goOn && h("a", { class: "button primary", href: to.encounter(goOn) }, "Go on"), h("a", { class: "button quiet", href: back }, "Back to the assignments")),
  );
}

/**
 * The learner's word, and the door.
 * @param {CaseBriefing} detail
 * @param {Settled | null} settled
 * @param {() => Record<string, unknown>} wish what was chosen above
 */
function ready(detail, settled, wish) {
  const begin = settled?.goIn ?? (async () => (await api.begin({ case_id: detail.case_id, portrayal: preferences().portrayal, ...wish(), acknowledged: true })).id);
  const box = h("input", { type: "checkbox", id: "agree", "aria-describedby": "agree-error" });
  const error = h("p", { id: "agree-error", class: "error", role: "alert" });
  const button = h("button", { class: "button primary big", type: "submit" }, "Go in");

  /** @param {Event} event */
  async function goIn(event) {
    event.preventDefault();
    say(error, "");
    if (!box.checked) {
      say(error, "Please read the above, and tick the box when you agree.");
      box.focus();
      return;
    }
    button.disabled = true;
    announce("Going in.");
    try {
      location.replace(to.encounter(await begin()));
    } catch (failure) {
      button.disabled = false;
      say(error, messageOf(failure));
    }
  }

  return fill(
    h("form", { class: "card ready stack", onsubmit: goIn, novalidate: true }),
    h("h2", null, "Ready?"),
    h(
      "p",
      { class: "choice" },
      box,
      h(
        "label",
        { for: "agree" },
        "I have read this. I agree to act as if it matters, to keep what I meet here to myself, to name no real patient, and that my words go where it says above.",
      ),
    ),
    error,
    h("div", { class: "row" }, button, h("a", { class: "button quiet", href: settled?.back ?? to.cases() }, "Not now")),
    h("p", { class: "soft" }, "You can pause at any time, and stop at any time. Stopping costs nothing."),
  );
}
