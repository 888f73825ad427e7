/** What the REST API answers with; field names are the API's own. */

/** `role_type` `system`: a thing that speaks, such as a count sheet. `present` false: may come in later. */
export type Person = { id: string; name: string; age: number; role_type: string; public: string; present: boolean };

/** Where this act stands in a story told in several encounters. */
export type Unfolding = { story: string; number: number; of: number; to_next: string };

export type VariantChoice = { id: string; label: string; cultural_frame: string; requires_review: boolean };

/** For a learner who plays the patient. */
export type RoleCard = { you_are: string; your_story: string[]; you_hold_back: string[]; you_want: string };

export type CaseCard = {
  case_id: string;
  case_version: string;
  title: string;
  summary: string;
  status: string;
  setting: string;
  learner_role: string;
  learner_level: string;
  encounter_min: number;
  content_advisory: string[];
  people: string[];
  profession: string;
  activity: string;
  unfolding: Unfolding | null;
  variants: VariantChoice[];
  voice: boolean;
  text: boolean;
  license: string;
  /** Those that may score it, its own first choice first; in the list of cases only. */
  rubrics: { id: string; title: string }[];
  /** Why whoever looks cannot practise it now; empty for most. */
  reserved: string;
};

export type Dimension = { id: string; name: string; question: string; anchors: Record<string, string> };

export type Rubric = {
  id: string;
  version: string;
  title: string;
  claim: string;
  status: string;
  lowest: number;
  highest: number;
  dimensions: Dimension[];
  evidence_rules: string[];
};

export type CaseBriefing = CaseCard & {
  door_note: string;
  task: string;
  objectives: string[];
  fiction_contract: string;
  ai_disclosure: string;
  support_contacts: string;
  pause_words: string[];
  stop_words: string[];
  consent: string;
  times: { encounter_min: number; reflection_min: number; time_percents: number[] };
  cast: Person[];
  actions: { id: string; label: string }[];
  role_card: RoleCard | null;
  rubric: Rubric | null;
};

export type Engine = {
  part: string;
  name: string;
  kind: "embedded" | "local" | "remote";
  version: string;
  licence: string;
  ready: boolean;
  notice: string;
  host: string;
};

export type Health = { status: string; version: string; engines: Engine[]; consent: string };

export type Turn = {
  id: string;
  speaker: string;
  text: string;
  kind: "said" | "shown" | "action" | "silence";
  heard_ms: number;
  at_ms: number;
  confidence: number;
  /** Runs of words that were heard with doubt: the first, from 0, and the one after the last. */
  doubtful: [number, number][];
  murmurs: string[];
  cut: boolean;
  failed: string;
};

export type Timing = Record<string, number | null>;

export type EncounterCard = {
  id: string;
  case_id: string;
  case_version: string;
  portrayal: string;
  created_at: string;
  /** Why it ended; empty while it has not. */
  ended: string;
  /** Where it stands: prebrief, encounter, paused, reflection or done. */
  phase: string;
  /** The encounter of which it takes one moment up again; empty for a first meeting. */
  retry_of: string;
  /** The course for which it was made; empty: it is practice. */
  course_id: string;
};

export type EncounterView = {
  id: string;
  case_id: string;
  case_version: string;
  phase: string;
  ended: string;
  portrayal: string;
  variant: string;
  speakers: Record<string, string>;
  /** The encounter of which it takes one moment up again; empty for a first meeting. */
  retry_of: string;
  /** The course for which it was made; empty: it is practice. */
  course_id: string;
  turns: Turn[];
  timing: Timing;
};

export type Evidence = { turn: string; speaker: string; quote: string; role: "said" | "cue" | "examined" | "doubt" };

export type Rating = {
  id: string;
  level: number | null;
  /** held: it waits for faculty. */
  status: "rated" | "unrated" | "not_applicable" | "held";
  evidence: Evidence[];
  rationale: string;
  /** The program's mark beside a signed one. */
  draft: { status: MarkStatus; level: number | null; rationale: string } | null;
  /** Of a signed mark; else empty. */
  how: string;
  by: string[];
  reason: string;
};

export type Opportunity = {
  beat: string;
  kind: string;
  core: boolean;
  state: string;
  cue_turn: string;
  cue_speaker: string;
  cue_quote: string;
  response_turns: string[];
  code: number | null;
  /** The learner's turn that earned the code; empty for none. */
  turn: string;
  quote: string;
  /** Where words of the answer were heard with doubt: the code if they were said as heard. */
  at_best: number | null;
  /** Somebody who watched brought it forward: it was offered, and was not earned. Left out by older scorecards. */
  cued?: boolean;
};

/** What the learner says they said, in place of words `start_word` to before `end_word` of a turn. */
export type Proposal = { turn: string; start_word: number; end_word: number; words: string };

export type Correction = Proposal & { number: number; heard: string; state: "proposed" | "accepted" | "refused"; by: string };

export type Question = { phase: "card" | "reactions" | "description" | "analysis" | "summary"; text: string };

export type Checkpoint = { id: string; at_ms: number; text: string };

export type OwnWords = { reactions: string; felt: string; said: string };

export type Scorecard = {
  status: "draft" | "signed" | "pending" | "not_scored";
  not_scored: "" | "tryout" | "role_reversal" | "stopped" | "never_began";
  ended: string;
  variant: string;
  speakers: Record<string, string>;
  rubric: Record<string, string>;
  dimensions: Rating[];
  opportunities: Opportunity[];
  flags: Flag[];
  marking: MarkingSummary;
  provenance: Record<string, string>;
  timing: Timing;
  self_rating: Record<string, number>;
  reflection: OwnWords | null;
  checkpoints: Checkpoint[];
  debrief: { framework: string; questions: Question[] };
};

