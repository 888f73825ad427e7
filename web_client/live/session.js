// A running encounter as this page lives it: the view, the line, and what was typed and not yet acknowledged.

import { Connection } from "./connection.js";
import { EMPTY, fold } from "./conversation.js";
import { put, recalled, touch } from "./lines.js";
import { Outbox } from "./outbox.js";
import * as wire from "./wire.js";

/** @typedef {import("../types/wire.js").ClientEvent} ClientEvent */
/** @typedef {import("../types/wire.js").ServerEvent} ServerEvent */
/** @typedef {import("../types/wire.js").View} View */
/** @typedef {import("./closing.js").Closing} Closing */
/** @typedef {import("./connection.js").LineStatus} LineStatus */

/** A typed turn that is refused with one of these is stored already or never will be; with any other it is kept. */
const SETTLED = new Set(["item_id_reused", "empty_turn", "turn_too_long", "bad_text", "bad_item_id", "encounter_over"]);
/** What was to be done is not offered any more. */
const PASSED = new Set(["action_not_offered", "unknown_action"]);
/** Refusals that only say that this page and the server crossed on the way, or that are shown beside what asked for it. */
const QUIET = new Set(["item_id_reused", "response_cancel_not_active", "cannot_truncate", "audio_end_out_of_range", "wrong_moment", "cannot_steer"]);

export class Session {
  /**
   * @param {string} id
   * @param {{changed: () => void, event: (event: ServerEvent) => void, settings: () => ClientEvent,
   *   transcript: () => Promise<import("../types/api.js").Turn[]>}} host
   */
  constructor(id, host) {
    this.host = host;
    /** @type {View} */
    this.view = EMPTY;
    /** @type {LineStatus} */
    this.line = "connecting";
    /** @type {Closing | null} */
    this.closing = null;
    /** The server's last refusal, for the page to show once. */
    this.refusal = "";
    /** It was of an action whose moment had passed. */
    this.passing = false;
    this.timerAt = 0;
    this.outbox = new Outbox(id, storage());
    this.connection = new Connection(id, {
      event: (event) => this.received(event),
      status: (status, closing) => this.lineIs(status, closing),
    });
    for (const message of this.outbox.waiting) this.showTyped(message);
  }

  start() {
    this.connection.connect();
  }

  /** @param {LineStatus} status @param {Closing | null} closing */
  lineIs(status, closing) {
    this.line = status;
    this.closing = closing;
    this.host.changed();
  }

  /** @param {ServerEvent} event */
  received(event) {
    this.view = fold(this.view, event);
    if (event.type === "bedside.timer") this.timerAt = performance.now();
    if (event.type === "bedside.encounter") this.entered(event);
    if (event.type === "conversation.item.added") this.outbox.settle(event.item?.id);
    if (event.type === "conversation.item.truncated") void this.recall();
    if (event.type === "error") this.refused(event);
    this.host.event(event);
    this.host.changed();
  }

  /** The server knows us: say how we talk, go in, and send again what it has not acknowledged. @param {ServerEvent} event */
  entered(event) {
    this.connection.send(this.host.settings());
    if (event.phase === "prebrief") this.connection.send(wire.enter);
    for (const { id, text } of this.outbox.waiting) this.connection.send(wire.typed(id, text));
    if (this.outbox.waiting.length) this.connection.send(wire.answer);
  }

  /** @param {ServerEvent} event */
  refused({ error }) {
    const code = error?.code ?? "";
    const id = error?.event_id ?? "";
    if (SETTLED.has(code) && this.outbox.settle(id)) {
      this.view = touch(this.view, id, { state: code === "item_id_reused" ? "done" : "failed" });
    }
    if (QUIET.has(code)) return;
    this.passing = PASSED.has(code);
    this.refusal = this.passing ? "That is not possible just now." : (error?.message ?? "");
  }

  /** Exactly what the server keeps as said and heard. */
  async recall() {
    const turns = await this.host.transcript().catch(() => null);
    if (turns) this.view = recalled(this.view, turns);
    this.host.changed();
  }

  // what the learner does

  /** @param {string} text */
  say(text) {
    const message = { id: wire.freshItemId(), text };
    this.outbox.add(message);
    this.showTyped(message);
    if (this.line === "open" && this.connection.send(wire.typed(message.id, text))) this.connection.send(wire.answer);
    this.host.changed();
  }

  /** @param {{id: string, text: string}} message */
  showTyped({ id, text }) {
    this.view = put(this.view, id, { speaker: "learner", kind: "said", text, state: "sending" });
  }

  /** @param {ClientEvent} event */
  send(event) {
    return this.line === "open" && this.connection.send(event);
  }

  leave() {
    if (this.view.phase === "encounter") this.send(wire.pause);
    this.connection.leave();
  }
}

function storage() {
  try {
    return sessionStorage;
  } catch {
    return null;
  }
}
