// Signing in with a name and a password: the form, which stands on the page of whoever is signed out, and in the dialog
// that asks again.

import { h } from "../app/dom.js";
import { field, form } from "../app/parts.js";
import { people } from "./calls.js";

/**
 * @param {{done: () => void, name?: string}} parts `name`: who it has to be; then only the password is asked
 */
export function signInForm({ done, name = "" }) {
  const who = field({ label: "Name to sign in with", control: h("input", { name: "sign_in", type: "text", value: name, readonly: Boolean(name), required: true, maxlength: 200, autocomplete: "username", autocapitalize: "none", spellcheck: "false" }) });
  const password = field({ label: "Password", control: h("input", { name: "password", type: "password", required: true, maxlength: 256, autocomplete: "current-password", autofocus: Boolean(name) }) });

  async function send() {
    await people.signIn(who.control.value, password.control.value).catch((failure) => {
      /** @type {HTMLInputElement} */ (password.control).select();
      throw failure;
    });
    done();
  }

  return form({ fields: [who, password], submit: "Sign in", send });
}

/** A box that shows what was typed into a password field. @param {HTMLInputElement} control */
export function reveal(control) {
  const box = h("input", { type: "checkbox", onchange: () => control.setAttribute("type", box.checked ? "text" : "password") });
  return h("label", { class: "choice" }, box, h("span", null, "Show the password"));
}
