// The right side of the grading page: where one is in the rubric, the line in hand or the whole, and what stands beside it.

import { announce } from "../app/announcer.js";
import { h, redraw, say } from "../app/dom.js";
import { statusLine } from "../app/parts.js";
import { whoWasHere } from "../app/shell.js";
import { decisions } from "../mark/decisions.js";
import { Desk } from "../mark/desk.js";
import { markerName } from "../mark/marker_name.js";
import { focusIn, ownSheet } from "../mark/own_sheet.js";
import { PageKeys } from "../mark/page_keys.js";
import { whileOpen } from "../mark/unsent.js";
import { commentBank, ownRemarks } from "./beside.js";
import { accept, agree, close, giveUp, keepAsExample, rate, saveWhole } from "./deeds.js";
import { drafted, draftOf } from "./drafted.js";
import { GRADE_KEYS, gradeActionOf } from "./keys.js";
import { take } from "./on_key.js";
import { steps, stepsOf } from "./steps.js";
import { decides, isSigned, onward, toldOf } from "./told.js";
import { judged, wholeAgreed } from "./whole_agreed.js";
import { missing, whole, wholeWords } from "./whole.js";

/** @typedef {import("../types/api.js").MarkingPage} MarkingPage */
/** @typedef {ReturnType<typeof import("../mark/talk.js").talk>} Talk */
/** @typedef {{words: Talk, near: ReturnType<typeof import("./row_words.js").around>, counted: (signed: boolean) => void}} Beside
 *   `counted`: is told when it was signed or opened again */

export class Bench {
  /** @param {string} id of the encounter @param {MarkingPage} page @param {Beside} beside */
  constructor(id, page, { words, near, counted }) {
    this.page = page;
    this.words = words;
    this.near = near;
    this.counted = counted;
    this.ids = page.rubric.dimensions.map((each) => each.id);
    /** The line in hand; after the last one: the whole. */
    this.at = 0;
    this.wholeTrouble = "";
    this.savingWhole = false;
    this.desk = new Desk(id, page, () => this.changed(), whoWasHere());
    this.signed = isSigned(this.desk.state);
    this.keys = new PageKeys({ meaning: gradeActionOf, take: (action) => take(this, action), escaped: () => this.toLine(this.at), help: GRADE_KEYS });
    this.status = statusLine();
    this.told = h("p", { class: "mark-state", role: "status" });
    this.list = steps((place) => this.toLine(place));
    this.side = h("div", { class: "one-at-a-time" });
    this.draft = h("div", { class: "stack" });
    this.after = h("div", { class: "stack" });
    this.judged = whole((rating) => void rate(this, rating));
    this.agreed = wholeAgreed((rating, reason) => agree(this, rating, reason));
    this.bank = commentBank(near.here?.course_id ?? "", { box: () => this.commentBox(), dimension: () => this.ids[this.at] ?? "" });
    this.remarks = ownRemarks(id, { turn: () => words.chosen()?.turn ?? "", dimension: () => this.ids[this.at] ?? "", number: words.number, show: words.show, unsent: this.desk.unsent });
    this.sheet = this.make();
    this.leaving = whileOpen({ unsaved: () => this.unsaved(), retry: () => this.retry(), back: () => this.back() });
    this.describe();
    this.show();
  }

  /** @returns {ReturnType<typeof ownSheet> | ReturnType<typeof decisions>} */
  make() {
    const { staff, closed } = this.desk.state;
    const host = { talk: this.words, entered: (/** @type {number} */ now) => this.enter(now), close: () => void close(this), giveUp: staff && !closed ? () => void giveUp(this) : null };
    const made = decides(this.desk.state) ? decisions(this.desk, host) : ownSheet(this.desk, host);
    if (decides(this.desk.state)) made.content.prepend(this.agreed.content);
    else made.content.insertBefore(this.judged.content, made.content.querySelector("#mark-close"));
    this.side.replaceChildren(made.content);
    return made;
  }

  /** Whether the whole is a step of its own. */
  get hasWhole() {
    return !decides(this.desk.state) || judged(this.desk.state);
  }

  /** Under the head of the page, and beside the talk. */
  parts() {
    return {
      head: h("div", { class: "stack-tight" }, this.told, markerName(this.desk, () => this.sheet.retry()), this.keys.row, this.status.element),
      content: h("div", { class: "stack" }, this.list.content, this.stepping(), this.side, this.draft, this.after, this.bank.content, this.remarks.content, h("p", { class: "soft" }, this.page.rubric.claim)),
    };
  }

