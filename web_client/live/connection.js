// One encounter's socket: it opens, drops, waits and comes back, and tells what it is doing.

import { backoffMs, closing } from "./closing.js";
import { seqOf } from "./wire.js";

/** @typedef {import("../types/wire.js").ClientEvent} ClientEvent */
/** @typedef {import("../types/wire.js").ServerEvent} ServerEvent */
/** @typedef {import("./closing.js").Closing} Closing */
/** @typedef {"connecting" | "open" | "waiting" | "closed"} LineStatus */
/**
 * @typedef {{event: (event: ServerEvent) => void, status: (status: LineStatus, closing: Closing | null) => void}} Listener
 */

const FULL_BYTES = 1 << 20;

export class Connection {
  /**
   * @param {string} encounter
   * @param {Listener} listener
   * @param {boolean} [watching] receive only
   */
  constructor(encounter, listener, watching = false) {
    this.watching = watching;
    this.encounter = encounter;
    this.listener = listener;
    /** @type {WebSocket | null} */
    this.socket = null;
    this.seq = 0;
    this.attempt = 0;
    this.timer = 0;
    this.left = false;
    this.online = () => this.timer && this.connect();
    window.addEventListener("online", this.online);
  }

  get address() {
    const scheme = location.protocol === "https:" ? "wss" : "ws";
    // one less than what was seen: an event may come as several messages, and a repeated item is folded by its id
    const after = this.watching ? "&observe=1" : this.seq > 1 ? `&after=${this.seq - 1}` : "";
    return `${scheme}://${location.host}/v1/realtime?encounter=${encodeURIComponent(this.encounter)}${after}`;
  }

  connect() {
    clearTimeout(this.timer);
    this.timer = 0;
    this.listener.status("connecting", null);
    const socket = new WebSocket(this.address);
    this.socket = socket;
    socket.onmessage = ({ data }) => this.received(data);
    socket.onclose = ({ code }) => this.socket === socket && this.closed(code);
  }

  /** @param {unknown} data */
  received(data) {
    if (typeof data !== "string") return;
    const event = /** @type {ServerEvent} */ (JSON.parse(data));
    this.seq = Math.max(this.seq, seqOf(event.event_id), event.seq ?? 0);
    if (event.type === "bedside.encounter") {
      this.attempt = 0;
      this.listener.status("open", null);
    }
    this.listener.event(event);
  }

  /** @param {number} code */
  closed(code) {
    this.socket = null;
    if (this.left) return;
    const why = closing(code);
    if (why.forget) this.seq = 0;
    if (why.then !== "again") return this.listener.status("closed", why);
    this.timer = window.setTimeout(() => this.connect(), backoffMs(this.attempt++, Boolean(why.slow), Math.random()));
    this.listener.status("waiting", why);
  }

  get open() {
    return this.socket?.readyState === WebSocket.OPEN;
  }

  /** False when it could not be sent; who cares keeps it. @param {ClientEvent} event */
  send(event) {
    if (!this.open) return false;
    this.socket?.send(JSON.stringify(event));
    return true;
  }

  /** Sound, unless the line is so full that it would only come late. @param {ClientEvent} event */
  sendSound(event) {
    return (this.socket?.bufferedAmount ?? FULL_BYTES) < FULL_BYTES && this.send(event);
  }

  leave() {
    this.left = true;
    clearTimeout(this.timer);
    window.removeEventListener("online", this.online);
    this.socket?.close(1000);
  }
}
