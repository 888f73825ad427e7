// One case file, opened: text and form in step, map, matrix, check, history and reviews. It checks and saves by itself.

import { api, Refused } from "../app/api.js";
import { confirmed, pageHead, tabs, toast } from "../app/parts.js";
import { h, redraw, say } from "../app/dom.js";
import { to } from "../app/routes.js";
import { messageOf } from "../app/trouble.js";
import { calls } from "./calls.js";
import { counted, faultsOf, provingOf } from "./checks.js";
import { settleConflict } from "./conflict.js";
import { editorOf } from "./editor.js";
import { formOf } from "./form.js";
import { historyOf } from "./history.js";
import { Keeping, stateWords } from "./keeping.js";
import { mapOf } from "./map.js";
import { matrixOf } from "./matrix.js";
import { reviewsOf } from "./reviews.js";
import { shelfOf } from "./shelf.js";
import { download } from "./upload.js";
import { standsAs, tagOf } from "./words.js";

/** @typedef {import("../types/author.js").CaseFile} CaseFile */
/** @typedef {import("../types/author.js").CaseRemark} CaseRemark */
/** @typedef {import("../types/author.js").Change} Change */
/** @typedef {import("../types/author.js").Checked} Checked */

const CHECK_AFTER_MS = 600;

/** What the page before still had to save. */
let leaving = Promise.resolve();
const WAIT_MS = 3_000;

/** @param {string} id @param {string} part the tab that is open at first */
export async function filePage(id, part) {
  await Promise.race([leaving, new Promise((done) => setTimeout(done, WAIT_MS))]);
  const [file, me] = await Promise.all([calls.file(id), api.me()]);
  return new FilePage(file, me).screen(part);
}

class FilePage {
  /** @param {CaseFile} file @param {import("../app/pages.js").Me} me */
  constructor(file, me) {
    this.file = file;
    /** Cases of their own. */
    this.writes = me.roles.includes("educator");
    this.keeping = new Keeping(file, aroundOf(file, me.id));
    /** @type {Checked | null} */
    this.checked = null;
    /** @type {any} */
    this.schema = null;
    this.checking = 0;
    this.timer = 0;
    this.state = h("p", { class: "author-state soft" });
    this.alarm = h("div", { class: "author-alarm", role: "alert" });
    this.counts = h("p", { class: "soft", role: "status" });
    this.tag = h("span", { class: tagOf(file) }, standsAs(file));
    this.panels = { map: h("div"), matrix: h("div"), faults: h("div"), history: h("div") };
    this.reviews = reviewsOf(file.id, { settled: () => this.settled(), changed: (now) => this.changed(now), go: (remark) => this.toRemark(remark), here: () => this.here() });
    this.editor = editorOf({
      text: this.keeping.text,
      readOnly: !file.yours,
      write: (text) => this.keeping.write(text, "text"),
      undo: () => this.keeping.undo(),
      redo: () => this.keeping.redo(),
      schema: () => this.schema,
      known: () => this.checked?.nodes ?? [],
    });
    this.form = formOf({ change: (changes) => this.change(changes), go: (line) => this.go(line) });
    /** @type {Promise<void>} */
    this.changing = Promise.resolve();
    this.keeping.listen((from) => this.heard(from));
  }

  /** @param {string} part */
  screen(part) {
    const { file } = this;
    const writes = file.yours;
    this.tabs = tabs(
      [
        { id: "text", name: "Text", content: () => this.editor.element },
        ...(writes ? [{ id: "form", name: "Form", content: () => this.form.element }] : []),
        { id: "map", name: "Map", content: this.panels.map },
        { id: "matrix", name: "Matrix", content: this.panels.matrix },
        { id: "check", name: "Check", content: () => h("div", { class: "stack-wide" }, this.panels.faults, provingOf(file.id)) },
        { id: "history", name: "History", content: this.panels.history },
        { id: "reviews", name: "Reviews", content: this.reviews.element },
      ],
      { label: "Ways to look at this case", chosen: part || "text", choose: (tab) => this.chose(tab) },
    );
    this.top = this.head();
    const content = h("div", { class: "stack author" }, this.top, this.bar(), this.alarm, this.tabs.element);
    this.drawn();
    void this.check();
    void calls.schema().then((schema) => { this.schema = schema; }, () => undefined);
    if (part === "history" || part === "reviews") void this.renew();
    return { title: file.title || "A case", content, wide: true, leave: () => this.leave(), update: (/** @type {any} */ where) => this.moved(where), shown: () => this.editor.shown() };
  }

