// How the events of items and replies change the captions. Pure.

import { joined, put, SURE, touch } from "./lines.js";

/** @typedef {import("../types/wire.js").Item} Item */
/** @typedef {import("../types/wire.js").ServerEvent} ServerEvent */
/** @typedef {import("../types/wire.js").View} View */
/** @typedef {(view: View, event: ServerEvent) => View} Fold */

/** The words inside an item; empty where there are none yet. @param {Item | undefined} item */
function wordsOf(item) {
  return (item?.content ?? []).map((part) => part.text ?? part.transcript ?? "").filter(Boolean).join(" ");
}

/** Who says it; nothing where the server does not say so. @param {Item} item */
function whoOf(item) {
  return item.bedside_speaker ? { speaker: item.bedside_speaker, name: item.bedside_speaker_name ?? "" } : {};
}

/** @type {Fold} */
function added(view, { item }) {
  if (!item?.id) return view;
  const text = wordsOf(item);
  const known = text ? { text } : {};
  const whole = item.status === "completed" || item.status === "incomplete";
  if (item.role === "user") {
    return put(view, item.id, { speaker: "learner", kind: "said", state: whole ? "done" : "recognising", ...known });
  }
  const now = { ...view, speaker: item.bedside_speaker ?? view.speaker };
  return put(now, item.id, { ...whoOf(item), state: whole ? "done" : "speaking", cut: item.status === "incomplete", ...known });
}

/** @type {Fold} */
function completed(view, { item }) {
  if (!item?.id) return view;
  const text = wordsOf(item);
  if (item.role === "user") return touch(view, item.id, { state: "done", ...(text ? { text } : {}) });
  return put(view, item.id, { ...whoOf(item), state: "done", cut: item.status === "incomplete", text });
}

/** @type {Fold} */
function grown(view, { item_id: id, delta }) {
  if (!id || !delta) return view;
  const before = view.lines.find((line) => line.id === id)?.text ?? "";
  return { ...put(view, id, { state: "speaking", text: joined(before, delta) }), floor: "speaking" };
}

/** @type {Fold} */
function heard(view, event) {
  const unsure = (event.confidence ?? 1) < SURE;
  return put(view, event.item_id ?? "", {
    speaker: "learner", kind: "said", text: event.transcript ?? "", state: "done", unsure,
  });
}

/** @type {Fold} */
function shown(view, event) {
  const kind = event.kind ?? "shown";
  const who = { speaker: event.speaker ?? "", name: event.speaker_name ?? "" };
  return put(view, event.item_id ?? "", { ...who, kind, text: event.text ?? "", state: "done" });
}

/** Somebody is about to answer. @type {Fold} */
function begun(view, { response }) {
  return { ...view, floor: "thinking", speaker: response?.metadata?.["bedside_speaker"] ?? view.speaker };
}

/** @type {(floor: View["floor"]) => Fold} */
const floor = (now) => (view) => ({ ...view, floor: now });

/** @type {Record<string, Fold>} */
export const items = {
  "conversation.item.added": added,
  "conversation.item.done": completed,
  "response.output_item.added": added,
  "response.output_audio_transcript.delta": grown,
  "response.output_text.delta": grown,
  "response.output_audio.delta": floor("speaking"),
  "response.created": begun,
  "response.done": floor("listening"),
  "bedside.shown": shown,
  "input_audio_buffer.speech_started": (view, { item_id: id }) => ({
    ...put(view, id ?? "", { speaker: "learner", kind: "said", state: "hearing" }),
    floor: "hearing",
    speaker: "",
  }),
  "input_audio_buffer.speech_stopped": (view, { item_id: id }) => ({
    ...touch(view, id ?? "", { state: "recognising" }),
    floor: "thinking",
  }),
  "conversation.item.input_audio_transcription.completed": heard,
  "conversation.item.input_audio_transcription.failed": (view, { item_id: id }) => ({
    ...put(view, id ?? "", { speaker: "learner", kind: "said", state: "failed" }),
    floor: "listening",
  }),
  "conversation.item.truncated": (view, { item_id: id }) => touch(view, id ?? "", { cut: true }),
};
