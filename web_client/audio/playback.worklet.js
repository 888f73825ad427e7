// PCM16 at 24 kHz to the context's rate, without gaps: a queue, linear resampling, a start threshold, and a count of what
// was really played. It can be held at a sample and goes on from it. One file without imports, because not every browser
// lets a worklet import.

const SOURCE_HZ = 24000;
const START_S = 0.06;
const REPORT_S = 0.1;
// where sound stops or goes on in the middle, the jump dies away like this instead of clicking: e times less in 4 ms
const SOFT_S = 0.004;

/** @typedef {{item: string, samples: Int16Array}} Chunk */

class Playback extends AudioWorkletProcessor {
  constructor() {
    super();
    /** @type {Chunk[]} */
    this.queue = [];
    /** Samples of the source that wait, those of a chunk in play included. */
    this.waiting = 0;
    /** Fractional place inside the first chunk. */
    this.place = 0;
    this.playing = false;
    /** No more will come for the item in play: do not wait for the threshold, and an empty queue is no underrun. */
    this.ended = true;
    this.item = "";
    /** Samples of the source played of `item`. */
    this.played = 0;
    this.underruns = 0;
    this.sinceReport = 0;
    /** It stands still, while it is unclear whether the learner interrupts. */
    this.held = false;
    this.last = 0;
    /** What is left of a jump, to be added to the output. */
    this.jump = 0;
    this.fade = Math.exp(-1 / (SOFT_S * sampleRate));
    this.step = SOURCE_HZ / sampleRate;
    this.port.onmessage = ({ data }) => this.told(data);
  }

  /** @param {{kind: string, item: string, pcm: ArrayBuffer, on: boolean}} message */
  told(message) {
    if (message.kind === "push") this.push(message.item, new Int16Array(message.pcm));
    else if (message.kind === "end") this.ended = true;
    else if (message.kind === "flush") this.flush();
    else if (message.kind === "hold") this.hold(message.on);
  }

  /** Stop at this sample, or go on with the next. What was played so far is told at once. @param {boolean} on */
  hold(on) {
    if (on === this.held) return;
    this.held = on;
    if (!this.playing) return;
    if (on) this.report(false);
    this.jump = this.last - (on ? 0 : this.sample());
  }

  /**
   * @param {string} item
   * @param {Int16Array} samples
   */
  push(item, samples) {
    if (!samples.length) return;
    this.queue.push({ item, samples });
    this.waiting += samples.length;
    this.ended = false;
  }

  /** Barge-in: drop everything, and say how far the item in play had come. */
  flush() {
    const { item, played } = this;
    this.queue = [];
    this.waiting = this.place = this.played = 0;
    this.item = "";
    this.jump = this.playing ? this.last : this.jump;
    this.playing = this.held = false;
    this.ended = true;
    this.port.postMessage({ kind: "flushed", item, ms: this.inMs(played) });
  }

  /** @param {number} samples */
  inMs(samples) {
    return Math.floor((samples * 1000) / SOURCE_HZ);
  }

  /** @param {boolean} drained */
  report(drained) {
    this.sinceReport = 0;
    const { item, underruns } = this;
    if (item) this.port.postMessage({ kind: "played", item, ms: this.inMs(this.played), underruns, drained });
  }

  /**
   * @param {Float32Array[][]} _inputs
   * @param {Float32Array[][]} outputs
   */
  process(_inputs, outputs) {
    const out = outputs[0]?.[0];
    if (!out) return true;
    if (this.held) return this.settle(out, 0);
    const enough = this.waiting >= START_S * SOURCE_HZ || (this.ended && this.waiting > 0);
    if (!this.playing && enough) this.playing = true;
    if (!this.playing) {
      if (this.ended && this.item) this.finish();
      return this.settle(out, 0);
    }
    let k = 0;
    for (; k < out.length && this.playing; k++) out[k] = this.softly(this.next());
    this.settle(out, k);
    this.sinceReport += out.length / sampleRate;
    if (this.sinceReport >= REPORT_S) this.report(false);
    return true;
  }

  /** The rest of a block in which nothing plays. @param {Float32Array} out @param {number} from */
  settle(out, from) {
    for (let k = from; k < out.length; k++) out[k] = this.softly(0);
    return true;
  }

  /** @param {number} value */
  softly(value) {
    this.last = value + this.jump;
    this.jump = Math.abs(this.jump) > 1e-5 ? this.jump * this.fade : 0;
    return this.last;
  }

  /** The next sample of the output; 0 when the queue has run dry. */
  next() {
    const first = this.queue[0];
    if (!first) {
      this.playing = false;
      if (this.ended) this.finish();
      else this.underruns++;
      return 0;
    }
    if (first.item !== this.item) this.turnTo(first.item);
    const value = this.sample();
    this.place += this.step;
    this.played += this.step;
    this.drop();
    return value;
  }

  /** The sound at this place, between two samples of the source. */
  sample() {
    const first = this.queue[0];
    const index = Math.floor(this.place);
    const here = first?.samples[index] ?? 0;
    const after = first?.samples[index + 1] ?? this.queue[1]?.samples[0] ?? here;
    return (here + (after - here) * (this.place - index)) / 32768;
  }

  /** @param {string} item */
  turnTo(item) {
    if (this.item) this.finish();
    this.item = item;
    this.played = this.place;
  }

  finish() {
    this.played = Math.round(this.played);
    this.report(true);
    this.item = "";
    this.played = 0;
  }

  /** Let go of chunks that were played to their end. */
  drop() {
    for (let first = this.queue[0]; first && this.place >= first.samples.length; first = this.queue[0]) {
      this.place -= first.samples.length;
      this.waiting -= first.samples.length;
      this.queue.shift();
    }
    if (!this.queue.length) this.place = 0;
  }
}

registerProcessor("playback", Playback);
export {};