  head() {
    const { file } = this;
    return pageHead({
      title: file.title || "Without a title",
      above: [{ text: "Cases to write", href: to.write("") }],
      state: this.tag,
      actions: [
        h("a", { class: "button", href: to.tryFile(file.id), onclick: (/** @type {Event} */ event) => this.play(event) }, "Play with a debug pane"),
        h("button", { class: "button quiet", type: "button", onclick: () => download(`${this.checked?.case_id || "case"}.yaml`, this.keeping.text) }, "Download"),
        this.writes && h("button", { class: "button quiet", type: "button", onclick: () => void this.copy() }, "Copy"),
        file.owned && !file.published_version && h("button", { class: "button quiet", type: "button", onclick: () => void this.remove() }, "Delete"),
      ].filter((each) => each !== false),
    });
  }

  bar() {
    const { keeping, file } = this;
    if (!file.yours) return h("div", { class: "author-bar" }, h("p", { class: "note" }, "You may read this file and remark on it. To change it, an educator copies it."), this.counts);
    const button = (/** @type {string} */ text, /** @type {() => void} */ onclick) => h("button", { class: "button small quiet", type: "button", onclick }, text);
    return h("div", { class: "author-bar" }, h("div", { class: "row" }, button("Undo", () => keeping.undo()), button("Redo", () => keeping.redo()), button("Save", () => void keeping.save())), this.state, this.counts);
  }

  /** What the text or its saving did. @param {string} from */
  heard(from) {
    if (from && from !== "text") this.editor.show(this.keeping.text, from === "undo");
    if (from) this.soon();
    this.drawn();
  }

  drawn() {
    const { keeping } = this;
    const bad = ["offline", "signed_out", "refused", "conflict"].includes(keeping.state);
    say(this.state, bad ? "" : stateWords(keeping));
    const told = bad ? stateWords(keeping) : "";
    if (this.alarm.dataset["told"] === told) return;
    this.alarm.dataset["told"] = told;
    const compare = keeping.state === "conflict" && h("button", { class: "button", type: "button", onclick: () => void settleConflict(this.file.id, keeping).catch((failure) => say(this.counts, messageOf(failure))) }, "Compare the two");
    this.alarm.replaceChildren(...(told ? [h("p", { class: "note" }, told), ...(compare ? [h("p", null, compare)] : [])] : []));
  }

