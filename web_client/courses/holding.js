// Keeping one attempt from erasure, until a day or until it is let go; or erasing it before its time.

import { h } from "../app/dom.js";
import { confirmed, field, form, modal, statusLine } from "../app/parts.js";
import { messageOf } from "../app/trouble.js";
import { courses } from "./calls.js";

/** @typedef {import("./calls.js").Attempt} Attempt */

/** @param {Attempt} each @param {string} name in words @param {(said: string, at: string) => Promise<void>} reload */
export async function holding(each, name, reload) {
  const until = field({ label: "Until", hint: "Empty: until somebody lifts the hold.", control: h("input", { name: "until", type: "date", class: "short" }) });
  const why = field({ label: "Why", hint: "For the staff. No words of the encounter, please.", control: h("input", { name: "why", type: "text", maxlength: 400, autocomplete: "off" }) });
  const made = form({
    fields: each.held ? [] : [until, why],
    more: [h("p", null, each.held ? "From now on it is erased when its retention is over." : "No rule of retention erases it as long as the hold lasts.")],
    submit: each.held ? "Lift the hold" : "Put on hold",
    send: async () => {
      const day = until.control.value;
      await courses.hold(each.id, { held: !each.held, until: day && !each.held ? new Date(`${day}T00:00:00`).toISOString() : "", why: why.control.value });
      close("done");
    },
  });
  const told = statusLine();
  const erase = each.held ? null : h("button", { class: "button quiet", type: "button", onclick: () => void gone() }, "Erase it instead");
  const { close, closed } = modal(each.held ? `Lift the hold on ${name}?` : `Hold ${name}`, made, h("div", { class: "row" }, h("button", { class: "button quiet", type: "button", onclick: () => close() }, "Close"), erase), told.element);

  async function gone() {
    const sure = await confirmed({ title: `Erase ${name}?`, text: ["Its words, its marks and what was tried again of it go for good. It still counts as an attempt; you may grant another."], yes: "Erase it", no: "Keep it" });
    if (!sure) return;
    try {
      await courses.erase(each.id);
      close("erased");
    } catch (failure) {
      told.fail(messageOf(failure));
    }
  }

  const how = await closed;
  const done = each.held ? `The hold on ${name} is lifted.` : `On hold: ${name}.`;
  if (how) await reload(how === "erased" ? `Erased: ${name}.` : done, each.id);
}
