// A microphone: opened once, and shut between turns, so that nothing is taken while the learner is not talking.

import { audioContext } from "./context.js";
import { microphoneProblem } from "./problems.js";

/** Whether this address may ask for a microphone. */
export const possible = () => Boolean(globalThis.isSecureContext && navigator.mediaDevices?.getUserMedia);

/** @param {string} device id, or empty for the browser's choice */
const constraints = (device) => ({
  audio: {
    echoCancellation: true,
    noiseSuppression: true,
    autoGainControl: true,
    channelCount: 1,
    ...(device ? { deviceId: { exact: device } } : {}),
  },
});

/** @param {string} device */
async function streamOf(device) {
  try {
    return await navigator.mediaDevices.getUserMedia(constraints(device));
  } catch (error) {
    // the microphone of last time may be gone: any other is better than none
    if (device && /** @type {any} */ (error)?.name === "OverconstrainedError") return streamOf("");
    throw error;
  }
}

export class Microphone {
  /**
   * Ask for it. Throws a `Problem` (audio/problems.js).
   * @param {string} device
   * @param {(pcm: ArrayBuffer, peak: number) => void} frame called every 32 ms while it is open
   */
  static async ask(device, frame) {
    let stream;
    try {
      if (!possible()) throw new TypeError("no microphone for this address");
      stream = await streamOf(device);
    } catch (error) {
      throw microphoneProblem(error, possible());
    }
    return new Microphone(stream, await audioContext(), frame);
  }

  /**
   * @param {MediaStream} stream
   * @param {AudioContext} context
   * @param {(pcm: ArrayBuffer, peak: number) => void} frame
   */
  constructor(stream, context, frame) {
    this.stream = stream;
    this.source = context.createMediaStreamSource(stream);
    this.node = new AudioWorkletNode(context, "capture", { numberOfOutputs: 0, channelCount: 1, channelCountMode: "explicit" });
    this.node.port.onmessage = ({ data }) => frame(data.pcm, data.peak);
    this.source.connect(this.node);
    this.open(false);
  }

  /** @param {boolean} on */
  open(on) {
    for (const track of this.stream.getAudioTracks()) track.enabled = on;
    this.node.port.postMessage({ open: on });
  }

  /** Called when the device is unplugged or its permission withdrawn. */
  onLost(/** @type {() => void} */ lost) {
    for (const track of this.stream.getAudioTracks()) track.addEventListener("ended", lost);
  }

  /** The device in use, as the browser names it. */
  get device() {
    return this.stream.getAudioTracks()[0]?.getSettings().deviceId ?? "";
  }

  close() {
    this.node.port.onmessage = null;
    this.source.disconnect();
    for (const track of this.stream.getTracks()) track.stop();
  }
}

/** @returns {Promise<{id: string, label: string}[]>} the microphones that may be chosen */
export async function microphones() {
  const devices = await navigator.mediaDevices.enumerateDevices();
  const inputs = devices.filter((device) => device.kind === "audioinput" && device.deviceId);
  return inputs.map((device, k) => ({ id: device.deviceId, label: device.label || `Microphone ${k + 1}` }));
}