  soon() {
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => void this.check(), CHECK_AFTER_MS);
  }

  /** Never holds up typing: an answer about an older text is dropped. */
  async check() {
    const mine = ++this.checking;
    try {
      const checked = await calls.check(this.keeping.text);
      if (mine === this.checking) this.show(checked);
    } catch (failure) {
      if (mine === this.checking) say(this.counts, messageOf(failure));
    }
  }

  /** @param {Checked} checked */
  show(checked) {
    this.checked = checked;
    const title = this.top?.querySelector("h1");
    if (title && checked.title) say(title, checked.title);
    const wrong = checked.problems.filter((each) => !each.warning).length;
    const odd = checked.problems.length - wrong;
    say(this.counts, wrong || odd ? [wrong && counted(wrong, "error"), odd && counted(odd, "warning")].filter(Boolean).join(", ") : "No errors.");
    this.editor.faults(checked.problems);
    if (this.file.yours) this.form.show(checked);
    const go = (/** @type {number} */ line, /** @type {number} */ column = 1) => this.go(line, column);
    const { problems, nodes, edges, matrix } = checked;
    redraw(this.panels.faults, problems, () => faultsOf(checked, go));
    redraw(this.panels.map, { nodes, edges }, () => mapOf(checked, go));
    redraw(this.panels.matrix, matrix, () => matrixOf(checked, go));
  }

  /** A change by the form, after those before it. @param {Change[]} changes @returns {Promise<void>} */
  change(changes) {
    const done = this.changing.then(async () => {
      const { text } = await calls.edit(this.keeping.text, changes);
      this.keeping.write(text, "form");
      await this.check();
    });
    this.changing = done.catch(() => undefined);
    return done;
  }

  /** To a line of the text, on its tab. @param {number} line @param {number} [column] */
  go(line, column = 1) {
    this.tabs?.open("text");
    this.chose("text");
    this.editor.go(line, column);
  }

  /** @param {string} tab */
  chose(tab) {
    history.replaceState(null, "", to.write(this.file.id, tab));
    if (tab === "text") this.editor.shown();
    if (tab === "history" || tab === "reviews") void this.renew();
  }

  /** What others did meanwhile: steps, remarks, editions. */
  async renew() {
    if (this.file.yours) await this.keeping.settle();
    await calls.file(this.file.id).then((file) => this.changed(file), (failure) => say(this.counts, messageOf(failure)));
  }

  /** @param {CaseFile} file */
  changed(file) {
    this.file = file;
    if (file.text === this.keeping.text) this.keeping.moved(file.edition);
    else if (this.keeping.state === "saved" && file.edition > this.keeping.edition) this.follow(file);
    this.tag.className = tagOf(file);
    say(this.tag, standsAs(file));
    this.drawn();
    const bringBack = file.yours ? (/** @type {string} */ text) => this.keeping.write(text, "history") : null;
    redraw(this.panels.history, file.editions, () => historyOf(file.id, file.editions, bringBack));
    this.reviews.show(file);
  }

  /** Somebody else saved, and nothing of one's own is unsaved. @param {CaseFile} file */
  follow(file) {
    this.keeping.takeTheirs(file);
    toast(file.yours ? "Somebody else changed this file. Their text stands here now; Undo brings yours back." : "The text was changed meanwhile. What stands here is the newest.");
  }

  /** The edition in which everything is saved. Throws where it is not. */
  async settled() {
    if (!this.file.yours) return this.file.edition;
    this.form.leave();
    await this.changing;
    if (this.form.held()) throw notSaved("Something that you typed under Form is not in the text yet: look there first.");
    await this.keeping.settle();
    if (this.keeping.state !== "saved") throw notSaved(stateWords(this.keeping));
    return this.keeping.edition;
  }

  /** The cursor's line, and the innermost part that begins there or above it. */
  here() {
    const line = this.editor.line();
    const above = Object.entries(this.checked?.lines ?? {}).filter(([, at]) => at <= line);
    const nearest = above.reduce((best, each) => (each[1] >= best[1] ? each : best), ["", 0]);
    return { line, key: nearest[0] };
  }

  /** @param {CaseRemark} remark */
  toRemark({ key, line }) {
    this.go((key && this.checked?.lines[key]) || line);
  }

  /** What is met is what was saved. @param {Event} event */
  play(event) {
    event.preventDefault();
    void this.settled().then(() => { location.hash = to.tryFile(this.file.id); }, (failure) => say(this.counts, failure.message));
  }

  /** What is copied is what was saved. */
  async copy() {
    try {
      await this.settled();
      location.hash = to.write((await calls.begin({ copy_of_file: this.file.id })).id);
    } catch (failure) {
      say(this.counts, messageOf(failure));
    }
  }

  async remove() {
    const question = { title: "Delete this file?", text: ["Its editions and remarks are deleted with it, and cannot be brought back."], yes: "Delete it", no: "Keep it" };
    if (!(await confirmed(question))) return;
    try {
      await calls.remove(this.file.id);
      this.keeping.forget();
      location.hash = to.write("");
    } catch (failure) {
      say(this.counts, messageOf(failure));
    }
  }

  /** The same file at another tab needs no new page. @param {any} where */
  moved(where) {
    if (where.name !== "write" || where.id !== this.file.id) return false;
    const tab = where.part || "text";
    this.tabs?.open(tab);
    this.chose(tab);
    return true;
  }

  leave() {
    clearTimeout(this.timer);
    this.form.leave();
    this.editor.leave();
    leaving = this.changing.then(() => this.keeping.settle()).then(() => this.keeping.callOff());
  }
}

/** Nothing was sent: a step is taken on what is saved. @param {string} why */
function notSaved(why) {
  return new Refused(409, "not_saved", why);
}

/** @param {CaseFile} file @param {string} account @returns {import("./keeping.js").Around} */
function aroundOf({ id, yours }, account) {
  return {
    save: (edition, text) => calls.save(id, edition, text),
    shelf: yours ? shelfOf(id, account) : null,
    later: (work, ms) => {
      const timer = setTimeout(work, ms);
      return () => clearTimeout(timer);
    },
    now: () => performance.now(),
  };
}
