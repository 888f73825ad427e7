// What an observer fills in: marks, the turns they rest on, notes; and how it is kept while it grows. Pure but for `Keeper`.

import { mayPass } from "../app/may_pass.js";

/** @typedef {import("../types/api.js").Sheet} Sheet */

/** Turns that may be marked for one question. */
export const MOST_QUOTES = 20;

/** @type {Sheet} */
export const BLANK = { levels: {}, quotes: {}, notes: "" };

/** @param {Sheet} sheet @param {string} dimension @param {number | null} level null: not seen @returns {Sheet} */
export function marked(sheet, dimension, level) {
  return { ...sheet, levels: { ...sheet.levels, [dimension]: level } };
}

/** A turn is quoted, or no longer. @param {Sheet} sheet @param {string} dimension @param {string} turn @returns {Sheet} */
export function toggled(sheet, dimension, turn) {
  const before = sheet.quotes[dimension] ?? [];
  const now = before.includes(turn) ? before.filter((each) => each !== turn) : [...before, turn].slice(0, MOST_QUOTES);
  return { ...sheet, quotes: { ...sheet.quotes, [dimension]: now } };
}

/** @param {Sheet} sheet @param {string} notes @returns {Sheet} */
export function noted(sheet, notes) {
  return { ...sheet, notes };
}

/** After a failure that may pass by itself, in milliseconds. */
const AGAIN_MS = 5000;

/** Saves the newest state, one at a time and a moment after the last change; what fails for a while is tried again. */
export class Keeper {
  /**
   * @param {(sheet: Sheet) => Promise<unknown>} save
   * @param {(state: "saving" | "saved" | "failed", error: unknown) => void} told
   * @param {number} [waitMs]
   */
  constructor(save, told, waitMs = 600) {
    this.save = save;
    this.told = told;
    this.waitMs = waitMs;
    /** @type {Sheet | null} */
    this.newest = null;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.timer = undefined;
    this.working = Promise.resolve();
  }

  /** @param {Sheet} sheet */
  change(sheet) {
    this.newest = sheet;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.flush(), this.waitMs);
  }

  /** Whether something is not saved yet. */
  unsaved() {
    return this.newest !== null;
  }

  /** Save now what is not saved yet; done when it is, or has failed. */
  flush() {
    clearTimeout(this.timer);
    this.working = this.working.then(() => this.once());
    return this.working;
  }

  async once() {
    const sheet = this.newest;
    if (!sheet) return;
    this.newest = null;
    this.told("saving", null);
    try {
      await this.save(sheet);
      if (!this.newest) this.told("saved", null);
    } catch (error) {
      this.newest ??= sheet; // kept for the next change, or the next try
      this.told("failed", error);
      clearTimeout(this.timer);
      if (mayPass(error)) this.timer = setTimeout(() => void this.flush(), AGAIN_MS);
    }
  }
}