  stepping() {
    const button = (/** @type {string} */ text, /** @type {1 | -1} */ by) => h("button", { class: "button quiet small", type: "button", onclick: () => this.toLine(this.at + by) }, text);
    return h("p", { class: "row" }, button("Previous line", -1), button("Next line", 1));
  }

  /** @param {number} now */
  enter(now) {
    const last = this.sheet.count - (this.hasWhole ? 0 : 1);
    this.at = Math.min(last, Math.max(0, now));
    this.keys.inTalk = false;
    this.show();
  }

  /** @param {number} now */
  toLine(now) {
    this.enter(now);
    if (this.at < this.sheet.count) this.sheet.focus(this.at);
    else if (decides(this.desk.state)) this.agreed.focus();
    else this.judged.focus();
  }

  /** Where there is something to do: an appeal, a difference, a line without a mark. */
  first() {
    const { appeals, differences, whole_differs } = this.desk.state;
    const asked = appeals.find((each) => !each.answered)?.dimension ?? differences[0];
    if (asked === undefined && whole_differs) return this.sheet.count;
    const name = asked ?? (decides(this.desk.state) ? undefined : missing(this.desk.state, this.ids)[0]);
    return name === undefined ? 0 : this.ids.indexOf(name);
  }

  show() {
    const { state } = this.desk;
    this.side.classList.toggle("at-the-whole", this.at >= this.sheet.count);
    this.sheet.current(this.at);
    this.list.show(stepsOf(state, this.page.rubric, this.hasWhole), this.at);
    redraw(this.draft, draftOf(state, this.ids[this.at] ?? ""), (shown) => drafted(shown, this.page.rubric.highest, { accept: () => void accept(this), show: this.words.show, number: this.words.number }));
    this.showWhole();
    this.bank.show();
  }

  showWhole() {
    const { state, unsent } = this.desk;
    if (decides(state)) return this.agreed.show(state);
    const kept = state.sheets.find((each) => each.mine)?.overall ?? null;
    const words = wholeWords({ kept, waits: unsent.whole, left: missing(state, this.ids).length, trouble: this.wholeTrouble });
    this.judged.show(unsent.whole ?? kept, words, this.wholeTrouble !== "");
  }

  describe() {
    const { state } = this.desk;
    say(this.told, toldOf(state));
    redraw(this.after, isSigned(state), (signed) => (signed ? onward(this.near, () => void keepAsExample(this)) : null));
  }

  /** The server has told something new; what was pressed to sign is gone, so the way on has the focus. */
  changed() {
    const before = this.signed;
    this.signed = isSigned(this.desk.state);
    if (this.signed !== before) this.counted(this.signed);
    this.describe();
    if (decides(this.desk.state) !== "render" in this.sheet) {
      this.desk.unsent.stop();
      this.sheet = this.make();
      this.at = 0;
    } else if ("render" in this.sheet) this.sheet.render();
    this.show();
    if (this.desk.unsent.whole) void saveWhole(this);
    if (this.signed && !before) queueMicrotask(() => focusIn(document.querySelector("#grade-onward a")));
  }

  /** Beside what was pressed. @param {string} message @param {Element} place */
  complain(message, place) {
    place.append(this.status.element);
    this.status.fail(message);
    this.status.element.scrollIntoView({ block: "nearest" });
    announce(message); // a live region that has just been moved is not read out everywhere
  }

  /** @returns {HTMLTextAreaElement | HTMLInputElement | null} */
  commentBox() {
    const line = this.side.querySelector(`#mark-${CSS.escape(this.ids[this.at] ?? "")}`);
    return /** @type {HTMLTextAreaElement | HTMLInputElement | null} */ (line?.querySelector("textarea, input[type=text]") ?? null);
  }

  unsaved() {
    return this.sheet.unsaved() || this.agreed.unsaved() || this.remarks.unsaved() || this.desk.unsent.whole !== null;
  }

  retry() {
    this.sheet.retry();
    void saveWhole(this);
  }

  /** The window has the focus again: others may have gone on. */
  back() {
    if (decides(this.desk.state)) void this.desk.reload().catch(() => undefined);
    else this.retry();
  }

  /** Keys act while something of the page has the focus, and nowhere else. @param {HTMLElement} whole */
  listen(whole) {
    this.keys.listen(whole, this.words.content, { signal: this.leaving.signal });
  }

  leave() {
    this.leaving.abort();
    this.words.leave();
    this.sheet.leave();
  }
}
