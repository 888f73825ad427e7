// Making an account and changing one: the same form.

import { h, say } from "../app/dom.js";
import { field, form } from "../app/parts.js";
import { ROLES, TIMES, doesWords, timeWords } from "./words.js";

/** @typedef {import("./calls.js").AccountForm} AccountForm */
/** @typedef {import("../app/parts/fields.js").Field} Field */

let number = 0;

/**
 * @param {Partial<AccountForm>} account as it is; empty for a new one
 * @param {string} submit
 * @param {(form: AccountForm) => Promise<void>} send
 */
export function accountForm(account, submit, send) {
  const name = field({ label: "Name, as others see it", control: h("input", { name: "name", type: "text", value: account.name ?? "", required: true, maxlength: 100, autocomplete: "off" }) });
  const signIn = field({ label: "Name to sign in with", hint: "An e-mail address, or letters and digits without blanks.", control: h("input", { name: "sign_in", type: "text", value: account.sign_in ?? "", required: true, maxlength: 100, autocomplete: "off", autocapitalize: "none", spellcheck: "false" }) });
  const roles = roleField(account.roles ?? ["student"]);
  const time = timeField(account.time_percent ?? 100);
  const read = () => ({ name: name.control.value, sign_in: signIn.control.value, roles: roles.chosen(), time_percent: Number(time.control.value) });
  return form({ fields: [name, signIn, roles.field, time], submit, send: () => send(read()) });
}

/** @param {number} now */
function timeField(now) {
  const times = TIMES.some((each) => each === now) ? TIMES : [...TIMES, now];
  const control = h("select", { name: "time_percent" }, ...times.map((each) => h("option", { value: each, selected: each === now }, timeWords(each))));
  return field({ label: "Time accommodation", hint: "How long they have where time is limited.", control });
}

/** @param {readonly string[]} now @returns {{field: Field, chosen: () => string[]}} */
function roleField(now) {
  const id = `roles-${(number += 1)}`;
  const error = h("p", { class: "error", id, role: "alert" });
  const boxes = ROLES.map((role) => h("input", { type: "checkbox", name: "roles", value: role, checked: now.includes(role), "aria-describedby": id, onchange: () => clear() }));
  const labels = boxes.map((box) => h("label", { class: "choice" }, box, h("span", null, h("strong", null, box.value), ` ${doesWords(box.value)}`)));
  const clear = () => say(error, "");
  const element = h("fieldset", null, h("legend", null, "Roles"), ...labels, error);
  const control = /** @type {HTMLInputElement} */ (boxes[0]);
  const shown = /** @type {Field} */ ({ element, control, name: "roles", clear, fail: (message) => say(error, message) });
  return { field: shown, chosen: () => boxes.filter((box) => box.checked).map((box) => box.value) };
}
