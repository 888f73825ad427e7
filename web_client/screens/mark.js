// The page of somebody who marks: the talk on one side, the questions on the other; everything can be done by keyboard.

import { announce } from "../app/announcer.js";
import { api, Refused } from "../app/api.js";
import { h, say } from "../app/dom.js";
import { to } from "../app/routes.js";
import { messageOf } from "../app/trouble.js";
import { listed } from "../live/people.js";
import { decisions } from "../mark/decisions.js";
import { Desk } from "../mark/desk.js";
import { showKeys } from "../mark/help.js";
import { actionOf } from "../mark/keys.js";
import { ownSheet } from "../mark/own_sheet.js";
import { talk } from "../mark/talk.js";
import { confirmed } from "./dialogs.js";
import { namesOf, roleName } from "./names.js";
import { remember, turnedAway } from "./guest_door.js";
import { MARKING } from "./guest_rooms.js";

/** @typedef {import("../types/api.js").MarkingPage} MarkingPage */

const TYPING = "input:not([type=radio], [type=checkbox]), textarea, select, dialog *";

/** @param {string} id */
export async function markPage(id) {
  /** @type {MarkingPage} */
  let page;
  try {
    page = await api.marking(id);
  } catch (error) {
    if (error instanceof Refused && [401, 404].includes(error.status)) return turnedAway(MARKING, "This invitation was taken back or has run out, or the encounter was deleted.");
    throw error;
  }
  remember(MARKING, id);
  return marking(id, page);
}

