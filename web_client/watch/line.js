// The line of somebody who watches: it receives, and sends nothing but cues. After a drop it is told everything again.

import { Connection } from "../live/connection.js";
import { EMPTY, fold } from "../live/conversation.js";
import { recalled } from "../live/lines.js";

/** @typedef {import("../types/api.js").Turn} Turn */
/** @typedef {import("../types/wire.js").ServerEvent} ServerEvent */
/** @typedef {import("../types/wire.js").View} View */

/** Events after which the kept transcript has a turn more, or knows one by its final id. */
const GROWN = new Set(["response.done", "response.created", "bedside.shown", "bedside.phase", "conversation.item.truncated"]);
const SETTLE_MS = 300;

export class WatchLine {
  /**
   * @param {string} id
   * @param {{changed: () => void, event: (event: ServerEvent) => void, transcript: () => Promise<Turn[]>}} host
   */
  constructor(id, host) {
    this.host = host;
    /** @type {View} */
    this.view = EMPTY;
    /** @type {import("../live/connection.js").LineStatus} */
    this.line = "connecting";
    /** @type {import("../live/closing.js").Closing | null} */
    this.closing = null;
    this.timer = 0;
    /** When the server last told the time. */
    this.timerAt = 0;
    this.connection = new Connection(id, { event: (event) => this.received(event), status: (line, closing) => this.lineIs(line, closing) }, true);
  }

  start() {
    this.connection.connect();
  }

  /** @param {import("../live/connection.js").LineStatus} line @param {import("../live/closing.js").Closing | null} closing */
  lineIs(line, closing) {
    this.line = line;
    this.closing = closing;
    if (closing?.then === "over") void this.recall();
    this.host.changed();
  }

  /** @param {ServerEvent} event */
  received(event) {
    this.view = fold(this.view, event);
    if (event.type === "bedside.timer") this.timerAt = performance.now();
    if (GROWN.has(event.type)) {
      clearTimeout(this.timer);
      this.timer = window.setTimeout(() => void this.recall(), SETTLE_MS);
    }
    this.host.event(event);
    this.host.changed();
  }

  /** Bring a moment forward, or take that back where it still waits. @param {import("../types/wire.js").Cueable} cue */
  cue({ beat, prompt, may_take_back }) {
    return this.connection.send({ type: may_take_back ? "bedside.take_back" : "bedside.cue", ...(beat ? { beat } : { prompt }) });
  }

  /** Encounter time in ms, as far as this page knows it. */
  get now() {
    const timer = this.view.timer;
    return timer ? timer.at_ms + (timer.running ? performance.now() - this.timerAt : 0) : 0;
  }

  async recall() {
    const turns = await this.host.transcript().catch(() => null);
    if (turns) this.view = recalled(this.view, turns);
    this.host.changed();
  }

  leave() {
    clearTimeout(this.timer);
    this.connection.leave();
  }
}
