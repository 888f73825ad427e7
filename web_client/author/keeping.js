// The text of one file while it is being written: what was typed, what is saved, what can be undone. Whatever is not
// saved yet lies in this browser as well, so that neither a reload nor an ended sign-in takes it away. Clocks and the
// server come in from outside.

import { smallest } from "./replacing.js";

/** @typedef {"saved" | "typed" | "saving" | "offline" | "signed_out" | "refused" | "conflict"} State */
/**
 * @typedef {object} Around
 * @property {(edition: number, text: string) => Promise<{edition: number}>} save throws what has `status`, `code` and `message`
 * @property {import("./shelf.js").Shelf | null} shelf of this browser; null: the file may only be read, and nothing is undone
 * @property {(work: () => void, ms: number) => () => void} later gives back how to call it off
 * @property {() => number} now in ms
 */

const QUIET_MS = 1_500;
const AGAIN_MS = 10_000;
const ONE_STEP_MS = 800;
/** Characters between two changes that are one step still. */
const NEAR = 40;
const MOST_STEPS = 200;

/** @typedef {{at: number, start: number, end: number}} Typed when, and where in the text that came of it */

export class Keeping {
  /** @param {{text: string, edition: number}} file @param {Around} around */
  constructor({ text, edition }, around) {
    this.text = text;
    this.edition = edition;
    /** @type {State} */
    this.state = "saved";
    this.message = "";
    this.around = around;
    /** @type {string[]} */
    this.past = [];
    /** @type {string[]} */
    this.future = [];
    /** What was typed last; null where something else changed the text since. @type {Typed | null} */
    this.typed = null;
    /** @type {((from: string) => void)[]} */
    this.listeners = [];
    /** @type {() => void} */
    this.callOff = () => undefined;
    /** The save that is under way, or was last. @type {Promise<void>} */
    this.sending = Promise.resolve();
    this.restore(text);
  }

  /** What was typed here and not saved: taken up where the file has not changed since, else a conflict. @param {string} saved */
  restore(saved) {
    const kept = keptOf(this.around.shelf?.get() ?? null);
    if (!kept || kept.text === saved) return this.around.shelf?.drop();
    this.past = [saved];
    this.text = kept.text;
    if (kept.edition === this.edition) return this.soon("typed", QUIET_MS);
    this.edition = kept.edition;
    this.state = "conflict";
  }

  /** @param {(from: string) => void} listener told who changed the text (`""`: nobody, only the state) */
  listen(listener) {
    this.listeners.push(listener);
  }

  /** @param {string} from */
  tell(from) {
    for (const listener of this.listeners) listener(from);
  }

  /**
   * What is typed on without a pause, in one place and line, is one step.
   * @param {string} text
   * @param {string} from who changed it
   */
  write(text, from) {
    if (text === this.text) return;
    const typed = from === "text" ? this.typing(text) : null;
    if (!typed?.goesOn) this.past = [...this.past, this.text].slice(-MOST_STEPS);
    this.typed = typed;
    this.future = [];
    this.changed(text, from);
  }

  /** @param {string} text @returns {Typed & {goesOn: boolean}} */
  typing(text) {
    const { start, end, text: piece } = smallest(this.text, text);
    const [at, last] = [this.around.now(), this.typed];
    const near = last !== null && start <= last.end + NEAR && end >= last.start - NEAR;
    const goesOn = near && at - last.at <= ONE_STEP_MS && !piece.includes("\n");
    return { at, start, end: start + piece.length, goesOn };
  }

  /** One step back. */
  undo() {
    const before = this.past.pop();
    if (before === undefined) return;
    this.future.push(this.text);
    this.typed = null;
    this.changed(before, "undo");
  }

  redo() {
    const after = this.future.pop();
    if (after === undefined) return;
    this.past.push(this.text);
    this.typed = null;
    this.changed(after, "undo");
  }

