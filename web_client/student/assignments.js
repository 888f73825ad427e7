// What a student is asked to do: what is due, what it is for, and how to go on.

import { h } from "../app/dom.js";
import { emptyState, pageHead, section } from "../app/parts.js";
import { placeOf, to } from "../app/routes.js";
import { beganWords, endedWords, placeWords } from "../screens/words.js";
import { student } from "./calls.js";
import { attemptsWords, nextWords, windowWords } from "./words.js";

/** @typedef {import("./calls.js").Assignment} Assignment */

export async function assignmentsPage() {
  const all = await student.assignments();
  const open = all.filter((each) => each.state === "open");
  const rest = all.filter((each) => each.state !== "open");
  const content = h(
    "div",
    { class: "stack-wide" },
    pageHead({ title: "Your assignments", lead: "What your courses ask you to do. Everything else here is practice, and yours alone until you share it." }),
    all.length ? null : nothing(),
    open.length > 0 && section("To do", cards(open)),
    rest.length > 0 && section("Not open now", cards(rest)),
    practice(),
  );
  return { title: "Your assignments", content };
}

function nothing() {
  return emptyState({
    title: "Nothing is asked of you yet",
    text: "When a course that you are in sets an assignment, you find it here: what it is for, until when, and who will see it.",
    hint: "Until then you can practise; nobody sees that but you.",
  });
}

function practice() {
  return section(
    "Practice",
    h("p", null, "Meet anybody, as often as you like. Practice is private: your teachers do not see it unless you show it to them."),
    h("p", null, h("a", { class: "button quiet", href: to.cases() }, "All cases and your encounters")),
  );
}

/** @param {readonly Assignment[]} some */
function cards(some) {
  return h("ul", { class: "cards" }, ...some.map(card));
}

/** @param {Assignment} each */
function card(each) {
  return h(
    "li",
    { class: "card stack-tight assignment-card" },
    h("p", { class: "row tags" }, kindTag(each), h("span", { class: "tag" }, windowWords(each))),
    h("h3", null, h("a", { href: each.go_on ? placeOf(each.go_on, phaseOf(each)) : to.assignment(each.id) }, each.title)),
    h("p", { class: "soft" }, `${each.course}. The case: ${each.case_title}.`),
    h("p", null, `Attempts: ${attemptsWords(each)}`),
    !each.may_begin && !each.go_on && each.why_not && h("p", { class: "note" }, each.equivalent?.may_begin ? `${each.why_not} The equivalent case can still be taken.` : each.why_not),
    h("p", null, h("a", { class: each.go_on || each.may_begin ? "button primary" : "button quiet", href: each.go_on ? placeOf(each.go_on, phaseOf(each)) : to.assignment(each.id) }, nextWords(each), h("span", { class: "unseen" }, ` (${each.title})`))),
    attempts(each),
  );
}

/** Whether it counts, unmistakably. @param {Pick<Assignment, "kind">} each */
export function kindTag({ kind }) {
  return kind === "summative" ? h("span", { class: "tag warm" }, "Summative: it counts") : h("span", { class: "tag good" }, "Formative: for learning");
}

/** @param {Assignment} each */
function phaseOf(each) {
  return each.attempts.find((one) => one.id === each.go_on)?.phase ?? "";
}

/** @param {Assignment} each */
function attempts({ attempts: all, go_on: running }) {
  const made = all.filter((one) => one.id !== running);
  if (!made.length) return null;
  const rows = made.map((one) =>
    h(
      "li",
      { class: "row-item" },
      h("p", null, `Attempt ${one.number}`, h("span", { class: "soft" }, ` · ${[one.equivalent && "the equivalent case", beganWords(one.made_at), endedWords(one.phase, one.ended), one.released && "marks released"].filter(Boolean).join(" · ")}`)),
      h("a", { class: "button small quiet", href: placeOf(one.id, one.phase) }, placeWords(one.phase), h("span", { class: "unseen" }, ` of attempt ${one.number}`)),
    ),
  );
  return h("ul", { class: "rows" }, ...rows);
}
