// The page after an encounter in which nothing is scored: why, the learner's own answers, and people to talk to.

import { h } from "../app/dom.js";
import { to } from "../app/routes.js";

/** @typedef {import("../screens/report.js").About} About */

/** @type {Record<string, string>} */
const WHY = {
  role_reversal: "Nothing is scored here: this time you were the patient. What counts is what it was like.",
  stopped: "You stopped. That is always right when it is needed, and nothing is scored.",
};

/** @param {About} about */
export function notScored(about) {
  const stopped = about.encounter.ended === "stop";
  const reversed = about.card.not_scored === "role_reversal" && !stopped;
  return h(
    "section",
    { class: "stack" },
    h("p", { class: "lead" }, WHY[stopped ? "stopped" : about.card.not_scored] ?? "Nothing is scored here."),
    reversed && ownAnswers(about),
    h("div", { class: "card stack" }, h("h2", null, "Somebody to talk to"), h("p", null, about.detail.support_contacts)),
    h("p", null, h("a", { class: "button", href: to.lobby() }, "To the cases")),
  );
}

/** An answer under its question. @param {string} text */
function paragraph(text) {
  const [question, ...answer] = text.split("\n");
  return answer.length ? h("p", { class: "own-words" }, h("strong", null, question), `\n${answer.join("\n")}`) : h("p", { class: "own-words" }, text);
}

/** @param {About} about */
function ownAnswers({ card }) {
  const own = card.reflection;
  const texts = [own?.reactions, own?.felt, own?.said].filter((text) => text?.trim());
  const body = texts.length ? texts.flatMap((text) => (text ?? "").split("\n\n")).map(paragraph) : [h("p", { class: "soft" }, "You wrote nothing, and that is an answer too.")];
  return h("div", { class: "stack" }, h("h2", null, "Your own answers"), ...body);
}
