// The marking as this page knows it, and every step that it sends.

import { api, Refused } from "../app/api.js";
import { BLANK, markOf } from "./line.js";
import { unsentOf, whose } from "./unsent.js";

/** @typedef {import("../types/api.js").MarkingPage} MarkingPage */
/** @typedef {import("../types/api.js").MarkingState} MarkingState */
/** @typedef {import("../types/api.js").MarkStep} MarkStep */
/** @typedef {import("./line.js").Mark} Mark */

/** Steps that rest on nothing but one's own sheet. */
const OWN = ["overall_given", "sheet_closed", "sheet_withdrawn"];

export class Desk {
  /**
   * @param {string} id of the encounter @param {MarkingPage} page @param {() => void} changed the state is another one
   * @param {Parameters<typeof whose>[0]} [me] who is signed in, where it is known
   */
  constructor(id, page, changed, me = null) {
    this.id = id;
    this.page = page;
    this.changed = changed;
    /** @type {MarkingState} */
    this.state = page.state;
    /** What whoever was not invited by name has typed. */
    this.typed = page.state.name;
    this.unsent = unsentOf(id, whose(me, page.state.name));
    /** One step after the other, so that each is made on what the one before has left. @type {Promise<unknown>} */
    this.line = Promise.resolve();
  }

  /** The line as the server was last known to hold it. @param {string} dimension @returns {Mark} */
  kept(dimension) {
    const mine = this.state.sheets.find((each) => each.mine);
    const line = mine?.own.find((each) => each.dimension === dimension);
    return line ? markOf(line) : BLANK;
  }

  /** @param {MarkStep} step */
  send(step) {
    const done = this.line.then(() => this.one(step));
    this.line = done.catch(() => undefined);
    return done;
  }

  /** @param {MarkStep} step */
  async one(step) {
    this.state = await api.markStep(this.id, { name: this.typed, ...step, expected_step: this.state.step });
    this.changed();
  }

  /**
   * A step that somebody waits for. On a stale page the new state is shown and the refusal told; but what is about one's
   * own sheet alone is sent once more where only others have gone on.
   * @param {MarkStep} step
   */
  async act(step) {
    const before = this.own();
    try {
      await this.send(step);
    } catch (error) {
      if (!(error instanceof Refused) || !["stale_page", "stale_draft"].includes(error.code)) throw error;
      const read = await this.reload().then(() => true, () => false);
      if (!read || !OWN.includes(step.kind) || this.own() !== before) throw error;
      await this.send(step);
    }
  }

  /** One's own sheet as it is known here, to be compared. */
  own() {
    return JSON.stringify(this.state.sheets.find((each) => each.mine) ?? null);
  }

  /** @param {string} dimension @param {Mark} mark */
  mark(dimension, mark) {
    return this.send({ kind: "mark_given", dimension, status: mark.status, level: mark.level, evidence: mark.evidence, comment: mark.comment });
  }

  async reload() {
    this.state = (await api.marking(this.id)).state;
    this.changed();
  }
}
