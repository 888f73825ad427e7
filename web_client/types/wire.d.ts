/** Events of the voice socket; docs/protocol.md is the contract. Only the fields that this client reads are named. */

export type ContentPart = { type?: string; text?: string | null; transcript?: string | null };

export type Item = {
  id?: string | null;
  type?: string;
  role?: string;
  status?: string | null;
  content?: ContentPart[];
  bedside_speaker?: string;
  bedside_speaker_name?: string;
};

/** Somebody, or for `system` something, of the case. */
export type Member = { id: string; name: string; role_type: string; present: boolean };

export type Deed = { id: string; label: string };

/** A moment or a line against stalling that somebody who watches may bring forward; `why` not now, or empty. */
export type Cueable = { beat: string; prompt: number | null; kind: string; speaker_name: string; words: string; state: string; why: string; may_take_back: boolean };

/** How a case that is being tried out stands after a step. */
export type DebugPerson = { id: string; name: string; present: boolean; state: Record<string, number | string>; mood: string };
export type DebugFact = { id: string; text: string; owner: string; disclosure: string; open: boolean; told: boolean; why: string[] };
export type DebugClause = { needed: "all" | "any"; parts: { text: string; holds: boolean; now: string }[] };
export type DebugBeat = {
  id: string;
  kind: string;
  core: boolean;
  speaker: string;
  line: string;
  status: "hidden" | "next" | "being_said" | "open" | "met" | "missed";
  because: string;
  due_ms: number | null;
  why: string[];
  trigger: DebugClause[];
  cannot_force: string;
};
export type Debug = {
  at_ms: number;
  case_minute: number;
  limit_ms: number | null;
  phase: string;
  floor: string;
  people: DebugPerson[];
  facts: DebugFact[];
  beats: DebugBeat[];
  timers: { name: string; at_ms: number }[];
  last_turn: { id: string; moves: string[]; toward: string; barred: boolean } | null;
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
  response?: { id?: string; status?: string; output?: Item[]; metadata?: Record<string, string> | null };
  session?: { bedside_cast?: Member[] };
  cast?: Member[];
  actions?: Deed[];
  cues?: Cueable[];
  beat?: string;
  prompt?: number | null;
  state?: string;
  count?: number;
  observing?: boolean;
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
  speaker_name?: string;
  kind?: "shown" | "action" | "silence";
  ducked?: boolean;
  code?: string;
  message?: string;
  mend?: string;
  about?: string;
  status?: string;
};

export type ClientEvent = { type: string } & Record<string, unknown>;

export type LineState = "sending" | "hearing" | "recognising" | "speaking" | "done" | "failed";

/** One entry of the captions. */
export type Line = {
  id: string;
  /** `learner` or a cast id; empty where it was not said. */
  speaker: string;
  /** As the server calls them; empty where it did not say. */
  name: string;
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
  /** Everybody of the case, in the room or not. */
  cast: Member[];
  /** What may be done now; null until the server has said so. */
  actions: Deed[] | null;
  /** How many people watch. */
  watching: number;
  /** Cast id of who answers now or spoke last; empty while nobody has. */
  speaker: string;
  timer: Timer | null;
  ended: string;
  /** The same, as the server words it. */
  farewell: string;
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
  theme: "system" | "light" | "dark";
};
