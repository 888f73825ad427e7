// Who may watch an encounter: its learner invites them, sees whether they have come, and sends them away again.

import { announce } from "../app/announcer.js";
import { api } from "../app/api.js";
import { h, say } from "../app/dom.js";
import { whoIsHere } from "../app/shell.js";
import { messageOf } from "../app/trouble.js";
import { beganWords } from "./words.js";

/** @typedef {import("../types/api.js").Onlooker} Onlooker */
/** @typedef {import("../types/api.js").Invitation} Invitation */

/** How soon the list shows that somebody has come. */
const AGAIN_MS = 5000;

/**
 * The list as a dialog. The encounter goes on behind it.
 * @param {string} id of the encounter
 */
export async function askWatchers(id) {
  const panel = watchersPanel(id);
  const dialog = h(
    "dialog",
    { class: "dialog watchers-dialog", "aria-labelledby": "watchers-title" },
    h("h2", { id: "watchers-title" }, "Who may watch"),
    h("p", null, "They read what is said as it is said, and fill in the same questions. They cannot speak, and see nothing of your report."),
    panel.content,
    h("p", null, h("button", { class: "button", type: "button", autofocus: true, onclick: () => dialog.close() }, "Close")),
  );
  document.body.append(dialog);
  dialog.addEventListener("close", () => {
    panel.leave();
    dialog.remove();
  });
  window.addEventListener("hashchange", () => dialog.close(), { once: true });
  dialog.showModal();
  await panel.read();
}

/** @param {string} id */
function watchersPanel(id) {
  const list = h("ul", { class: "rows watchers-list" });
  const link = h("div", { hidden: true });
  const error = h("p", { class: "error", role: "alert" });
  const cue = h("input", { id: "may-cue", type: "checkbox", "aria-describedby": "may-cue-hint" });
  const mayCue = h("div", { class: "choice", hidden: true }, cue, h("div", null, h("label", { for: "may-cue" }, "They may bring moments forward"), h("p", { class: "soft", id: "may-cue-hint" }, "They are then shown the hidden moments of the case. You are not told when they use it.")));
  const make = h("button", { class: "button quiet", type: "button", onclick: () => void attempt(invite) }, "Make an invitation");
  const timer = setInterval(() => void read().catch(() => undefined), AGAIN_MS);
  let known = "";

  /** @param {() => Promise<void>} act */
  async function attempt(act) {
    say(error, "");
    await act().catch((failure) => say(error, messageOf(failure)));
  }

  async function invite() {
    const made = await api.invite(id, cue.checked);
    link.replaceChildren(...linkParts(made));
    link.hidden = false;
    link.querySelector("input")?.select();
    announce("The invitation is made. Hand over its link.");
    await read();
  }

  async function read() {
    const all = await api.onlookers(id);
    const now = JSON.stringify(all);
    if (now === known) return; // a list that is the same keeps its focus
    known = now;
    list.replaceChildren(...all.map((each, at) => row(each, at + 1, () => attempt(() => takeBack(each)))));
  }

  /** @param {Onlooker} each */
  async function takeBack(each) {
    await api.takeBack(id, each.id);
    link.hidden = true;
    announce("The invitation is taken back.");
    await read();
    make.focus();
  }

  const content = h("div", { class: "stack" }, list, mayCue, h("p", null, make), link, error);
  void whoIsHere().then((me) => (mayCue.hidden = !me?.roles.some((role) => role !== "student")));
  return { content, read: () => attempt(read), leave: () => clearInterval(timer) };
}

/** @param {Onlooker} each @param {number} number @param {() => void} takeBack */
function row(each, number, takeBack) {
  const state = each.joined_at ? `came ${beganWords(each.joined_at)}` : "has not come yet";
  const filled = (each.filled_at ? " · has filled in something" : "") + (each.may_cue ? " · may bring moments forward" : "");
  const words = h("div", null, h("strong", null, `Invitation ${number}`), h("p", { class: "soft" }, state + filled));
  return h("li", null, words, h("button", { class: "button quiet small", type: "button", "aria-label": `Take back invitation ${number}`, onclick: takeBack }, "Take back"));
}

/** @param {Invitation} made */
function linkParts(made) {
  const box = h("input", { id: "invitation-link", type: "text", readonly: true, value: made.link, onfocus: () => box.select() });
  const copied = h("span", { class: "soft" });
  const copy = h("button", { class: "button quiet", type: "button", onclick: () => void copyLink() }, "Copy");
  async function copyLink() {
    box.select();
    const done = await navigator.clipboard?.writeText(made.link).then(() => true, () => false); // none without TLS
    say(copied, done ? "Copied" : "Copy it from the box.");
    announce(copied.textContent ?? "");
  }
  const until = new Date(made.expires_at).toLocaleTimeString(undefined, { timeStyle: "short" });
  return [
    h("p", { class: "field" }, h("label", { for: "invitation-link" }, "A link to hand over"), h("span", { class: "row" }, box, copy, copied)),
    h("p", { class: "soft" }, `For one person, once, until ${until}. To be opened on another machine, or in a private window: here you are signed in.`),
  ];
}
