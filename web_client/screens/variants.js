// The same case with a few things exchanged: which one, and what is to be known of it beforehand.

import { h } from "../app/dom.js";

/** @typedef {import("../types/api.js").CaseBriefing} CaseBriefing */
/** @typedef {import("../types/api.js").VariantChoice} VariantChoice */

/** @param {CaseBriefing} detail */
export function variantChoice(detail) {
  if (!detail.variants.length) return { content: null, chosen: () => "" };
  const rows = [option("", "As written", ""), ...detail.variants.map((each) => option(each.id, each.label, hintOf(each, detail.status)))];
  const group = h("fieldset", null, h("legend", { class: "unseen" }, "Which version?"), ...rows);
  const chosen = () => group.querySelector("input:checked")?.getAttribute("value") ?? "";
  const content = h("section", { class: "stack" }, h("h2", null, "Which version?"), h("p", { class: "soft" }, "The same case with a few things exchanged."), group);
  return { content, chosen };
}

/** @param {VariantChoice} variant @param {string} status of the case */
function hintOf({ cultural_frame: frame, requires_review: needed }, status) {
  const review = needed && status === "draft" ? "To be read by somebody it speaks for before it is used; nobody has yet." : "";
  return [frame, review].filter(Boolean).join(" ");
}

/** @param {string} value @param {string} label @param {string} hint */
function option(value, label, hint) {
  const id = `variant-${value || "written"}`;
  const input = h("input", { type: "radio", name: "variant", id, value, checked: value === "", "aria-describedby": hint ? `${id}-hint` : null });
  return h("div", { class: "choice" }, input, h("div", null, h("label", { for: id }, label), hint && h("p", { id: `${id}-hint`, class: "soft" }, hint)));
}