  /** @param {string} text @param {string} from */
  changed(text, from) {
    this.text = text;
    this.around.shelf?.put(JSON.stringify({ text, edition: this.edition }));
    // while a save is under way it goes on: when it is over, what was typed since is saved over its edition
    if (this.state !== "conflict" && this.state !== "saving") this.soon("typed", QUIET_MS);
    this.tell(from);
  }

  /** @param {State} state @param {number} ms */
  soon(state, ms) {
    this.state = state;
    this.callOff();
    this.callOff = this.around.later(() => void this.save(), ms);
  }

  /** Save now what is not saved. Never throws: `state` and `message` say how it went. */
  save() {
    if (this.state === "saving") return this.sending;
    this.callOff();
    if (this.state === "saved" || this.state === "conflict") return Promise.resolve();
    this.sending = this.send(this.text);
    return this.sending;
  }

  /** @param {string} sent */
  async send(sent) {
    this.state = "saving";
    this.tell("");
    try {
      const { edition } = await this.around.save(this.edition, sent);
      this.saved(sent, edition);
    } catch (failure) {
      this.failed(failure);
    }
    this.tell("");
  }

  /** @param {string} sent @param {number} edition */
  saved(sent, edition) {
    this.edition = edition;
    this.message = "";
    if (this.text !== sent) {
      this.around.shelf?.put(JSON.stringify({ text: this.text, edition }));
      return this.soon("typed", QUIET_MS);
    }
    this.state = "saved";
    this.around.shelf?.drop();
  }

  /** @param {any} failure */
  failed(failure) {
    this.message = failure?.message ?? "";
    const { status = 0, code = "" } = failure ?? {};
    if (code === "changed_meanwhile") this.state = "conflict";
    else if (status === 401) this.state = "signed_out";
    else if (status === 0 || status >= 500) this.soon("offline", AGAIN_MS);
    else this.state = "refused";
  }

  /** Until nothing is left to save, or it cannot be saved. */
  async settle() {
    while (this.state === "saving") await this.sending;
    if (this.state !== "saved") await this.save();
    if (this.state === "typed") await this.save();
  }

  /** After a conflict: save what stands here over that edition. @param {number} edition */
  keepMine(edition) {
    this.edition = edition;
    this.state = "typed";
    return this.save();
  }

  /** After a conflict: theirs stands, and mine is one step back. @param {{text: string, edition: number}} file */
  takeTheirs({ text, edition }) {
    if (this.around.shelf) this.past = [...this.past, this.text].slice(-MOST_STEPS);
    [this.future, this.typed] = [[], null];
    this.text = text;
    this.edition = edition;
    this.state = "saved";
    this.around.shelf?.drop();
    this.tell("undo");
  }

  /** The file is gone: nothing is saved or kept any more. */
  forget() {
    this.callOff();
    this.state = "saved";
    this.around.shelf?.drop();
  }

  /** Somebody took a step: the text is the same. @param {number} edition */
  moved(edition) {
    this.edition = edition;
  }
}

/** @param {string | null} stored @returns {{text: string, edition: number} | null} */
function keptOf(stored) {
  try {
    const found = JSON.parse(stored ?? "null");
    return typeof found?.text === "string" && typeof found?.edition === "number" ? found : null;
  } catch {
    return null;
  }
}

/** How it stands, in words. @param {Keeping} keeping */
export function stateWords({ state, edition, message }) {
  switch (state) {
    case "saved":
      return `Saved. Edition ${edition}.`;
    case "typed":
      return "Not saved yet; it saves by itself.";
    case "saving":
      return "Saving.";
    case "offline":
      return `Not saved: ${message} What you wrote is kept in this browser, and it is tried again.`;
    case "signed_out":
      return "Your sign-in has ended. What you wrote is kept in this browser: sign in in another tab, then press Save.";
    case "refused":
      return `Not saved: ${message} What you wrote is kept in this browser.`;
    default:
      return "Somebody else saved this file. What you wrote is kept in this browser: compare the two.";
  }
}
