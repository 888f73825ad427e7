// By voice or in writing, and how: kept for next time. Both count the same.

import { h } from "../app/dom.js";
import { prefer, preferences } from "../app/preferences.js";
import { able } from "./consent.js";
import { soundCheck } from "./sound_check.js";

/** @typedef {import("../types/api.js").Engine} Engine */
/** @typedef {import("../types/wire.js").Preferences} Preferences */

/**
 * A group of radio buttons for one preference.
 * @param {keyof Preferences} name
 * @param {string} legend
 * @param {{value: string, label: string, hint: string, off?: boolean}[]} options
 * @param {() => void} changed
 */
function choose(name, legend, options, changed) {
  const rows = options.map(({ value, label, hint, off }) => {
    const id = `${name}-${value}`;
    const input = h("input", {
      type: "radio", name, id, value, disabled: Boolean(off), checked: !off && preferences()[name] === value, "aria-describedby": `${id}-hint`,
      onchange: () => { prefer({ [name]: value }); changed(); },
    });
    return h(
      "div",
      { class: "choice" },
      input,
      h("div", null, h("label", { for: id }, label), h("p", { id: `${id}-hint`, class: "soft" }, hint)),
    );
  });
  return h("fieldset", null, h("legend", null, legend), ...rows);
}

/**
 * Time accommodations, without asking why.
 * @param {readonly number[]} percents
 * @param {number} usual theirs, as agreed; 100 for most
 */
function timeChoice(percents, usual) {
  const words = (/** @type {number} */ percent) => (percent === 0 ? "No time limit" : percent === 100 ? "The usual time" : `${percent / 100} times the usual time`);
  const select = h("select", { id: "time" }, ...percents.map((each) => h("option", { value: each, selected: each === usual }, words(each))));
  return { content: h("p", { class: "field" }, h("label", { for: "time" }, "How much time do you need?"), select), percent: () => Number(select.value) };
}

/**
 * @param {readonly Engine[]} engines
 * @param {import("../types/api.js").CaseBriefing} detail
 * @param {{again?: boolean, percent?: number}} [wish] `again`: how long and how it is played was chosen already; `percent`:
 *   how much time they have by their account
 */
export function talkChoices(engines, detail, { again = false, percent = 100 } = {}) {
  const heard = able(engines, "hearing");
  const hearing = { ...heard, ready: heard.ready && detail.voice };
  const speaking = able(engines, "speaking");
  if (!hearing.ready) prefer({ way: "typing" });
  if (!speaking.ready) prefer({ aloud: false });
  const check = soundCheck();
  const time = timeChoice(detail.times.time_percents, percent);

  const way = choose("way", "How would you like to talk?", [
    { value: "voice", label: "By voice", hint: hearing.ready ? "Speak, and hear the answers. You can type at any time." : hearing.notice || "This installation cannot hear.", off: !hearing.ready },
    { value: "typing", label: "In writing", hint: "Type, and read the answers. It counts the same." },
  ], show);

  const talk = choose("talk", "When does the microphone listen?", [
    { value: "toggle", label: "Between two presses", hint: "Press to start talking, press again when you have finished." },
    { value: "hold", label: "While I hold the button", hint: "With the mouse, a finger, or the space bar on the button." },
    { value: "hands_free", label: "All the time", hint: "You can interrupt, and be heard pausing. Wear headphones, or the answers are taken for your words." },
  ], show);

  const portrayal = choose("portrayal", "How shall it be played?", [
    { value: "teaching", label: "For learning", hint: "What helps visibly helps, and after a long silence they lead you on, so nobody gets stuck." },
    { value: "assessment", label: "As in an examination", hint: "No reward and no help: the same moments, word for word, for everybody; never easier or harder on purpose." },
  ], show);

  const aloud = h("input", { type: "checkbox", id: "aloud", checked: preferences().aloud && preferences().way === "voice", disabled: !speaking.ready, onchange: () => prefer({ aloud: aloud.checked }) });
  const sound = h("div", { class: "choice" }, aloud, h("label", { for: "aloud" }, "Let me hear the answers aloud"));
  const voiced = h("div", { class: "stack voiced" }, talk, check.content);

  function show() {
    const byVoice = preferences().way === "voice";
    voiced.hidden = !byVoice;
    if (!byVoice) check.leave();
  }

  way.addEventListener("change", () => {
    aloud.checked = speaking.ready && preferences().way === "voice";
    prefer({ aloud: aloud.checked });
  });
  prefer({ aloud: aloud.checked });
  show();
  const content = h("section", { class: "stack" }, h("h2", null, "Your way of talking"), way, voiced, sound, !again && time.content, !again && portrayal);
  return { content, leave: check.leave, timePercent: time.percent };
}
