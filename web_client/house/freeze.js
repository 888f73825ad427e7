// A freeze for an exam window: what is not to change, from when until when.

import { confirmed, emptyState, field, form, section, statusLine } from "../app/parts.js";
import { Refused } from "../app/api.js";
import { h } from "../app/dom.js";
import { messageOf } from "../app/trouble.js";
import { asLocal, asMoment, house, tomorrowEvening, when } from "./calls.js";
import { tick } from "./keeping.js";

/** @typedef {import("./calls.js").Freeze} Freeze */
/** @typedef {import("./calls.js").Frozen} Frozen */

/** @type {readonly {id: Frozen, text: string, name: string}[]} */
const KINDS = [
  { id: "cases", name: "cases", text: "Cases: none is published or retired" },
  { id: "rubrics", name: "rubrics", text: "Rubrics: none is changed, and no calibration is applied" },
  { id: "engines", name: "engines", text: "Engines: what is in use is kept in mind, and a change is told here" },
];

/** @returns {Promise<HTMLElement>} */
export async function freezePart() {
  const place = h("div", { class: "stack" });
  const line = statusLine();

  /** @param {Freeze | null} freeze */
  function show(freeze) {
    place.replaceChildren(freeze ? standing(freeze, lift) : emptyState({ title: "Nothing is frozen", text: "Freeze the house before an exam, so that every student meets the same patient and is marked by the same rubric." }));
  }

  async function lift() {
    if (!(await confirmed({ title: "Lift the freeze?", text: ["From this moment cases and rubrics may be changed again. It is noted in the audit."], yes: "Lift it", no: "Leave it" }))) return;
    try {
      await house.liftFreeze();
      show(null);
      line.say("The freeze was lifted.");
    } catch (failure) {
      line.fail(messageOf(failure));
    }
  }

  show((await house.freeze()).freeze);
  return h("div", { class: "stack-wide" }, section("Now", place, line.element), section("Set a freeze", asking((freeze) => { show(freeze); line.say("The freeze is set."); })));
}

/** @param {Freeze} freeze @param {() => Promise<void>} lift */
function standing(freeze, lift) {
  const over = new Date(freeze.until) <= new Date(freeze.server_time);
  const state = freeze.in_force ? "In force" : over ? "Over" : "Not begun";
  const what = KINDS.filter(({ id }) => freeze.what.includes(id)).map(({ name }) => name).join(", ");
  return h(
    "div",
    { class: "card stack-tight" },
    h("p", { class: "row" }, h("span", { class: freeze.in_force ? "tag warm" : "tag" }, state), h("strong", null, freeze.why || "Freeze")),
    h("p", null, `From ${when(freeze.begins)} until ${when(freeze.until)}, your time: ${what}.${freeze.by ? ` ${freeze.by} set it.` : ""}`),
    freeze.differs.length > 0 && h("div", { class: "note" }, h("p", null, "Not as it was when the freeze was set:"), h("ul", null, ...freeze.differs.map((each) => h("li", null, each)))),
    !over && h("p", null, h("button", { class: "button", type: "button", onclick: () => void lift() }, "Lift the freeze")),
  );
}

/** @param {(freeze: Freeze) => void} done */
function asking(done) {
  const begins = field({ label: "Begins (your time)", name: "begins", hint: "Left empty, it begins now.", control: h("input", { type: "datetime-local", name: "begins" }) });
  const evening = asLocal(tomorrowEvening(new Date()));
  const until = field({ label: "Ends (your time, needed)", name: "until", hint: "At most 92 days after it begins.", control: h("input", { type: "datetime-local", name: "until", required: true, value: evening }) });
  const why = field({ label: "Why, for those who meet it", name: "why", hint: "For example: OSCE week.", control: h("input", { type: "text", name: "why", maxlength: 200 }) });
  const boxes = KINDS.map(({ id, text }) => ({ id, ...tick(text, true) }));
  const window = h("div", { class: "filters" }, begins.element, until.element);
  const ticks = h("fieldset", { class: "stack-tight" }, h("legend", null, "What is not to change"), ...boxes.map(({ element }) => element));
  const send = async () => {
    const what = boxes.filter(({ box }) => box.checked).map(({ id }) => id);
    if (!what.length) throw new Refused(422, "", "Tick at least one thing that is not to change.");
    done(await house.setFreeze({ begins: asMoment(begins.control.value), until: asMoment(until.control.value) ?? "", what, why: why.control.value }));
  };
  return form({ fields: [begins, until, why], more: [window, why.element, ticks], submit: "Freeze", send });
}
