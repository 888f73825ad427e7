// Microphone to PCM16 frames of 32 ms at the context's own rate, with each frame's peak. The server resamples.

const FRAME_S = 0.032;

class Capture extends AudioWorkletProcessor {
  constructor() {
    super();
    this.length = Math.round(sampleRate * FRAME_S);
    this.frame = new Int16Array(this.length);
    this.filled = 0;
    this.peak = 0;
    this.open = false;
    this.port.onmessage = ({ data }) => {
      this.open = data.open;
      this.filled = 0;
      this.peak = 0;
    };
  }

  /** @param {Float32Array[][]} inputs */
  process(inputs) {
    const channel = inputs[0]?.[0];
    if (!channel || !this.open) return true;
    for (const sample of channel) this.take(Math.max(-1, Math.min(1, sample)));
    return true;
  }

  /** @param {number} sample */
  take(sample) {
    this.peak = Math.max(this.peak, Math.abs(sample));
    this.frame[this.filled++] = sample * 32767;
    if (this.filled < this.length) return;
    const { buffer } = this.frame;
    this.port.postMessage({ pcm: buffer, peak: this.peak }, [buffer]);
    this.frame = new Int16Array(this.length);
    this.filled = 0;
    this.peak = 0;
  }
}

registerProcessor("capture", Capture);
export {};
