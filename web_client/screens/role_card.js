// The card of a learner who plays the patient: who they are, what they tell, and what they keep back.

import { h, list } from "../app/dom.js";

/** @param {import("../types/api.js").RoleCard} card */
export function roleCard(card) {
  return h(
    "div",
    { class: "stack role-card" },
    h("div", { class: "stack-tight" }, h("h3", null, "You are"), h("p", { class: "voice" }, card.you_are)),
    card.your_story.length > 0 && h("div", { class: "stack-tight" }, h("h3", null, "Your story"), list(card.your_story, { class: "objectives" })),
    card.you_hold_back.length > 0 && h("div", { class: "stack-tight" }, h("h3", null, "What you hold back"), list(card.you_hold_back, { class: "objectives" })),
    card.you_want && h("div", { class: "stack-tight" }, h("h3", null, "What you want"), h("p", null, card.you_want)),
  );
}
