// The talk button: two presses, or held, or a switch for a microphone that always listens. Space works only when it has focus.

import { h, say } from "../app/dom.js";

/** @typedef {import("./room_dock.js").Controls} Controls */
/** @typedef {import("../audio/problems.js").Problem} Problem */

/**
 * @param {Controls} controls
 * @param {() => void} begins called when the learner begins to talk
 */
export function talkButton({ session, voice, talk, handsFree, problem }, begins) {
  const button = h("button", { class: "button talk", type: "button" });

  async function start() {
    if (session.line !== "open" || voice.opening) return;
    begins();
    try {
      await voice.talk();
    } catch (found) {
      problem(/** @type {Problem} */ (found));
      update();
    }
  }

  /** Hands-free, and switched off by hand: it stays off, whatever comes. */
  let muted = false;
  const flip = () => {
    muted = voice.talking;
    void (voice.talking ? voice.done() : start());
  };
  if (talk === "hold") held(button, start, () => void voice.done());
  else button.addEventListener("click", flip);

  function words() {
    if (voice.opening) return "Opening the microphone …";
    if (handsFree) return voice.talking ? "Turn the microphone off" : "Turn the microphone on";
    if (talk === "hold") return voice.talking ? "Let go when you have finished" : "Hold to talk";
    return voice.talking ? "Finish talking" : "Start talking";
  }

  function update() {
    say(button, words());
    button.classList.toggle("on", voice.talking);
    // not `disabled`: that would take the focus away from somebody who holds the key
    button.setAttribute("aria-disabled", String(session.line !== "open" || voice.opening));
  }

  /** The room is open: hands-free begins by itself. */
  function open() {
    if (handsFree && !muted && !voice.talking && !voice.opening) void start();
  }

  return { content: button, update, open };
}

/**
 * Pressed as long as it is held, by pointer or key.
 * @param {HTMLButtonElement} button
 * @param {() => Promise<void>} start
 * @param {() => void} done
 */
function held(button, start, done) {
  let down = false;
  /** Let go while the microphone was still opening: nothing is to be heard. @type {Promise<void>} */
  let opened = Promise.resolve();
  const press = () => {
    if (down) return;
    down = true;
    opened = start();
  };
  const release = () => {
    if (!down) return;
    down = false;
    void opened.then(done);
  };
  const isKey = (/** @type {KeyboardEvent} */ event) => event.key === " " || event.key === "Enter";
  button.addEventListener("pointerdown", (event) => { button.setPointerCapture(event.pointerId); press(); });
  for (const name of ["pointerup", "pointercancel", "blur"]) button.addEventListener(name, release);
  button.addEventListener("keydown", (event) => { if (isKey(event)) { event.preventDefault(); press(); } });
  button.addEventListener("keyup", (event) => { if (isKey(event)) { event.preventDefault(); release(); } });
  button.addEventListener("contextmenu", (event) => event.preventDefault());
}
