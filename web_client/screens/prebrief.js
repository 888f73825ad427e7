// The prebrief: everything a learner should know before going in, and their word that they have read it.

import { api, Refused } from "../app/api.js";
import { fill, h, say } from "../app/dom.js";
import { preferences } from "../app/preferences.js";
import { to } from "../app/routes.js";
import { whoIsHere } from "../app/shell.js";
import { messageOf } from "../app/trouble.js";
import { announce } from "../app/announcer.js";
import { askedAbout } from "../debrief/aims.js";
import { unfold } from "../report/folds.js";
import { usedHere } from "../student/background.js";
import { student } from "../student/calls.js";
import { talkChoices } from "./talk_choices.js";
import { asWritten, carriedOver } from "./carried.js";
import { consent, contract, door, learn, rubric, yourCard } from "./prebrief_parts.js";
import { variantChoice } from "./variants.js";

/** @typedef {import("../types/api.js").CaseBriefing} CaseBriefing */

/** @typedef {import("../app/dom.js").Child} Child */
/**
 * What an assignment settles, so that nobody is asked twice.
 * @typedef {{title: string, head: HTMLElement, instead: Child, mayGoIn: boolean, why: string, goOn: string, more: Child, kept: string,
 *   carry: boolean, goIn: (wish: {carry: boolean}) => Promise<string>, reread: () => Promise<Settled>,
 *   whenOpen: (open: (now: Settled) => void) => () => void, back: string}} Settled
 *   `instead`: for whom the case is not; `why`: what keeps them out; `goOn`: the encounter that is running already;
 *   `more`: what they can do all the same; `kept`: how long, and who sees it; `carry`: it takes up what an earlier part
 *   handed on; `goIn` gives the new encounter's id
 */

/** Practice. @param {string} id */
export async function casePage(id) {
  return prebrief(await api.case(id), null);
}

/**
 * What must be read and agreed to stands open; what may be read is one press away on a narrow screen.
 * @param {CaseBriefing} detail
 * @param {Settled | null} settled null: practice
 */
export async function prebrief(detail, settled) {
  const [health, carried, aims, mine, me] = await Promise.all([api.health(), carriedTo(detail, settled), api.aims(), student.background(), whoIsHere()]);
  const engines = detail.activity === "role_reversal" ? health.engines.filter((each) => each.part !== "rating") : health.engines;
  const choices = talkChoices(health.engines, detail, { again: Boolean(settled), percent: me?.time_percent ?? 100 });
  const variant = settled ? { content: null, chosen: () => "" } : variantChoice(detail);
  const asked = askedAbout(aims);
  const wish = () => ({ time_percent: choices.timePercent(), variant: variant.chosen(), carry: carried.wanted() });
  const [above, below] = [h("div", null), h("div", null)];

  /** What keeps somebody out is said at once; the door itself comes after what is to be read. @param {Settled | null} now */
  function place(now) {
    const open = now ? now.mayGoIn : !detail.reserved;
    (open ? below : above).replaceChildren(open ? ready(detail, now, wish) : closed({ why: detail.reserved, goOn: "", more: null, back: to.assignments(), ...now }));
    (open ? above : below).replaceChildren();
    [above.hidden, below.hidden] = [open, !open];
  }

  place(settled);
  const waiting = settled?.whenOpen((now) => {
    place(now);
    if (now.mayGoIn) announce("It is open now. You can go in, at the end of this page.");
  });
  const content = h(
    "article",
    { class: "stack-wide prebrief" },
    door(detail),
    settled?.head,
    above,
    yourCard(detail),
    contract(detail, settled ? settled.instead : "If today is not the day, choose another case; nobody asks why."),
    consent(engines, settled?.kept ?? ""),
    usedHere(mine, Boolean(settled)),
    asked.content,
    carried.content,
    h("div", { class: "may-read" }, learn(detail), rubric(detail)),
    variant.content,
    choices.content,
    below,
    !settled && me?.roles.some((role) => role === "educator" || role === "faculty") && h("p", { class: "soft" }, h("a", { href: to.try(detail.case_id) }, "Try this case out"), " with its moments, facts and state beside the room. Nothing of it is scored."),
  );
  const folded = unfold(content);
  return { title: `Before you go in: ${settled?.title ?? detail.title}`, content, leave: () => { waiting?.(); folded(); choices.leave(); asked.leave(); } };
}

/** @param {CaseBriefing} detail @param {Settled | null} settled */
async function carriedTo(detail, settled) {
  const nothing = { content: settled && !settled.carry ? asWritten(detail) : null, wanted: () => true };
  if (settled && !settled.carry) return nothing;
  try {
    return carriedOver(detail, await api.carried(detail.case_id));
  } catch (failure) {
    // the case of an assignment may have left the library; it is met all the same
    if (settled && failure instanceof Refused && failure.status === 404) return nothing;
    throw failure;
  }
}

/** Why they cannot go in now, and what they can do. @param {{why: string, goOn: string, more: Child, back: string}} settled */
function closed({ why, goOn, more, back }) {
  return h(
    "section",
    { class: "card stack" },
    h("h2", { tabindex: "-1" }, goOn ? "You are in there already" : "Not now"),
    h("p", null, why),
    more && h("p", null, more),
    h("p", { class: "row" }, goOn && h("a", { class: "button primary", href: to.encounter(goOn) }, "Go on"), h("a", { class: "button quiet", href: back }, "Back to the assignments")),
  );
}

/**
 * The learner's word, and the door.
 * @param {CaseBriefing} detail
 * @param {Settled | null} settled
 * @param {() => {carry: boolean}} wish what was chosen above
 */
function ready(detail, settled, wish) {
  const begin = settled ? () => settled.goIn(wish()) : async () => (await api.begin({ case_id: detail.case_id, portrayal: preferences().portrayal, ...wish(), acknowledged: true })).id;
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
      if (settled && failure instanceof Refused && failure.status === 409) await elsewhere(settled).catch(() => {});
    }
  }

  /** Another page of theirs has begun, or the window is over: say so where the button was. @param {Settled} before */
  async function elsewhere(before) {
    const now = await before.reread();
    if (now.mayGoIn) return;
    const instead = closed(now);
    content.replaceWith(instead);
    instead.querySelector("h2")?.focus();
  }

  const content = fill(
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
  return content;
}
