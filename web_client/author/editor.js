// The text of a case to write in: Ace where it loads, or a plain text box, which a screen reader or a telephone may like
// better. What is wrong is marked at its line and told under the text.

import { h, say } from "../app/dom.js";
import { loadAce } from "./ace.js";
import { completionsAt } from "./completing.js";
import { rowOf, smallest } from "./replacing.js";

/** @typedef {import("../types/author.js").AceEditor} AceEditor */
/** @typedef {import("../types/author.js").Fault} Fault */
/** @typedef {{show: (text: string, reveal?: boolean) => void, faults: (faults: readonly Fault[]) => void, go: (line: number, column?: number) => void, line: () => number, leave: () => void, shown: () => void}} Area */

const PLAIN = "bedside.author.plain";
const HELP = "By keyboard: Enter begins writing in the editor, Escape and then Tab leave it. Inside, Tab indents, and Control and Space offers what may stand there.";

/**
 * @param {{text: string, readOnly: boolean, write: (text: string) => void, undo: () => void, redo: () => void, schema: () => any, known: () => {id: string, kind: string}[]}} parts
 * @returns {Area & {element: HTMLElement}}
 */
export function editorOf(parts) {
  const frame = h("div", { class: "author-editor" });
  const told = h("p", { class: "author-here", role: "status" });
  const plainly = h("input", { type: "checkbox", id: "author-plain", checked: prefersPlain() });
  const help = h("p", { class: "soft", id: "author-help" }, HELP);
  const element = h("div", { class: "stack-tight" }, frame, told, help, h("p", { class: "choice" }, plainly, h("label", { for: plainly.id }, "Write in a plain text box")));
  let text = parts.text;
  /** @type {readonly Fault[]} */
  let faults = [];
  /** @type {Area | null} */
  let area = null;
  let visit = 0;

  const around = {
    readOnly: parts.readOnly,
    undo: parts.undo,
    redo: parts.redo,
    schema: parts.schema,
    known: parts.known,
    write: (/** @type {string} */ now) => {
      text = now;
      parts.write(now);
    },
    at: (/** @type {number} */ line) => say(told, hereWords(faults, line)),
  };

  async function build() {
    const mine = ++visit;
    const line = area?.line() ?? 1;
    area?.leave();
    area = null;
    const made = plainly.checked ? plainArea(frame, text, around) : await aceArea(frame, text, around).catch(() => plainArea(frame, text, around));
    if (mine !== visit) return made.leave();
    help.hidden = plainly.checked;
    area = made;
    made.show(text);
    made.faults(faults);
    if (line > 1) made.go(line);
  }

  plainly.addEventListener("change", () => {
    remember(plainly.checked);
    void build();
  });
  void build();
  return {
    element,
    show(now, reveal) {
      text = now;
      area?.show(now, reveal);
    },
    faults(found) {
      faults = found;
      area?.faults(found);
      say(told, hereWords(found, area?.line() ?? 0));
    },
    go: (line, column) => area?.go(line, column),
    line: () => area?.line() ?? 0,
    shown: () => area?.shown(),
    leave() {
      visit += 1;
      area?.leave();
    },
  };
}

/** What is wrong at a line, or that something is elsewhere. @param {readonly Fault[]} faults @param {number} line */
function hereWords(faults, line) {
  const here = faults.filter((each) => each.line === line);
  return here.map((each) => `Line ${line}: ${each.message} ${each.mend}`.trim()).join(" ");
}

/** @typedef {{readOnly: boolean, write: (text: string) => void, undo: () => void, redo: () => void, at: (line: number) => void, schema: () => any, known: () => {id: string, kind: string}[]}} Around */

/** @param {HTMLElement} frame @param {string} text @param {Around} around @returns {Area} */
function plainArea(frame, text, around) {
  const box = h("textarea", { class: "author-plain", spellcheck: "false", wrap: "off", "aria-label": "Text of the case", "aria-describedby": "author-help", readonly: around.readOnly });
  frame.replaceChildren(box);
  box.value = text;
  const line = () => rowOf(box.value, box.selectionStart).row + 1;
  box.addEventListener("input", () => around.write(box.value));
  if (!around.readOnly) undoing(box, around);
  for (const name of ["keyup", "click"]) box.addEventListener(name, () => around.at(line()));
  return {
    show(now, reveal = false) {
      if (box.value === now) return;
      const { start, text: piece } = smallest(box.value, now);
      const at = reveal ? start + piece.length : box.selectionStart;
      box.value = now;
      box.setSelectionRange(at, at);
      if (reveal) around.at(line());
    },
    faults: (found) => box.setAttribute("aria-invalid", String(found.some((each) => !each.warning))),
    go(wanted, column = 1) {
      const start = box.value.split("\n").slice(0, wanted - 1).reduce((sum, each) => sum + each.length + 1, 0) + column - 1;
      box.focus();
      box.setSelectionRange(start, start);
      box.scrollTop = Math.max(0, (wanted - 4) * (box.scrollHeight / Math.max(1, box.value.split("\n").length)));
      around.at(wanted);
    },
    line,
    shown: () => undefined,
    leave: () => undefined,
  };
}