export type ReflectionForm = {
  reactions: string;
  felt: string;
  said: string;
  self_rating: Record<string, number>;
};

export type CarriedView = { id: string; label: string; value: number | string };

export type CarriedOver = { case_id: string; from_encounter: string; made_at: string | null; items: CarriedView[]; withheld: string };

export type Invitation = { id: string; ticket: string; link: string; watch_url: string; expires_at: string };

/** Somebody who may watch. */
export type Onlooker = { id: string; invited_at: string; joined_at: string | null; filled_at: string | null; closed: boolean; may_cue: boolean };

/** What an observer filled in: levels and turns by dimension. */
export type Sheet = { levels: Record<string, number | null>; quotes: Record<string, string[]>; notes: string };

/** An encounter of one's courses that has not ended; `phase` and `at_ms` are null where its learner is not connected. */
export type Running = {
  encounter_id: string;
  learner: string;
  title: string;
  course: string;
  case_title: string;
  phase: string | null;
  at_ms: number | null;
  made_at: string;
};

export type Watching = {
  encounter_id: string;
  title: string;
  learner: string;
  phase: string;
  ended: string;
  speakers: Record<string, string>;
  turns: Turn[];
  rubric: Rubric | null;
  mine: Sheet | null;
  closed: boolean;
  standing: "observer" | "own" | "attempt" | "staff";
};

export type Side = {
  id: string;
  name: string;
  theirs: number | null;
  quotes: string[];
  draft: number | null;
  draft_status: string;
  difference: number | null;
};

export type Comparison = {
  observer: string;
  notes: string;
  sides: Side[];
  agreement: { dimensions: number; exact: number; constant: number | null; constant_exact: number };
  caution: string;
  beats: Opportunity[];
};

export type MarkStatus = "rated" | "not_applicable" | "unrated";

/** One mark: the draft's, or a person's. */
export type MarkLine = { dimension: string; status: MarkStatus; level: number | null; evidence: Evidence[]; comment: string };

export type MarkValue = MarkLine & {
  how: "own_mark" | "draft_accepted" | "draft_changed" | "draft_refused" | "reconciled" | "appeal";
  by: string[];
  reason: string;
};

export type MarkSheet = { name: string; mine: boolean; closed: boolean; own: MarkValue[]; now: MarkValue[]; overall: Overall | null };

/** The global rating: a judgement of the whole, and no sum of the lines. */
export type Overall = "fail" | "borderline" | "pass" | "good" | "excellent";

/** The global rating that stands; `reason`: why, where it was agreed or thought again. */
export type Whole = { rating: Overall; by: string[]; reason: string };

export type Appeal = { dimension: string; turn: string; reason: string; answered: boolean; changed: boolean; answer: string; by: string };

/** `who` signed; only faculty, and the owner of an installation of one person, sign for the faculty. `look_again`: the draft was made again since. */
export type Signature = { by: string; invited: boolean; who: "faculty" | "owner" | "learner" | "guest"; at: string; step: number; look_again: boolean };

/** Where the marking stands, without what its reader may not see yet. */
export type MarkingState = {
  /** Steps that its reader may see; sent back as `expected_step`. */
  step: number;
  /** Empty: they type one. */
  name: string;
  /** It is their account's, and nothing else is taken. */
  account: boolean;
  invited: boolean;
  /** They mark as one of the course's staff, under the name of their account where they have one. */
  staff: boolean;
  closed: boolean;
  /** They have not marked, and see what is signed. */
  reads: boolean;
  overall_needed: boolean;
  sheets_needed: number;
  open: boolean;
  draft: { digest: string; lines: MarkLine[] } | null;
  sheets: MarkSheet[];
  values: MarkValue[];
  differences: string[];
  /** The global rating that would be signed; null also while markers differ in it. */
  whole: Whole | null;
  whole_differs: boolean;
  appeals: Appeal[];
  signature: Signature | null;
  waiting: string[];
};

/** Something that whoever signs must know, and that changed no mark. */
export type Flag = { code: string; says: string; turns: string[] };

export type MarkingPage = {
  encounter_id: string;
  title: string;
  speakers: Record<string, string>;
  turns: Turn[];
  rubric: Rubric;
  flags: Flag[];
  state: MarkingState;
};

/** A step without `expected_step`, which the page adds. */
export type MarkStep = { kind: string } & Record<string, unknown>;

export type Marker = { id: string; name: string; invited_at: string; joined_at: string | null; closed: boolean };

export type MarkerInvitation = { id: string; name: string; ticket: string; link: string; expires_at: string };

/** What the learner is told of the marking. */
export type MarkingSummary = {
  state: "none" | "waiting" | "signed" | "open_again";
  waiting: string[];
  note: string;
  signature: Signature | null;
  appeals: Appeal[];
};

/** A reflection board. `yours`: you may close and delete it. */
export type Board = { id: string; title: string; prompt: string; themes: string[]; open: boolean; yours: boolean; posts: number };

/** A code that lets members in, and where it is typed. */
export type BoardCode = { code: string; address: string };

/** `question`: the follow-up question that an answer answers. `by_owner`: from whoever runs the board. */
export type Post = {
  id: string;
  name: string;
  text: string;
  /** Empty: it stands by itself. */
  reply_to: string;
  question: string;
  yours: boolean;
  by_owner: boolean;
  may_take_back: boolean;
  posted_at: string;
  follow_ups: string[];
};
