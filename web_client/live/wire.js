// What we send, one function an event. docs/protocol.md is the contract. Pure.

/** @typedef {import("../types/wire.js").ClientEvent} ClientEvent */
/** @typedef {import("../types/wire.js").TalkStyle} TalkStyle */

export const LONGEST_TEXT = 2000;

/**
 * An id that stays with a typed turn however often it is sent.
 * @returns {string}
 */
export function freshItemId() {
  const bytes = crypto.getRandomValues(new Uint8Array(10));
  return `item_${Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("")}`;
}

/**
 * @param {{aloud: boolean, talk: TalkStyle, rate: number | null}} wish `rate`: of the microphone, null without one
 * @returns {ClientEvent}
 */
export function settings({ aloud, talk, rate }) {
  const input = {
    ...(rate ? { format: { type: "audio/pcm", rate } } : {}),
    turn_detection: talk === "hands_free" && rate ? { type: "server_vad", interrupt_response: true } : null,
  };
  return {
    type: "session.update",
    session: { type: "realtime", output_modalities: [aloud ? "audio" : "text"], audio: { input } },
  };
}

/** @param {string} id @param {string} text @returns {ClientEvent} */
export function typed(id, text) {
  const content = [{ type: "input_text", text }];
  // the event carries the item's id, so that a refusal can be told which turn it means
  return { type: "conversation.item.create", event_id: id, item: { id, type: "message", role: "user", content } };
}

/** @param {string} item @param {number} ms @returns {ClientEvent} */
export function truncate(item, ms) {
  return { type: "conversation.item.truncate", item_id: item, content_index: 0, audio_end_ms: Math.floor(ms) };
}

/** @param {string} item @param {number} ms @returns {ClientEvent} */
export function played(item, ms) {
  return { type: "bedside.played", item_id: item, audio_ms: Math.floor(ms) };
}

export const enter = { type: "bedside.enter" };
export const answer = { type: "response.create" };
export const commit = { type: "input_audio_buffer.commit" };
export const clear = { type: "input_audio_buffer.clear" };
export const pause = { type: "bedside.pause" };
export const resume = { type: "bedside.resume" };

/** @param {string} audio base64 @returns {ClientEvent} */
export const append = (audio) => ({ type: "input_audio_buffer.append", audio });
/** @param {string} action @returns {ClientEvent} */
export const act = (action) => ({ type: "bedside.action", action });
/** @param {number} ms @returns {ClientEvent} */
export const silence = (ms) => ({ type: "bedside.silence", duration_ms: Math.round(ms) });
/** @param {"learner" | "stop"} reason @returns {ClientEvent} */
export const end = (reason) => ({ type: "bedside.end", reason });

/**
 * The log's sequence number inside an event id `evt_<seq>_<n>`; 0 where there is none.
 * @param {string | undefined} eventId
 */
export function seqOf(eventId) {
  return Number(/^evt_(\d+)_/.exec(eventId ?? "")?.[1] ?? 0);
}
