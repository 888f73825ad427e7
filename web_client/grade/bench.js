// The right side of the grading page: steps through the rubric, the line in hand, the whole, the signature, the keys.

import { announce } from "../app/announcer.js";
import { h, say } from "../app/dom.js";
import { modal, statusLine } from "../app/parts.js";
import { to } from "../app/routes.js";
import { messageOf } from "../app/trouble.js";
import { listed } from "../live/people.js";
import { decisions } from "../mark/decisions.js";
import { Desk } from "../mark/desk.js";
import { markWords } from "../mark/line.js";
import { focusIn, ownSheet } from "../mark/own_sheet.js";
import { NOT_FACULTY } from "../mark/signing.js";
import { commentBank, ownRemarks } from "./beside.js";
import { grading } from "./calls.js";
import { drafted } from "./drafted.js";
import { GRADE_KEYS, gradeActionOf } from "./keys.js";
import { steps } from "./steps.js";
import { missing, overallWords, RATINGS, whole } from "./whole.js";

/** @typedef {import("../types/api.js").MarkingPage} MarkingPage */
/** @typedef {import("../types/api.js").Overall} Overall */
/** @typedef {ReturnType<typeof import("../mark/talk.js").talk>} Talk */

const TYPING = "input:not([type=radio], [type=checkbox]), textarea, select, dialog *";

/**
 * @param {string} id of the encounter
 * @param {MarkingPage} page
 * @param {{words: Talk, near: ReturnType<typeof import("./row_words.js").around>, counted: (signed: boolean) => void}} beside
 *   `counted`: is told when it was signed or opened again
 */
