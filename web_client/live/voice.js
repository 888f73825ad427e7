// The sound of an encounter: their voices out, the learner's in, and what happens when both speak at once.

import { Loudspeaker } from "../audio/loudspeaker.js";
import { Microphone } from "../audio/microphone.js";
import { fromBase64, toBase64 } from "../audio/pcm.js";
import { audioContext, wake } from "../audio/context.js";
import * as wire from "./wire.js";

/** @typedef {import("../types/wire.js").ServerEvent} ServerEvent */
/** @typedef {import("../types/wire.js").ClientEvent} ClientEvent */
const TAIL_MS = 160; // a finger leaves the button before the last word is out
const LEAST_FRAMES = 6; // less sound than this is a slip of the finger

export class Voice {
  /**
   * @param {{send: (event: ClientEvent) => boolean, sendSound: (event: ClientEvent) => boolean, level: (peak: number) => void,
   *   changed: () => void}} host
   * @param {{aloud: boolean, handsFree: boolean, device: string}} wish
   */
  constructor(host, wish) {
    this.host = host;
    this.wish = wish;
    /** @type {Loudspeaker | null} */
    this.loudspeaker = null;
    /** @type {Microphone | null} */
    this.microphone = null;
    /** The learner has the word (toggle, hold) or the microphone listens by itself (hands-free). */
    this.talking = false;
    this.opening = false;
    this.frames = 0;
    this.rate = 48000;
    /** The browser waits for a gesture before it lets sound out. */
    this.asleep = false;
    /** Replies that were interrupted: their sound may still be on its way. @type {Set<string>} */
    this.dropped = new Set();
  }

  async start() {
    this.rate = (await audioContext()).sampleRate;
    if (this.wish.aloud) this.loudspeaker = await Loudspeaker.make((item, ms, drained) => this.played(item, ms, drained));
    await this.wake();
  }

  async wake() {
    this.asleep = !(await wake());
    this.host.changed();
  }

  get playing() {
    return Boolean(this.loudspeaker?.item);
  }

  /** @param {ServerEvent} event */
  received(event) {
    const id = event.item_id ?? "";
    if (event.type === "response.output_audio.delta" && !this.dropped.has(id)) {
      this.loudspeaker?.push(id, fromBase64(event.delta ?? ""));
    }
    if (event.type === "response.output_audio.done") this.loudspeaker?.end(id);
    if (event.type === "bedside.duck") this.loudspeaker?.duck(Boolean(event.ducked));
    if (event.type === "input_audio_buffer.speech_started" || this.cuts(event)) void this.interrupt();
  }

  /** The reply in play was cut on the other side: what has come of it already is not played. @param {ServerEvent} event */
  cuts({ type, response }) {
    const ours = response?.output?.some((item) => item.id === this.loudspeaker?.item);
    return type === "response.done" && response?.status === "cancelled" && Boolean(ours);
  }

  /** @param {string} item @param {number} ms @param {boolean} drained */
  played(item, ms, drained) {
    this.host.send(wire.played(item, ms));
    if (drained) this.host.changed();
  }

  /** Stop whoever speaks in the middle of a word, and say how much of it was heard. */
  async interrupt() {
    const item = this.loudspeaker?.item;
    if (!this.loudspeaker || !item) return;
    this.dropped.add(item);
    const flushed = await this.loudspeaker.flush();
    if (flushed.item) this.host.send(wire.truncate(flushed.item, flushed.ms));
    this.host.changed();
  }

  /** Open the microphone if it is not. Throws a `Problem` (audio/problems.js). */
  async open() {
    if (this.microphone) return;
    this.opening = true;
    this.host.changed();
    try {
      await wake();
      this.microphone = await Microphone.ask(this.wish.device, (pcm, peak) => this.heard(pcm, peak));
      this.microphone.onLost(() => this.lost());
    } finally {
      this.opening = false;
    }
  }

  /** @param {ArrayBuffer} pcm @param {number} peak */
  heard(pcm, peak) {
    this.host.level(peak);
    if (this.talking && this.host.sendSound(wire.append(toBase64(pcm)))) this.frames++;
  }

  lost() {
    this.microphone?.close();
    this.microphone = null;
    this.quiet();
  }

  /** Take the word. Throws a `Problem`. */
  async talk() {
    await this.open();
    if (this.talking) return;
    if (!this.wish.handsFree) {
      await this.interrupt();
      this.host.send(wire.clear);
    }
    this.frames = 0;
    this.talking = true;
    this.microphone?.open(true);
    this.host.changed();
  }

  /** Give the word back: what was said is complete. */
  async done() {
    if (!this.talking) return;
    await new Promise((later) => setTimeout(later, TAIL_MS));
    const enough = this.frames >= LEAST_FRAMES;
    this.quiet();
    if (this.wish.handsFree) return;
    if (enough && this.host.send(wire.commit)) this.host.send(wire.answer);
    else this.host.send(wire.clear);
  }

  /** Shut the microphone. */
  quiet() {
    this.talking = false;
    this.microphone?.open(false);
    this.host.level(0);
    this.host.changed();
  }

  /** The line dropped or the encounter paused. */
  hush() {
    if (this.talking) this.quiet();
    void this.loudspeaker?.flush();
  }

  leave() {
    this.microphone?.close();
    this.loudspeaker?.close();
    this.microphone = this.loudspeaker = null;
  }
}