/** @param {string} id @param {MarkingPage} page */
function marking(id, page) {
  const learner = roleName(page.speakers["learner"] ?? "");
  const words = talk(page.turns, namesOf([], page.speakers, learner));
  const error = h("p", { class: "error", role: "alert" });
  const state = h("p", { class: "mark-state", role: "status" });
  const side = h("div", { class: "mark-side" });
  const keysOn = h("input", { type: "checkbox", id: "keys-on", checked: true });
  const desk = new Desk(id, page, () => changed());
  let at = 0;
  let inTalk = false;
  const host = { talk: words, entered: (/** @type {number} */ now) => enter(now), close: () => void close(), giveUp: page.state.invited ? null : () => void giveUp(), trouble: (/** @type {unknown} */ failure) => say(error, messageOf(failure)) };
  /** @type {ReturnType<typeof ownSheet> | ReturnType<typeof decisions>} */
  let sheet = desk.state.closed ? decisions(desk, host) : ownSheet(desk, host);

  /** @param {number} now */
  function enter(now) {
    at = Math.min(sheet.count - 1, Math.max(0, now));
    inTalk = false;
    sheet.current(at);
  }

  /** The server has told something new; drawn again where nobody is in the middle of it. */
  function changed() {
    describe();
    if (!desk.state.closed) return;
    if ("render" in sheet) sheet.render();
    else replace();
  }

  function replace() {
    sheet.leave();
    sheet = decisions(desk, host);
    side.replaceChildren(sheet.content);
    enter(0);
  }

  function describe() {
    const waiting = desk.state.waiting.filter((name) => name !== desk.typed || desk.state.closed);
    const others = waiting.length ? ` Not in yet: ${listed(waiting)}.` : "";
    const mine = desk.state.closed ? "Your marks are in." : "Your marks are kept as you go. Nobody sees them before your sheet is closed.";
    say(state, desk.state.signature && !desk.state.open ? `Signed by ${desk.state.signature.by}.` : mine + others);
  }

  async function close() {
    say(error, "");
    const left = await sheet.settle();
    if (left) return say(error, left);
    const sure = await confirmed({ title: "Close your sheet?", text: ["Your marks stay as they are now. Then you see the draft, and may change a line with a reason."], yes: "Close it", no: "Not yet" });
    if (!sure) return;
    try {
      await desk.act({ kind: "sheet_closed" });
      announce("Your marks are in. The draft is beside them.");
      sheet.focus(0);
    } catch (failure) {
      say(error, messageOf(failure));
      error.scrollIntoView({ block: "center" });
    }
  }

  /** What was marked stays in the history, and counts no more. */
  async function giveUp() {
    const sure = await confirmed({ title: "Do not mark this?", text: ["Your marks count no more. They stay in the history."], yes: "Do not mark it", no: "Go on marking" });
    if (!sure) return;
    sheet.leave();
    try {
      if (desk.state.sheets.some((each) => each.mine)) await desk.act({ kind: "sheet_withdrawn" });
      leaving.abort();
      location.hash = to.report(id);
    } catch (failure) {
      say(error, messageOf(failure));
    }
  }

  /** @param {KeyboardEvent} event */
  function pressed(event) {
    const target = /** @type {Element} */ (event.target);
    const typing = target.matches?.(TYPING) ?? false;
    if (typing && event.key === "Escape" && !target.closest("dialog")) return sheet.focus(at);
    if (!keysOn.checked || document.querySelector("dialog[open]")) return;
    const action = actionOf(event, { typing, talk: inTalk });
    if (!action) return;
    event.preventDefault();
    take(action);
  }

  /** @param {import("../mark/keys.js").Action} action */
  function take(action) {
    switch (action.do) {
      case "help":
        return showKeys();
      case "switch":
        inTalk = !inTalk;
        return inTalk ? words.focus() : sheet.focus(at);
      case "step":
        return inTalk ? words.step(action.by) : toLine(at + action.by);
      case "move":
      case "widen":
        return words.choose(action);
      case "close":
        return desk.state.closed ? sheet.toEnd() : void close();
      default:
        sheet.act(action, at);
    }
  }

  /** @param {number} now */
  function toLine(now) {
    enter(now);
    sheet.focus(at);
  }

  /** @param {BeforeUnloadEvent} event */
  function guard(event) {
    if (sheet.unsaved()) event.preventDefault();
  }

  const leaving = new AbortController();
  const until = { signal: leaving.signal };
  document.addEventListener("keydown", pressed, until);
  window.addEventListener("beforeunload", guard, until);
  window.addEventListener("focus", () => { if (desk.state.closed) void desk.reload().catch(() => undefined); else sheet.retry(); }, until);
  window.addEventListener("online", () => sheet.retry(), until);
  words.content.addEventListener("focusin", () => { inTalk = true; }, until);
  side.append(sheet.content);
  describe();
  const content = h(
    "article",
    { class: "marking" },
    h("header", { class: "stack-tight" }, h("p", { class: "eyebrow" }, "You are marking"), h("h1", null, page.title), state, name(desk, () => sheet.retry()), ...page.flags.map((flag) => h("p", { class: "note" }, flag.says)), keys(keysOn), error),
    h("div", { class: "mark-both" }, h("section", { class: "mark-talk", "aria-label": "The talk" }, h("h2", null, "What was said"), words.content), h("section", { class: "stack", "aria-label": "Your marks" }, h("h2", null, "What do you see?"), h("p", { class: "soft" }, page.rubric.claim), side)),
  );
  return { title: `Marking: ${page.title}`, content, wide: true, shown: () => enter(0), leave: () => { leaving.abort(); words.leave(); sheet.retry(); sheet.leave(); } };
}

/** Whoever was not invited by name types it before the first mark. @param {Desk} desk @param {() => void} typed */
function name(desk, typed) {
  if (desk.page.state.invited || desk.page.state.account) return h("p", { class: "soft" }, `You mark as ${desk.page.state.name}.`);
  const box = h("input", { id: "mark-name", type: "text", maxlength: 100, autocomplete: "name", value: desk.typed, oninput: () => { desk.typed = box.value; }, onchange: typed });
  return h("p", { class: "field" }, h("label", { for: box.id }, "Your name, as it stands beside your marks"), box);
}

/** @param {HTMLElement} keysOn */
function keys(keysOn) {
  return h("p", { class: "row" }, h("span", { class: "choice" }, keysOn, h("label", { for: keysOn.id }, "Single keys act on this page")), h("button", { class: "button quiet small", type: "button", onclick: showKeys }, "Keys (?)"));
}
