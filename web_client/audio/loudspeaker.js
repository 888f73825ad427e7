// The loudspeaker: replies in, what was really played out.

import { audioContext } from "./context.js";

export class Loudspeaker {
  /** @param {(item: string, ms: number, drained: boolean) => void} played called about every 100 ms while sound plays */
  static async make(played) {
    return new Loudspeaker(await audioContext(), played);
  }

  /**
   * @param {AudioContext} context
   * @param {(item: string, ms: number, drained: boolean) => void} played
   */
  constructor(context, played) {
    this.context = context;
    this.played = played;
    this.node = new AudioWorkletNode(context, "playback", { numberOfInputs: 0, outputChannelCount: [1] });
    this.node.connect(context.destination);
    /** The item whose sound is on its way to the ear; empty when there is none. */
    this.item = "";
    this.underruns = 0;
    /** @type {((flushed: {item: string, ms: number}) => void)[]} */
    this.asked = [];
    this.node.port.onmessage = ({ data }) => this.told(data);
  }

  /** What the worklet has rendered is heard this much later: by Bluetooth, a fifth of a second. */
  get latencyMs() {
    return Math.round(1000 * (this.context.outputLatency || this.context.baseLatency || 0));
  }

  /** @param {{kind: string, item: string, ms: number, drained: boolean, underruns: number}} message */
  told(message) {
    if (message.kind === "flushed") {
      this.asked.shift()?.({ item: message.item, ms: Math.max(0, message.ms - this.latencyMs) });
      return;
    }
    this.underruns = message.underruns;
    if (message.drained) setTimeout(() => this.drained(message.item, message.ms), this.latencyMs);
    else this.played(message.item, Math.max(0, message.ms - this.latencyMs), false);
  }

  /**
   * @param {string} item
   * @param {number} ms
   */
  drained(item, ms) {
    if (this.item === item) this.item = "";
    this.played(item, ms, true);
  }

  /**
   * @param {string} item
   * @param {ArrayBuffer} pcm PCM16 at 24 kHz
   */
  push(item, pcm) {
    this.item = item;
    this.node.port.postMessage({ kind: "push", item, pcm }, [pcm]);
  }

  /** No more sound will come for `item`. */
  end(/** @type {string} */ item) {
    this.node.port.postMessage({ kind: "end", item });
  }

  /**
   * Silence at once.
   * @returns {Promise<{item: string, ms: number}>} what was playing and how much of it was heard
   */
  flush() {
    this.item = "";
    return new Promise((done) => {
      this.asked.push(done);
      this.node.port.postMessage({ kind: "flush" });
    });
  }

  /** Stand still at this sample, or go on from it: nothing is lost, and nothing counts as heard meanwhile. @param {boolean} on */
  duck(on) {
    this.node.port.postMessage({ kind: "hold", on });
  }

  close() {
    this.node.port.onmessage = null;
    this.node.disconnect();
  }
}

/** Two soft notes, for the sound check. */
export async function testTone() {
  const context = await audioContext();
  await context.resume();
  for (const [hz, at] of [[392, 0], [523.25, 0.35]]) {
    const start = context.currentTime + (at ?? 0);
    const note = new OscillatorNode(context, { frequency: hz ?? 440 });
    const gain = new GainNode(context, { gain: 0 });
    gain.gain.setTargetAtTime(0.2, start, 0.02);
    gain.gain.setTargetAtTime(0, start + 0.25, 0.08);
    note.connect(gain).connect(context.destination);
    note.start(start);
    note.stop(start + 0.8);
  }
}
