/** What the debriefing's part of the REST API answers with; field names are the API's own. */

/** Words of a turn, or what was done in it. */
export type Quoted = { turn: string; speaker: string; kind: string; text: string };

export type DebriefCard = {
  beat: string;
  kind: string;
  core: boolean;
  state: string;
  code: number | null;
  cue: Quoted;
  said: Quoted[];
  then: Quoted[];
  changed: string[];
  question: string;
  asked_by: "author" | "program";
  directions: string[];
  directions_by: "author" | "program";
  /** The learner's turn from which to try it again; empty: there is none. */
  retry: string;
};

export type OneMoment = { aim: "try" | "keep"; beat: string; because: string[]; retry: string };

export type Side = { dimension: string; own: number | null; draft: number | null; status: string; difference: number | null };

export type Phase = { id: string; heading: string; questions: string[]; shows: string[] };

export type Frame = { id: string; name: string; about: string; phases: Phase[] };

export type Answered = { state: string; code: number | null; turn: string; quote: string };

export type Again = { beat: string; kind: string; retried: boolean; first: Answered | null; now: Answered };

export type Debriefing = {
  /** Why the moments are not shown yet; empty where nobody is to sign first. */
  held: string;
  moment: OneMoment | null;
  cards: DebriefCard[];
  gap: { sides: Side[]; felt: string; said: string };
  keep: Quoted | null;
  frame: string;
  frames: Frame[];
  retry: { of: string; turn: string; turns: number; moments: Again[]; apart: string } | null;
  tried: { id: string; turn: string; made_at: string; ended: string }[];
};

export type WritingKind = "point_of_view" | "ward_note" | "goal" | "answer" | "phase" | "frame" | "ward_report";

export type Writings = {
  as_name: string;
  writings: { kind: WritingKind; about: string; text: string; written_at: string }[];
  follow_ups: { question: string; answer: string }[];
};

export type Aim = { encounter_id: string; title: string; text: string; written_at: string; report: string };

export type Aims = { goal: Aim | null; ward_note: Aim | null };
