// The prebrief: everything a learner should know before going in, and their word that they have read it.

import { api } from "../app/api.js";
import { fill, h, say } from "../app/dom.js";
import { preferences } from "../app/preferences.js";
import { to } from "../app/routes.js";
import { messageOf } from "../app/trouble.js";
import { announce } from "../app/announcer.js";
import { askedAbout } from "../debrief/aims.js";
import { talkChoices } from "./talk_choices.js";
import { carriedOver } from "./carried.js";
import { consent, contract, door, learn, rubric, yourCard } from "./prebrief_parts.js";
import { variantChoice } from "./variants.js";

/** @typedef {import("../types/api.js").CaseBriefing} CaseBriefing */

/** @param {string} id */
export async function casePage(id) {
  const [detail, health, kept, aims] = await Promise.all([api.case(id), api.health(), api.carried(id), api.aims()]);
  const choices = talkChoices(health.engines, detail);
  const carried = carriedOver(detail, kept);
  const variant = variantChoice(detail);
  const asked = askedAbout(aims);
  const content = h(
    "article",
    { class: "stack-wide prebrief" },
    door(detail),
    asked.content,
    carried.content,
    yourCard(detail),
    learn(detail),
    rubric(detail),
    contract(detail),
    consent(detail.activity === "role_reversal" ? health.engines.filter((each) => each.part !== "rating") : health.engines),
    variant.content,
    choices.content,
    ready(detail, () => ({ time_percent: choices.timePercent(), variant: variant.chosen(), carry: carried.wanted() })),
  );
  return { title: `Before you go in: ${detail.title}`, content, leave: () => { choices.leave(); asked.leave(); } };
}

/**
 * The learner's word, and the door.
 * @param {CaseBriefing} detail
 * @param {() => Record<string, unknown>} wish what was chosen above
 */
function ready(detail, wish) {
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
      const made = await api.begin({ case_id: detail.case_id, portrayal: preferences().portrayal, ...wish(), acknowledged: true });
      location.replace(to.encounter(made.id));
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
    h("div", { class: "row" }, button, h("a", { class: "button quiet", href: to.lobby() }, "Not now")),
    h("p", { class: "soft" }, "You can pause at any time, and stop at any time. Stopping costs nothing."),
  );
}
