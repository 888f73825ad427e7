// One account in a dialog: made, changed, let in by a new link, closed and opened again.

import { announce } from "../app/announcer.js";
import { Refused } from "../app/api.js";
import { h } from "../app/dom.js";
import { confirmed, modal, statusLine } from "../app/parts.js";
import { messageOf } from "../app/trouble.js";
import { accountForm } from "./account_form.js";
import { people } from "./calls.js";
import { linkBox } from "./link_box.js";
import { accountWords, changesOf } from "./words.js";

/** @typedef {import("./calls.js").Account} Account */
/** @typedef {import("./calls.js").Link} Link */

/** A new account; resolves once the dialog is closed. @param {() => void} changed */
export async function addSomebody(changed) {
  const { element, close, closed } = modal("Add somebody");
  const fresh = accountForm({}, "Make the account", async (form) => {
    const link = await people.make(form);
    changed();
    handOver(element, link, close);
  });
  element.append(fresh, closing(close, "Cancel"));
  await closed;
}

/** @param {Account} account @param {() => void} changed */
export async function changeSomebody(account, changed) {
  const { element, close, closed } = modal(account.name || "Erased account");
  const status = statusLine();
  let busy = false;

  const edit = accountForm(account, "Save the changes", async (form) => {
    await save(account, changesOf(account, form));
    changed();
    close();
    announce(`${form.name} is changed.`);
  });

  /** One at a time: of two links that are asked for at once, only one would work. */
  async function deed(/** @type {() => Promise<void>} */ work) {
    if (busy) return;
    busy = true;
    try {
      await work();
    } catch (failure) {
      status.fail(messageOf(failure));
    } finally {
      busy = false;
      changed();
    }
  }

  element.append(edit, h("hr"), h("div", { class: "stack-tight" }, h("h3", null, "Coming in"), ...deeds(account, element, close, deed), status.element), closing(close, "Close"));
  await closed;
}

/**
 * Where somebody else has changed it meanwhile, it is shown how it is now, and asked. Throws also where they would rather not.
 * @param {Account} account as it was seen
 * @param {Partial<import("./calls.js").AccountForm> & {active?: boolean}} changes
 */
async function save(account, changes) {
  if (!Object.keys(changes).length) return;
  try {
    await people.change(account.id, { edition: account.edition, ...changes });
  } catch (failure) {
    if (!(failure instanceof Refused && failure.code === "changed_meanwhile")) throw failure;
    const now = await people.account(account.id);
    const sure = await confirmed({ title: "Somebody else has changed this account since you opened it", text: [`Now it is: ${accountWords(now)}.`, "What you typed is still here. Only what you changed would be changed."], yes: "Do mine all the same", no: "Leave it as it is now" });
    if (!sure) throw failure;
    await people.change(account.id, { edition: now.edition, ...changes });
  }
}

/**
 * @param {Account} account @param {HTMLDialogElement} element @param {() => void} close
 * @param {(work: () => Promise<void>) => Promise<void>} deed
 */
function deeds(account, element, close, deed) {
  const link = () => deed(async () => { if (await sureOfReset(account)) handOver(element, await people.link(account.id), close); });
  const shut = () => deed(async () => { if (await sureOfClosing(account)) await save(account, { active: false }).then(() => close()); });
  const open = () => deed(() => save(account, { active: true }).then(() => close()));
  if (!account.active) return [h("p", null, "This account is closed: nobody can sign in with it."), h("p", null, h("button", { class: "button", type: "button", onclick: open }, "Open it again"))];
  return [
    h("p", null, account.has_password ? "They have a password." : "They have not chosen a password yet."),
    h("p", { class: "row" },
      h("button", { class: "button", type: "button", onclick: link }, account.has_password ? "Reset the password" : "Make a new link"),
      h("button", { class: "button quiet", type: "button", onclick: shut }, "Close the account"),
    ),
  ];
}

/** @param {Account} account */
async function sureOfReset({ name, has_password }) {
  if (!has_password) return true;
  return confirmed({ title: `Reset the password of ${name}?`, text: ["The password they have stops working now, and they are signed out everywhere. You get a link to hand over, by which they choose another."], yes: "Reset it", no: "Leave it" });
}

/** @param {Account} account */
function sureOfClosing({ name }) {
  return confirmed({ title: `Close the account of ${name}?`, text: ["They are signed out within seconds, also from a conversation that is running. What they did here stays, and the account can be opened again."], yes: "Close it", no: "Leave it open" });
}

/** The link in place of what stood in the dialog. @param {HTMLDialogElement} element @param {Link} link @param {() => void} close */
function handOver(element, link, close) {
  const heading = element.querySelector("h2");
  const copy = linkBox(link);
  element.replaceChildren(...(heading ? [heading] : []), copy, closing(close, "Done"));
  copy.querySelector("input")?.focus();
  announce(`The link for ${link.name} is here.`);
}

/** @param {() => void} close @param {string} text */
function closing(close, text) {
  return h("p", null, h("button", { class: "button quiet", type: "button", onclick: () => close() }, text));
}
