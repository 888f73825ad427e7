// The main parts of a case by fields. The text stays the source: a field changes its own words in it, and nothing else.

import { emptyState } from "../app/parts.js";
import { h, say } from "../app/dom.js";
import { messageOf } from "../app/trouble.js";
import { partsOf, shapeOf } from "./form_parts.js";

/** @typedef {import("../types/author.js").Checked} Checked */
/** @typedef {import("../types/author.js").Change} Change */
/** @typedef {import("../types/author.js").Fault} Fault */
/** @typedef {import("./form_parts.js").FormField} FormField */
/** @typedef {{key: string, control: HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement, field: FormField, error: HTMLElement, settle: () => void, held: () => boolean}} Shown `held`: what was typed is not in the text yet */

const QUIET_MS = 500;

/**
 * @param {{change: (changes: Change[]) => Promise<void>, go: (line: number) => void}} parts `change` throws with what to say
 * @returns {{element: HTMLElement, show: (checked: Checked) => void, leave: () => void, held: () => boolean}} `held`: something typed is not in the text
 */
export function formOf({ change, go }) {
  const element = h("div", { class: "stack" });
  let shape = "";
  /** @type {Shown[]} */
  let shown = [];
  /** @type {Checked | null} */
  let latest = null;
  /** Errors told in each fold. @type {Map<string, number>} */
  let told = new Map();

  /** @param {Checked} checked */
  function show(checked) {
    latest = checked;
    if (!checked.form) {
      [shape, shown] = ["", []];
      return element.replaceChildren(unreadable(checked, go));
    }
    const now = shapeOf(checked.form);
    if (now !== shape) rebuild(checked);
    shape = now;
    for (const each of shown) renew(each, checked);
    tellFolds();
  }

  /** A fold says how many errors are in it, and opens for its first; not under the writer's hand, who may have closed it. */
  function tellFolds() {
    const hands = element.contains(document.activeElement);
    const before = told;
    told = new Map();
    for (const fold of element.querySelectorAll("details[data-key]")) {
      const key = fold.getAttribute("data-key") ?? "";
      const count = fold.querySelectorAll('[aria-invalid="true"]').length;
      told.set(key, count);
      const words = fold.querySelector("summary > .error");
      if (words) say(words, errorWords(count));
      if (count && !before.get(key) && !hands) fold.setAttribute("open", "");
    }
  }

  /** @param {Checked} checked */
  function rebuild(checked) {
    const open = new Set([...element.querySelectorAll("details[open]")].map((each) => each.getAttribute("data-key")));
    const focused = document.activeElement?.id ?? "";
    shown = [];
    element.replaceChildren(...partsOf(checked.form, { fieldOf: (field) => fieldIn(field, checked), deed, open }));
    if (focused) document.getElementById(focused)?.focus();
  }

  /** @param {FormField} field @param {Checked} checked */
  function fieldIn(field, checked) {
    const made = controlOf(field, change, () => { if (latest) { renew(made.shown, latest); tellFolds(); } });
    shown.push(made.shown);
    renew(made.shown, checked);
    return made.element;
  }

  /** A button that adds or takes away. @param {string} text @param {Change} wish @param {string} [more] for screen readers */
  function deed(text, wish, more = "") {
    const error = h("span", { class: "error", role: "alert" });
    const pressed = () => change([wish]).catch((failure) => say(error, messageOf(failure)));
    const name = more ? h("span", { class: "unseen" }, ` ${more}`) : null;
    return h("p", { class: "row" }, h("button", { class: "button small quiet", type: "button", onclick: () => void pressed() }, text, name), error);
  }

  return { element, show, leave: () => shown.forEach((each) => each.settle()), held: () => shown.some((each) => each.held()) };
}

/** In the words of the count above the tabs. @param {number} count */
function errorWords(count) {
  return count ? `${count} ${count === 1 ? "error" : "errors"}` : "";
}

/** @param {Checked} checked @param {(line: number) => void} go */
function unreadable({ problems }, go) {
  const [first] = problems;
  const told = first ? `${first.line ? `Line ${first.line}: ` : ""}${first.message} ${first.mend}` : "";
  return emptyState({
    title: "The form waits for a text that can be read",
    text: told,
    action: h("button", { class: "button", type: "button", onclick: () => go(first?.line || 1) }, "Mend it in the text"),
  });
}

/** @param {FormField} field @param {(changes: Change[]) => Promise<void>} change @param {() => void} taken what was typed is in the text */
function controlOf(field, change, taken) {
  const id = `form-${field.key.replaceAll(".", "-")}`;
  const control = controlFor(field, id);
  const error = h("p", { class: "error", id: `${id}-error`, role: "alert" });
  const hint = field.hint ? h("p", { class: "soft", id: `${id}-hint` }, field.hint) : null;
  control.setAttribute("aria-describedby", [hint?.id, error.id].filter(Boolean).join(" "));
  let timer = 0;
  let dirty = false;
  let sending = 0;

  async function settle() {
    clearTimeout(timer);
    if (!dirty) return;
    dirty = false;
    sending += 1;
    try {
      await change([{ key: field.key, value: field.read(control.value) }]);
    } catch (failure) {
      dirty = true; // it is tried again when the field is left, and nothing is drawn over it until then
      say(error, messageOf(failure));
    }
    sending -= 1;
    taken();
  }
  control.addEventListener("input", () => {
    dirty = true;
    clearTimeout(timer);
    timer = window.setTimeout(() => void settle(), QUIET_MS);
  });
  control.addEventListener("change", () => void settle());
  control.addEventListener("blur", () => void settle());
  const element = h("div", { class: "field" }, h("label", { for: id }, field.label), hint, control, error);
  return { element, shown: { key: field.key, control, field, error, settle: () => void settle(), held: () => dirty || sending > 0 } };
}

/** @param {FormField} field @param {string} id */
function controlFor(field, id) {
  if (field.choices) return h("select", { id }, ...field.choices.map((each) => h("option", { value: each }, each.replaceAll("_", " "))));
  if (field.lines) return h("textarea", { id, rows: field.lines });
  return h("input", { id, type: "text", autocomplete: "off" });
}

/** @param {Shown} shown @param {Checked} checked */
function renew({ control, field, error, key, held }, { form, problems }) {
  if (held()) return;
  const value = field.show(valueAt(form, key));
  if (control !== document.activeElement && control.value !== value) put(control, value);
  const mine = problems.filter((each) => !each.warning && (each.key === key || each.key.startsWith(`${key}.`)));
  say(error, mine.map((each) => `${each.message} ${each.mend}`.trim()).join(" "));
  control.toggleAttribute("aria-invalid", false);
  if (mine.length) control.setAttribute("aria-invalid", "true");
}

/** A word that is no choice is shown all the same, so that it can be seen and changed. @param {Shown["control"]} control @param {string} value */
function put(control, value) {
  if (control instanceof HTMLSelectElement && ![...control.options].some((each) => each.value === value)) {
    control.prepend(h("option", { value }, value || "not said"));
  }
  control.value = value;
}

/** @param {any} form @param {string} key */
function valueAt(form, key) {
  return key.split(".").reduce((here, name) => here?.[name], form);
}
