// The bottom of the room: talking, writing, doing, and waiting in silence.

import { h } from "../app/dom.js";
import * as wire from "../live/wire.js";
import { deeds } from "./room_deeds.js";
import { silenceButton } from "./room_silence.js";
import { talkButton } from "./room_talk.js";
import { writing } from "./room_writing.js";

/** @typedef {import("../live/state_words.js").StateKey} StateKey */
/**
 * @typedef {{session: import("../live/session.js").Session, voice: import("../live/voice.js").Voice, byVoice: boolean,
 *   handsFree: boolean, talk: import("../types/wire.js").TalkStyle,
 *   problem: (found: import("../audio/problems.js").Problem) => void}} Controls
 */

/** States in which a held silence is over: somebody speaks, or nobody can. */
const ENDS_SILENCE = new Set(["hearing", "speaking", "thinking", "paused", "reconnecting", "over"]);

/** @param {Controls} controls */
export function dock(controls) {
  const { session } = controls;
  const silence = silenceButton((ms) => session.send(wire.silence(ms)));
  const talk = controls.byVoice ? talkButton(controls, () => silence.end()) : null;
  const box = writing((text) => {
    silence.end();
    session.say(text);
  });
  const doing = deeds(silence.content, (id) => {
    silence.end();
    session.send(wire.act(id));
  });
  const content = h("div", { class: "dock-controls" }, talk?.content, box.content, doing.content);

  return {
    content,
    holding: silence.holding,
    open: () => talk?.open(),
    /** @param {StateKey} key */
    update(key) {
      if (ENDS_SILENCE.has(key)) silence.end();
      const shut = key === "paused" || key === "over";
      content.hidden = shut || session.line === "closed";
      doing.update(session.view.actions, session.line === "open");
      silence.able(session.line === "open");
      talk?.update();
    },
    leave: () => silence.leave(),
  };
}
