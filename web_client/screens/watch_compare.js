// After the encounter: the observer's marks beside the draft. Seeing it closes what they filled in.

import { api, Refused } from "../app/api.js";
import { h, say } from "../app/dom.js";
import { messageOf } from "../app/trouble.js";
import { comparison, planted } from "../report/comparison.js";
import { confirmed } from "./dialogs.js";

/**
 * @param {string} id of the encounter
 * @param {{keeper: import("../watch/sheet.js").Keeper, form: ReturnType<typeof import("../watch/rubric_form.js").rubricForm> | null,
 *   name: (speaker: string) => string, textOf: (turn: string) => string, learner: string}} parts
 */
export function comparing(id, { keeper, form, name, textOf, learner }) {
  const error = h("p", { class: "error", role: "alert" });
  const button = h("button", { class: "button primary", type: "button", onclick: () => void ask() }, "Compare with the draft");
  const offer = h("section", { class: "card stack", hidden: true }, h("h2", null, "The encounter is over"), h("p", null, "Take the time you need to finish your marks. Then see them beside the draft; after that they stay as they are."), h("p", null, button), error);
  const result = h("div", { class: "stack-wide" });
  const content = h("div", { class: "stack-wide" }, form && offer, result);
  let shown = false;

  async function ask() {
    say(error, "");
    const sure = await confirmed({ title: "Compare now?", text: ["After you have seen the draft, your marks stay as they are."], yes: "Compare", no: "Not yet" });
    if (!sure) return;
    await keeper.flush();
    await show();
  }

  /** Show it; that closes the sheet. */
  async function show() {
    try {
      const [found] = await api.comparisons(id);
      shown = true;
      form?.close();
      offer.hidden = true;
      if (!found) return result.replaceChildren(h("p", { class: "note" }, "You marked nothing, so there is nothing to compare."));
      const table = comparison(found, { title: "Yours beside the draft", theirs: "Yours", quoted: (turn) => h("q", { class: "quote-words" }, textOf(turn)) });
      result.replaceChildren(table, planted(found, name) ?? "");
      const heading = table.querySelector("h2");
      heading?.setAttribute("tabindex", "-1");
      heading?.focus();
    } catch (failure) {
      const early = failure instanceof Refused && failure.status === 409;
      say(error, early ? `${learner} is still writing their own reflection, which comes first. Your marks are kept; try again in a few minutes.` : messageOf(failure));
    }
  }

  return { content, show, open: () => { offer.hidden = shown; } };
}
