// What the server answers about cases that are being written, and the little of Ace that the page uses.

export interface FileCard {
  id: string;
  case_id: string;
  title: string;
  version: string;
  status: "draft" | "in_review" | "approved" | "published" | "retired";
  edition: number;
  owner: string;
  yours: boolean;
  owned: boolean;
  published_version: string;
  reviewed: boolean;
  changed_at: string;
}

export interface EditionRow {
  edition: number;
  author: string;
  step: string;
  made_at: string;
}

export interface CaseRemark {
  id: string;
  author: string;
  yours: boolean;
  words: string;
  edition: number;
  line: number;
  key: string;
  settled: boolean;
  made_at: string;
}

export interface CaseFile extends FileCard {
  text: string;
  editors: { id: string; name: string; sign_in: string }[];
  editions: EditionRow[];
  remarks: CaseRemark[];
  steps: Step[];
  approved_by: string;
  approved: boolean;
}

export type Step = "submitted" | "approved" | "refused" | "published" | "retired";

export interface Fault {
  line: number;
  column: number;
  key: string;
  message: string;
  mend: string;
  warning: boolean;
}

export interface MapNode {
  id: string;
  kind: "beat" | "fact" | "action" | "mood";
  title: string;
  when: string;
  core: boolean;
  line: number;
}

export interface MapEdge {
  start: string;
  end: string;
  how: "reveals" | "reveals_if_missed" | "comes_after";
}

export interface Matrix {
  objectives: { id: string; text: string }[];
  items: { id: string; text: string }[];
  rows: { beat: string; core: boolean; objective: string; items: string[]; debriefed: boolean; line: number }[];
  gaps: string[];
}

export interface Checked {
  sound: boolean;
  case_id: string;
  title: string;
  version: string;
  problems: Fault[];
  form: any;
  lines: Record<string, number>;
  nodes: MapNode[];
  edges: MapEdge[];
  matrix: Matrix | null;
}

export interface DiffLine {
  kind: "same" | "changed" | "gone" | "new";
  old_line: number;
  new_line: number;
  old: string;
  new: string;
}

export interface Change {
  key: string;
  do?: "set" | "add" | "remove";
  value?: unknown;
}

export interface Completion {
  caption: string;
  value: string;
  meta: string;
}

export interface AceEditor {
  session: any;
  renderer: any;
  commands: any;
  completers: any[];
  selection: any;
  textInput: { getElement(): HTMLTextAreaElement };
  getValue(): string;
  setTheme(theme: unknown): void;
  setReadOnly(readOnly: boolean): void;
  on(event: string, listener: (event: any) => void): void;
  gotoLine(line: number, column: number, animate: boolean): void;
  getCursorPosition(): { row: number; column: number };
  focus(): void;
  resize(force?: boolean): void;
  destroy(): void;
}

export interface Ace {
  config: { set(name: string, value: unknown): void };
  edit(element: HTMLElement, options: Record<string, unknown>): AceEditor;
  require(name: string): any;
}

declare global {
  interface Window {
    ace?: Ace;
  }
}
