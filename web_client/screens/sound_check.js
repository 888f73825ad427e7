// The sound check: is there a microphone, does it hear you, do you hear us? Not scored, and nothing is sent or kept.

import { wake } from "../audio/context.js";
import { testTone } from "../audio/loudspeaker.js";
import { Microphone, microphones } from "../audio/microphone.js";
import { meterLevel } from "../audio/pcm.js";
import { announce } from "../app/announcer.js";
import { h, say } from "../app/dom.js";
import { prefer, preferences } from "../app/preferences.js";

/** Loud enough to be speech. */
const SPEECH = 0.04;

/** @returns {{content: HTMLElement, leave: () => void}} */
export function soundCheck() {
  /** @type {Microphone | null} */
  let microphone = null;
  let heard = false;
  const meter = h("div", { class: "meter", role: "img", "aria-label": "Level of your microphone" }, h("div", { class: "meter-fill" }));
  const fill = /** @type {HTMLElement} */ (meter.firstElementChild);
  const words = h("p", { class: "check-words" }, "The browser will ask whether Bedside may use the microphone.");
  const problem = h("div", { class: "note", hidden: true });
  const device = h("select", { id: "device", onchange: () => choose() });
  const picker = h("p", { class: "field", hidden: true }, h("label", { for: "device" }, "Microphone"), device);
  const button = h("button", { class: "button", type: "button", onclick: () => void begin() }, "Check the microphone");
  const tone = h("button", { class: "button quiet", type: "button", onclick: () => void testTone() }, "Play a test sound");

  /** @param {number} peak */
  function level(peak) {
    fill.style.setProperty("--level", String(meterLevel(peak)));
    if (heard || peak < SPEECH) return;
    heard = true;
    say(words, "We hear you. You are ready.");
    announce("We hear you. You are ready.");
  }

  async function begin() {
    stop();
    problem.hidden = true;
    heard = false;
    try {
      await wake();
      microphone = await Microphone.ask(preferences().device, (_, peak) => level(peak));
      microphone.open(true);
    } catch (error) {
      return fail(/** @type {import("../audio/problems.js").Problem} */ (error));
    }
    say(words, "Say a few words: “Good evening, may I sit down?”");
    announce("The microphone is open. Say a few words.");
    say(button, "Check again");
    await listDevices();
  }

  /** @param {import("../audio/problems.js").Problem} found */
  function fail(found) {
    problem.replaceChildren(h("strong", null, found.title), h("p", null, found.mend));
    problem.hidden = false;
    say(words, "");
    announce(`${found.title} ${found.mend}`);
  }

  async function listDevices() {
    const found = await microphones();
    const now = microphone?.device ?? "";
    device.replaceChildren(...found.map((each) => h("option", { value: each.id, selected: each.id === now }, each.label)));
    picker.hidden = found.length < 2;
  }

  function choose() {
    prefer({ device: device.value });
    void begin();
  }

  function stop() {
    microphone?.close();
    microphone = null;
    fill.style.setProperty("--level", "0");
  }

  const content = h(
    "div",
    { class: "stack sound-check" },
    h("h3", null, "Sound check"),
    h("p", { class: "soft" }, "Not scored; nothing is sent or kept."),
    h("div", { class: "row" }, button, tone),
    meter,
    words,
    problem,
    picker,
  );
  return { content, leave: stop };
}