/** One undo for the whole page: the box's own would know nothing of the form. @param {HTMLTextAreaElement} box @param {Around} around */
function undoing(box, { undo, redo }) {
  box.addEventListener("keydown", (event) => {
    const key = event.ctrlKey || event.metaKey ? event.key.toLowerCase() : "";
    if (event.altKey || (key !== "z" && key !== "y")) return;
    event.preventDefault();
    if (key === "z" && !event.shiftKey) undo();
    else redo();
  });
  box.addEventListener("beforeinput", (event) => {
    if (event.inputType !== "historyUndo" && event.inputType !== "historyRedo") return;
    event.preventDefault();
    if (event.inputType === "historyUndo") undo();
    else redo();
  });
}

/** @param {HTMLElement} frame @param {string} text @param {Around} around @returns {Promise<Area>} */
async function aceArea(frame, text, around) {
  const ace = await loadAce();
  const place = h("div", { class: "author-ace" });
  frame.replaceChildren(place);
  const editor = ace.edit(place, {
    mode: "ace/mode/yaml", useWorker: false, readOnly: around.readOnly, tabSize: 2, useSoftTabs: true, wrap: true, indentedSoftWrap: false,
    showPrintMargin: false, enableKeyboardAccessibility: true, enableBasicAutocompletion: true, enableLiveAutocompletion: true,
    scrollPastEnd: 0.2, customScrollbar: false,
  });
  editor.setTheme({ cssClass: "ace-bedside", cssText: "", isDark: false });
  editor.completers = [completer(around)];
  editor.textInput.getElement().setAttribute("aria-label", "Text of the case");
  let quiet = true;
  editor.session.setValue(text);
  quiet = false;
  // one command may change many places: it is one step
  let told = false;
  editor.on("change", () => {
    if (quiet || told) return;
    told = true;
    queueMicrotask(() => {
      told = false;
      around.write(editor.getValue());
    });
  });
  editor.commands.addCommand({ name: "undo", bindKey: { win: "Ctrl-Z", mac: "Command-Z" }, exec: around.undo });
  editor.commands.addCommand({ name: "redo", bindKey: { win: "Ctrl-Shift-Z|Ctrl-Y", mac: "Command-Shift-Z|Command-Y" }, exec: around.redo });
  editor.selection.on("changeCursor", () => around.at(editor.getCursorPosition().row + 1));
  /** @type {number[]} */
  let marks = [];
  return {
    show(now, reveal = false) {
      const old = editor.getValue();
      if (old === now) return;
      const { start, end, text: piece } = smallest(old, now);
      quiet = true;
      editor.session.replace({ start: rowOf(old, start), end: rowOf(old, end) }, piece);
      quiet = false;
      const { row, column } = rowOf(now, start + piece.length);
      if (reveal) editor.gotoLine(row + 1, column, false);
    },
    faults(found) {
      editor.session.setAnnotations(found.filter((each) => each.line).map(annotation));
      for (const mark of marks) editor.session.removeMarker(mark);
      marks = found.filter((each) => each.line).map((each) => marked(ace, editor, each));
    },
    go(line, column = 1) {
      editor.resize(true);
      editor.gotoLine(line, column - 1, false);
      editor.focus();
      around.at(line);
    },
    line: () => editor.getCursorPosition().row + 1,
    shown: () => editor.resize(true),
    leave: () => editor.destroy(),
  };
}

/** @param {Fault} fault */
function annotation({ line, column, message, mend, warning }) {
  return { row: line - 1, column: column - 1, text: `${message} ${mend}`.trim(), type: warning ? "warning" : "error" };
}

/** @param {any} ace @param {AceEditor} editor @param {Fault} fault */
function marked(ace, editor, { line, column, warning }) {
  const { Range } = ace.require("ace/range");
  const end = String(editor.session.getLine(line - 1) ?? "").length;
  const range = new Range(line - 1, Math.min(column - 1, Math.max(0, end - 1)), line - 1, Math.max(end, 1));
  return editor.session.addMarker(range, warning ? "author-mark author-mark-soft" : "author-mark", "text");
}

/** @param {Around} around */
function completer(around) {
  return {
    identifierRegexps: [/[\w.@:-]/],
    getCompletions(/** @type {any} */ _, /** @type {any} */ session, /** @type {{row: number, column: number}} */ at, /** @type {string} */ prefix, /** @type {(error: null, found: any[]) => void} */ done) {
      const schema = around.schema();
      const column = at.column - prefix.length;
      done(null, schema ? completionsAt(schema, session.doc.getAllLines(), at.row, column, around.known()) : []);
    },
  };
}

function prefersPlain() {
  try {
    return localStorage.getItem(PLAIN) === "yes";
  } catch {
    return false;
  }
}

/** @param {boolean} plain */
function remember(plain) {
  try {
    localStorage.setItem(PLAIN, plain ? "yes" : "no");
  } catch {
    // a private window without storage: the choice lasts as long as the page
  }
}
