/** Events of the voice socket; docs/protocol.md is the contract. Only the fields that this client reads are named. */

export type ContentPart = { type?: string; text?: string | null; transcript?: string | null };

export type Item = {
  id?: string | null;
  type?: string;
  role?: string;
  status?: string | null;
  content?: ContentPart[];
};

/** One server event, read field by field: a newer server may send more, and an unknown type is passed over. */
export type ServerEvent = {
  type: string;
  event_id?: string;
  item_id?: string;
  item?: Item;
  delta?: string;
  text?: string;
  transcript?: string;
  confidence?: number;
  logprobs?: { logprob: number }[] | null;
  audio_end_ms?: number;
  response?: { id?: string; status?: string; output?: Item[] };
  error?: { code?: string; message?: string; event_id?: string | null };
  encounter_id?: string;
  case_id?: string;
  phase?: string;
  reason?: string;
  seq?: number;
  at_ms?: number;
  limit_ms?: number | null;
  warning?: boolean;
  running?: boolean;
  speaker?: string;
  kind?: "shown" | "action" | "silence";
  ducked?: boolean;
  code?: string;
  message?: string;
  about?: string;
  status?: string;
};

export type ClientEvent = { type: string } & Record<string, unknown>;

export type LineState = "sending" | "hearing" | "recognising" | "speaking" | "done" | "failed";

/** One entry of the captions. */
export type Line = {
  id: string;
  /** `learner` or a cast id; empty for whoever is the patient. */
  speaker: string;
  kind: "said" | "shown" | "action" | "silence";
  text: string;
  state: LineState;
  /** The reply was interrupted; `text` is what was heard. */
  cut: boolean;
  /** The recogniser was not sure. */
  unsure: boolean;
};

export type Notice = { code: string; message: string; about: string };

export type Timer = { at_ms: number; limit_ms: number | null; warning: boolean; running: boolean };

export type View = {
  phase: string;
  reason: string;
  floor: "listening" | "hearing" | "thinking" | "speaking";
  lines: Line[];
  notices: Notice[];
  timer: Timer | null;
  ended: string;
  scorecard: string;
};

export type TalkStyle = "toggle" | "hold" | "hands_free";

export type Preferences = {
  way: "voice" | "typing";
  talk: TalkStyle;
  /** Whether the patient is heard aloud. */
  aloud: boolean;
  /** The chosen microphone's device id; empty for the browser's own choice. */
  device: string;
  timer: boolean;
  portrayal: "teaching" | "assessment";
};
