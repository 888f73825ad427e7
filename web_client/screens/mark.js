// The page of somebody who marks: the talk on one side, the questions on the other; everything can be done by keyboard.

import { announce } from "../app/announcer.js";
import { api, Refused } from "../app/api.js";
import { h, say } from "../app/dom.js";
import { to } from "../app/routes.js";
import { whoIsHere } from "../app/shell.js";
import { messageOf } from "../app/trouble.js";
import { listed } from "../live/people.js";
import { decisions } from "../mark/decisions.js";
import { Desk } from "../mark/desk.js";
import { actionOf, KEYS } from "../mark/keys.js";
import { markerName } from "../mark/marker_name.js";
import { ownSheet } from "../mark/own_sheet.js";
import { PageKeys } from "../mark/page_keys.js";
import { talk } from "../mark/talk.js";
import { whileOpen } from "../mark/unsent.js";
import { confirmed } from "./dialogs.js";
import { namesOf, roleName } from "./names.js";
import { remember, turnedAway, wasIn } from "./guest_door.js";
import { MARKING } from "./guest_rooms.js";

/** @typedef {import("../types/api.js").MarkingPage} MarkingPage */

/** @param {string} id */
export async function markPage(id) {
  /** @type {MarkingPage} */
  let page;
  try {
    page = await api.marking(id);
  } catch (error) {
    if (error instanceof Refused && (error.status === 404 || (error.status === 401 && wasIn(MARKING, id)))) return turnedAway(MARKING, "This invitation was taken back or has run out, or the encounter was deleted.");
    throw error;
  }
  if (page.state.invited && !page.state.staff) remember(MARKING, id);
  return marking(id, page, await whoIsHere());
}

/** @param {string} id @param {MarkingPage} page @param {import("../app/pages.js").Me | null} me */
function marking(id, page, me) {
  const learner = roleName(page.speakers["learner"] ?? "");
  const words = talk(page.turns, namesOf([], page.speakers, learner));
  const error = h("p", { class: "error", role: "alert" });
  const state = h("p", { class: "mark-state", role: "status" });
  const side = h("div", { class: "mark-side" });
  const desk = new Desk(id, page, () => changed(), me);
  const keys = new PageKeys({ meaning: actionOf, take, escaped: () => sheet.focus(at), help: KEYS });
  let at = 0;
  const host = { talk: words, entered: (/** @type {number} */ now) => enter(now), close: () => void close(), giveUp: page.state.invited ? null : () => void giveUp() };
  /** @type {ReturnType<typeof ownSheet> | ReturnType<typeof decisions>} */
  let sheet = desk.state.closed ? decisions(desk, host) : ownSheet(desk, host);

  /** @param {number} now */
  function enter(now) {
    at = Math.min(sheet.count - 1, Math.max(0, now));
    keys.inTalk = false;
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
    desk.unsent.stop();
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

  /** Beside the buttons that close a sheet or give it up. @param {string} message */
  function complain(message) {
    (side.querySelector("#mark-close") ?? side).append(error);
    say(error, message);
  }

  async function close() {
    say(error, "");
    const left = await sheet.settle();
    if (left) return complain(left);
    const sure = await confirmed({ title: "Close your sheet?", text: ["Your marks stay as they are now. Then you see the draft, and may change a line with a reason."], yes: "Close it", no: "Not yet" });
    if (!sure) return;
    try {
      await desk.act({ kind: "sheet_closed" });
      announce("Your marks are in. The draft is beside them.");
      sheet.focus(0);
    } catch (failure) {
      complain(messageOf(failure));
    }
  }

  /** What was marked stays in the history, and counts no more. */
  async function giveUp() {
    const sure = await confirmed({ title: "Do not mark this?", text: ["Your marks count no more. They stay in the history."], yes: "Do not mark it", no: "Go on marking" });
    if (!sure) return;
    try {
      await sheet.settle();
      if (desk.state.sheets.some((each) => each.mine)) await desk.act({ kind: "sheet_withdrawn" });
      desk.unsent.lines.clear();
      leaving.abort();
      location.hash = to.report(id);
    } catch (failure) {
      complain(messageOf(failure));
    }
  }

  /** @param {import("../mark/keys.js").Action} action */
  function take(action) {
    switch (action.do) {
      case "help":
        return keys.show();
      case "switch":
        keys.inTalk = !keys.inTalk;
        return keys.inTalk ? words.focus() : sheet.focus(at);
      case "step":
        return keys.inTalk ? words.step(action.by) : toLine(at + action.by);
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

  const back = () => (desk.state.closed ? void desk.reload().catch(() => undefined) : sheet.retry());
  const leaving = whileOpen({ unsaved: () => sheet.unsaved(), retry: () => sheet.retry(), back });
  keys.listen(document, words.content, { signal: leaving.signal });
  side.append(sheet.content);
  describe();
  const content = h(
    "article",
    { class: "marking" },
    h("header", { class: "stack-tight" }, h("p", { class: "eyebrow" }, "You are marking"), h("h1", null, page.title), state, markerName(desk, () => sheet.retry()), ...page.flags.map((flag) => h("p", { class: "note" }, flag.says)), keys.row),
    h("div", { class: "mark-both" }, h("section", { class: "mark-talk", "aria-label": "The talk" }, h("h2", null, "What was said"), words.content), h("section", { class: "stack", "aria-label": "Your marks" }, h("h2", null, "What do you see?"), h("p", { class: "soft" }, page.rubric.claim), side)),
  );
  return { title: `Marking: ${page.title}`, content, wide: true, shown: () => enter(0), leave: () => { leaving.abort(); words.leave(); sheet.leave(); } };
}
