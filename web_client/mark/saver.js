// Keeps a sheet while it grows: one line at a time, a moment after its last change, again and again while the line is down.

import { Refused } from "../app/api.js";
import { lacking, same } from "./line.js";

/** @typedef {import("./line.js").Mark} Mark */
/** @typedef {"saving" | "saved" | "waiting" | "lacking" | "elsewhere" | "failed"} Saved */
/** What is not saved, and what the server held when it was begun; `stuck`: why it is not tried again until it is changed.
 * @typedef {{mark: Mark, base: Mark, stuck: "" | "failed" | "elsewhere"}} Waiting */

const WAIT_MS = 500;
const AGAIN_MS = 3000;
const MOST_ROUNDS = 3;

export class Saver {
  /**
   * @param {{send: (dimension: string, mark: Mark) => Promise<unknown>, reload: () => Promise<unknown>, kept: (dimension: string) => Mark,
   *   told: (dimension: string, saved: Saved, error: unknown) => void}} host `kept`: the line as the server was last known to hold it
   * @param {{waitMs?: number, againMs?: number, pending?: Map<string, Waiting>}} [options] `pending`: what waits already
   */
  constructor(host, { waitMs = WAIT_MS, againMs = AGAIN_MS, pending = new Map() } = {}) {
    this.host = host;
    this.waitMs = waitMs;
    this.againMs = againMs;
    this.pending = pending;
    this.stopped = false;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.timer = undefined;
    /** @type {Promise<void>} */
    this.working = Promise.resolve();
  }

  /** @param {string} dimension @param {Mark} mark */
  change(dimension, mark) {
    const base = this.pending.get(dimension)?.base ?? this.host.kept(dimension);
    this.pending.set(dimension, { mark, base, stuck: "" });
    this.host.told(dimension, lacking(mark) ? "lacking" : "saving", null);
    this.later(this.waitMs);
  }

  /** Take the place of what was saved in another window. @param {string} dimension */
  insist(dimension) {
    const waiting = this.pending.get(dimension);
    if (!waiting) return;
    this.pending.set(dimension, { ...waiting, base: this.host.kept(dimension), stuck: "" });
    return this.flush();
  }

  /** Try everything once more, also what was refused; never what would take the place of another window's mark. */
  again() {
    for (const waiting of this.pending.values()) if (waiting.stuck === "failed") waiting.stuck = "";
    return this.flush();
  }

  /** Go on with what an earlier page could not send. */
  resume() {
    for (const [dimension, { mark, base }] of [...this.pending]) {
      const kept = this.host.kept(dimension);
      if (same(kept, mark)) this.pending.delete(dimension);
      else if (same(kept, base)) this.change(dimension, mark);
      else this.stick(dimension, "elsewhere", null);
    }
  }

  /** @param {number} ms */
  later(ms) {
    clearTimeout(this.timer);
    if (this.stopped) return;
    this.timer = setTimeout(() => void this.flush(), ms);
  }

  /** Save now what can be saved; done when it is, or has failed. */
  flush() {
    clearTimeout(this.timer);
    this.working = this.working.then(() => this.all());
    return this.working;
  }

  /** Whether nothing is unsaved. */
  get clean() {
    return this.pending.size === 0;
  }

  async all() {
    for (const [dimension, { mark, stuck }] of [...this.pending]) {
      if (this.stopped) return;
      if (!stuck && !lacking(mark) && !(await this.one(dimension, mark))) return;
    }
  }

  /** Returns false while the line is down: then all is tried again. @param {string} dimension @param {Mark} mark @returns {Promise<boolean>} */
  async one(dimension, mark, round = 1) {
    try {
      await this.host.send(dimension, mark);
    } catch (error) {
      return this.refused(dimension, mark, error, round);
    }
    if (this.pending.get(dimension)?.mark === mark) {
      this.pending.delete(dimension);
      this.host.told(dimension, "saved", null);
    }
    return true;
  }

  /** @param {string} dimension @param {Mark} mark @param {unknown} error @param {number} round @returns {Promise<boolean>} */
  async refused(dimension, mark, error, round) {
    const down = error instanceof Refused && (error.status === 0 || error.status >= 500);
    if (down) {
      this.host.told(dimension, "waiting", error);
      this.later(this.againMs);
      return false;
    }
    if (!(error instanceof Refused) || error.code !== "stale_page" || round > MOST_ROUNDS) return this.stick(dimension, "failed", error);
    const read = await this.host.reload().then(() => null, (failure) => failure);
    if (read) return this.refused(dimension, mark, read, MOST_ROUNDS + 1);
    const waiting = this.pending.get(dimension);
    if (!waiting || !same(waiting.base, this.host.kept(dimension))) return this.stick(dimension, "elsewhere", error);
    return this.one(dimension, mark, round + 1);
  }

  /** Until it is changed, or insisted on. @param {string} dimension @param {"failed" | "elsewhere"} saved @param {unknown} error */
  stick(dimension, saved, error) {
    const waiting = this.pending.get(dimension);
    if (waiting) waiting.stuck = saved;
    this.host.told(dimension, saved, error);
    return true;
  }

  /** Nothing is tried any more; what waits stays where it is. */
  stop() {
    this.stopped = true;
    clearTimeout(this.timer);
  }
}
