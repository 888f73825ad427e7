// The bottom of the room: talking, writing, doing, and waiting in silence.

import { h } from "../app/dom.js";
import * as wire from "../live/wire.js";
import { silenceButton } from "./room_silence.js";
import { talkButton } from "./room_talk.js";
import { writing } from "./room_writing.js";

/** @typedef {import("../live/state_words.js").StateKey} StateKey */
/**
 * @typedef {{session: import("../live/session.js").Session, voice: import("../live/voice.js").Voice, byVoice: boolean,
 *   handsFree: boolean, talk: import("../types/wire.js").TalkStyle, name: string, actions: {id: string, label: string}[],
 *   problem: (found: import("../audio/problems.js").Problem) => void}} Controls
 */

/** States in which a held silence is over: somebody speaks, or nobody can. */
const ENDS_SILENCE = new Set(["hearing", "speaking", "thinking", "paused", "reconnecting", "over"]);

/** @param {Controls} controls */
export function dock(controls) {
  const { session } = controls;
  const silence = silenceButton((ms) => session.send(wire.silence(ms)));
  const talk = controls.byVoice ? talkButton(controls, () => silence.end()) : null;
  const box = writing(controls.name, (text) => {
    silence.end();
    session.say(text);
  });
  const actions = controls.actions.map(({ id, label }) =>
    h("button", { class: "button quiet small", type: "button", onclick: () => { silence.end(); session.send(wire.act(id)); } }, label),
  );
  const deeds = h("div", { class: "deeds", role: "group", "aria-label": "What you can do" }, ...actions, silence.content);
  const content = h("div", { class: "dock-controls" }, talk?.content, box.content, deeds);

  return {
    content,
    holding: silence.holding,
    open: () => talk?.open(),
    /** @param {StateKey} key */
    update(key) {
      if (ENDS_SILENCE.has(key)) silence.end();
      const shut = key === "paused" || key === "over";
      content.hidden = shut || session.line === "closed";
      for (const button of actions) button.disabled = session.line !== "open";
      silence.able(session.line === "open");
      talk?.update();
    },
    leave: () => silence.leave(),
  };
}