export function bench(id, page, { words, near, counted }) {
  const { dimensions, highest } = page.rubric;
  const ids = dimensions.map((each) => each.id);
  const status = statusLine();
  const state = h("p", { class: "mark-state", role: "status" });
  const keysOn = h("input", { type: "checkbox", id: "keys-on", checked: true });
  const desk = new Desk(id, page, () => changed());
  let at = 0;
  let inTalk = false;
  let signed = isSigned();

  const list = steps((place) => toLine(place));
  const judged = whole((rating) => void rate(rating));
  const draft = h("div", { class: "stack" });
  const overalls = h("p", { class: "overalls" });
  const bank = commentBank(near.here?.course_id ?? "", { box: commentBox, dimension: () => ids[at] ?? "" });
  const remarks = ownRemarks(id, { turn: () => words.chosen()?.turn ?? "", dimension: () => ids[at] ?? "", number: words.number, show: words.show });
  const side = h("div", { class: "one-at-a-time" });
  const after = h("div", { class: "stack" });
  const content = h("div", { class: "stack" }, list.content, stepping(), side, draft, after, overalls, bank.content, remarks.content, h("p", { class: "soft" }, page.rubric.claim));
  const host = { talk: words, entered: (/** @type {number} */ now) => enter(now), close: () => void close(), giveUp: desk.state.staff && !desk.state.closed ? () => void giveUp() : null, trouble: (/** @type {unknown} */ failure) => status.fail(messageOf(failure)) };
  /** @type {ReturnType<typeof ownSheet> | ReturnType<typeof decisions>} */
  let sheet = make();

  function isSigned() {
    return desk.state.signature !== null && !desk.state.open;
  }

  /** Whether their own marks are in, or they only read what is signed. */
  function decides() {
    return desk.state.closed || (desk.state.reads && !desk.state.open);
  }

  function make() {
    const made = decides() ? decisions(desk, host) : ownSheet(desk, host);
    if (!decides()) made.content.insertBefore(judged.content, made.content.querySelector("#mark-close"));
    side.replaceChildren(made.content);
    return made;
  }

  const last = () => (decides() ? sheet.count - 1 : sheet.count);

  /** @param {number} now the line in hand; after the last one: the whole */
  function enter(now) {
    at = Math.min(last(), Math.max(0, now));
    inTalk = false;
    show();
  }

  /** Where there is something to do: an appeal, a difference, a line without a mark. */
  function first() {
    const asked = desk.state.appeals.find((each) => !each.answered)?.dimension ?? desk.state.differences[0];
    const name = asked ?? (decides() ? undefined : missing(desk.state, ids)[0]);
    return name === undefined ? 0 : ids.indexOf(name);
  }

  function show() {
    side.classList.toggle("at-the-whole", at >= sheet.count);
    sheet.current(at);
    const mine = desk.state.sheets.find((each) => each.mine);
    list.show([...dimensions.map((each) => stepOf(each.id, each.name)), ...(decides() ? [] : [{ name: "The whole", mark: mine?.overall ?? "", done: Boolean(mine?.overall) }])], at);
    const panel = drafted(desk.state, ids[at] ?? "", highest, { accept: () => void accept(), show: words.show, number: words.number });
    draft.replaceChildren(...(panel ? [panel] : []));
    const left = missing(desk.state, ids).length;
    judged.show(mine?.overall ?? null, left ? `First the lines: ${left} ${left === 1 ? "has" : "have"} no saved mark yet.` : mine?.overall ? "Saved." : "Every line has a mark. Now the whole: 1 to 5.");
    say(overalls, decides() ? overallWords(desk.state) && `The whole: ${overallWords(desk.state)}` : "");
    bank.show();
  }

  /** @param {string} dimension @param {string} name */
  function stepOf(dimension, name) {
    const mine = desk.state.sheets.find((each) => each.mine)?.now.find((each) => each.dimension === dimension);
    const held = desk.state.values.find((each) => each.dimension === dimension) ?? mine;
    if (desk.state.differences.includes(dimension)) return { name, mark: "differ", done: false };
    return { name, mark: held ? markWords(held, highest) : "", done: Boolean(held) };
  }

  /** The server has told something new; what was pressed to sign is gone, so the way on has the focus. */
  function changed() {
    const before = signed;
    signed = isSigned();
    if (signed !== before) counted(signed);
    describe();
    if (decides() !== "render" in sheet) {
      sheet.leave();
      sheet = make();
      at = 0;
    } else if ("render" in sheet) sheet.render();
    show();
    if (signed && !before) queueMicrotask(() => focusIn(document.querySelector("#grade-onward a")));
  }

  function describe() {
    const { signature, closed, reads, waiting, name } = desk.state;
    const others = waiting.filter((each) => each !== name);
    const signedBy = signature ? `Signed by ${signature.by}${NOT_FACULTY[signature.who] ?? ""}.` : "";
    const mine = closed ? "Your marks are in." : reads ? signedBy : "Your marks are saved as you go. Nobody sees them before your sheet is closed.";
    say(state, isSigned() ? signedBy : `${mine}${others.length ? ` Not in yet: ${listed(others)}.` : ""}`);
    after.replaceChildren(...(isSigned() ? [onward()] : []));
  }

  function onward() {
    const next = near.waiting;
    const gold = h("button", { class: "button quiet small", type: "button", onclick: () => void keepAsExample() }, "Put into the calibration set");
    return h("p", { class: "row", id: "grade-onward" }, next ? h("a", { class: "button primary", href: to.grade(next.encounter_id) }, "Grade the next one") : h("a", { class: "button primary", href: to.grading(near.here?.assignment_id) }, "That was the last one: back to the queue"), near.here && gold);
  }

  async function keepAsExample() {
    try {
      await grading.calibrationSet(id, true);
      status.say("It is in the calibration set of the course: new graders mark it blind first.");
    } catch (failure) {
      status.fail(messageOf(failure));
    }
  }

  /** @param {Overall} rating */
  async function rate(rating) {
    await act({ kind: "overall_given", rating }, `The whole: ${rating}.`);
    show();
  }

  async function accept() {
    await act({ kind: "draft_accepted", dimension: ids[at] ?? "", draft: desk.state.draft?.digest ?? "" }, "The draft's mark is yours.");
    if (!inTalk) toLine(at);
  }

  /** @param {import("../types/api.js").MarkStep} step @param {string} done */
  async function act(step, done) {
    status.say("");
    try {
      await sheet.settle();
      await desk.act(step);
      announce(done);
      return true;
    } catch (failure) {
      status.fail(messageOf(failure));
      status.element.scrollIntoView({ block: "nearest" });
      return false;
    }
  }

  async function close() {
    const left = await sheet.settle();
    if (left) return status.fail(left);
    if (!(await act({ kind: "sheet_closed" }, "Your marks are in. The draft is beside them. s leads to the signature."))) return;
    toLine(0);
  }

  /** What was marked stays in the history, and counts no more. */
  async function giveUp() {
    sheet.leave();
    const begun = desk.state.sheets.some((each) => each.mine);
    if (!begun || (await act({ kind: "sheet_withdrawn" }, "Your marks count no more."))) location.hash = to.grading(near.here?.assignment_id);
  }

  /** @returns {HTMLTextAreaElement | HTMLInputElement | null} */
  function commentBox() {
    const line = side.querySelector(`#mark-${CSS.escape(ids[at] ?? "")}`);
    return /** @type {HTMLTextAreaElement | HTMLInputElement | null} */ (line?.querySelector("textarea, input[type=text]") ?? null);
  }

  /** @param {number} now */
  function toLine(now) {
    enter(now);
    if (at >= sheet.count) judged.focus();
    else sheet.focus(at);
  }

  /** The next line while the talk keeps the focus. @param {1 | -1} by */
  function line(by) {
    if (!inTalk) return toLine(at + by);
    enter(at + by);
    inTalk = true;
    announce(dimensions[at] ? `${dimensions[at].name}: ${dimensions[at].question}` : "The whole: 1 fail to 5 excellent.");
  }

  function toEnd() {
    if (decides()) return focusIn(document.querySelector("#grade-onward a") ?? side.querySelector("#mark-sign :is(input, button)"));
    enter(sheet.count);
    sheet.toEnd();
  }

  /** @param {KeyboardEvent} event */
  function pressed(event) {
    const target = /** @type {Element} */ (event.target);
    const typing = target.matches?.(TYPING) ?? false;
    if (typing && event.key === "Escape" && !target.closest("dialog")) return toLine(at);
    if (!keysOn.checked || document.querySelector("dialog[open]")) return;
    const action = gradeActionOf(event, { typing, talk: inTalk });
    if (!action) return;
    event.preventDefault();
    take(action);
  }

  /** @param {import("./keys.js").GradeAction} action */
  function take(action) {
    switch (action.do) {
      case "help":
        return showKeys();
      case "switch":
        inTalk = !inTalk;
        return inTalk ? words.focus() : toLine(at);
      case "step":
        return inTalk ? words.step(action.by) : toLine(at + action.by);
      case "line":
        return line(action.by);
      case "move":
      case "widen":
        return words.choose(action);
      case "transcript":
        return elsewhere(action.by);
      case "bank":
        return bank.open();
      case "bookmark":
        return void remarks.bookmark();
      case "note":
        return remarks.write();
      case "close":
        return toEnd();
      default:
        return onLine(action);
    }
  }

  /** @param {import("../mark/keys.js").Action} action */
  function onLine(action) {
    const rating = action.do === "level" ? RATINGS[action.level - 1] : undefined;
    if (at >= sheet.count) return rating && void rate(rating);
    if (action.do === "accept" && !desk.state.closed) return desk.state.draft ? void accept() : undefined;
    return sheet.act(action, at);
  }

  /** @param {1 | -1} by */
  function elsewhere(by) {
    const row = by > 0 ? near.after : near.before;
    if (row) location.hash = to.grade(row.encounter_id);
    else announce(by > 0 ? "This is the last transcript." : "This is the first transcript.");
  }

  function stepping() {
    return h("p", { class: "row" }, h("button", { class: "button quiet small", type: "button", onclick: () => toLine(at - 1) }, "Previous line"), h("button", { class: "button quiet small", type: "button", onclick: () => toLine(at + 1) }, "Next line"));
  }

  /** @param {BeforeUnloadEvent} event */
  function guard(event) {
    if (sheet.unsaved() || remarks.unsaved()) event.preventDefault();
  }

  const leaving = new AbortController();
  const until = { signal: leaving.signal };
  window.addEventListener("beforeunload", guard, until);
  window.addEventListener("focus", () => { if (decides()) void desk.reload().catch(() => undefined); else sheet.retry(); }, until);
  window.addEventListener("online", () => sheet.retry(), until);
  describe();
  show();

  return {
    head: h("div", { class: "stack-tight" }, state, named(desk, () => sheet.retry()), h("p", { class: "row" }, h("span", { class: "choice" }, keysOn, h("label", { for: keysOn.id }, "Single keys act on this page")), h("button", { class: "button quiet small", type: "button", onclick: showKeys }, "Keys (?)")), status.element),
    content,
    /** Keys act while something of the page has the focus, and nowhere else. @param {HTMLElement} whole */
    listen(whole) {
      whole.addEventListener("keydown", pressed, until);
      words.content.addEventListener("focusin", () => { inTalk = true; }, until);
    },
    shown: () => toLine(first()),
    leave() {
      leaving.abort();
      words.leave();
      sheet.retry();
      sheet.leave();
    },
  };
}

function showKeys() {
  const dialog = modal("Keys", h("dl", { class: "keys" }, ...GRADE_KEYS.flatMap(([keys, what]) => [h("dt", null, keys), h("dd", null, what)])), h("p", null, h("button", { class: "button", type: "button", autofocus: true, onclick: () => dialog.close() }, "Close")));
}

/** Whoever has no account types a name before the first mark. @param {Desk} desk @param {() => void} typed */
function named(desk, typed) {
  if (desk.state.name) return h("p", { class: "soft" }, `You mark as ${desk.state.name}.`);
  const box = h("input", { id: "mark-name", type: "text", maxlength: 100, autocomplete: "name", value: desk.typed, oninput: () => { desk.typed = box.value; }, onchange: typed });
  return h("p", { class: "field" }, h("label", { for: box.id }, "Your name, as it stands beside your marks"), box);
}
