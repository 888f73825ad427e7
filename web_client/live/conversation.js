// The captions and the state of an encounter as the fold of server events. Pure: every function returns a new view.
// Items come again after a reconnection; they are folded by id, so that nothing stands twice.

import { items } from "./items.js";

/** @typedef {import("../types/wire.js").Line} Line */
/** @typedef {import("../types/wire.js").ServerEvent} ServerEvent */
/** @typedef {import("../types/wire.js").View} View */
/** @typedef {(view: View, event: ServerEvent) => View} Fold */

/** @type {View} */
export const EMPTY = {
  phase: "prebrief", reason: "", floor: "listening", lines: [], notices: [], cast: [], actions: null, watching: 0, speaker: "",
  timer: null, ended: "", farewell: "", scorecard: "",
};

/** @type {Record<string, Fold>} */
const OURS = {
  "session.created": (view, event) => ({ ...view, cast: event.session?.bedside_cast ?? view.cast }),
  "bedside.present": (view, event) => ({ ...view, cast: event.cast ?? view.cast }),
  "bedside.actions": (view, event) => ({ ...view, actions: event.actions ?? [] }),
  "bedside.watched": (view, event) => ({ ...view, watching: event.count ?? 0 }),
  "bedside.encounter": (view, event) => ({ ...view, phase: event.phase ?? view.phase, floor: "listening" }),
  "bedside.phase": (view, event) => ({
    ...view,
    phase: event.phase ?? view.phase,
    reason: event.reason ?? "",
    floor: event.phase === "encounter" ? view.floor : "listening",
  }),
  "bedside.timer": (view, event) => ({
    ...view,
    timer: {
      at_ms: event.at_ms ?? 0,
      limit_ms: event.limit_ms ?? null,
      warning: Boolean(event.warning),
      running: Boolean(event.running),
    },
  }),
  "bedside.notice": (view, event) => noticed(view, event),
  "bedside.ended": (view, event) => ({ ...view, ended: event.reason ?? "", farewell: event.message ?? "" }),
  "bedside.scorecard": (view, event) => ({ ...view, scorecard: event.status ?? "" }),
};

const FOLDS = { ...OURS, ...items };

/** @type {Fold} */
export function fold(view, event) {
  return FOLDS[event.type]?.(view, event) ?? view;
}

/** @type {Fold} */
function noticed(view, event) {
  const notice = { code: event.code ?? "", message: event.message ?? "", about: event.about ?? "" };
  const last = view.notices.at(-1);
  if (last && last.code === notice.code && last.about === notice.about) return view;
  return { ...view, notices: [...view.notices, notice] };
}
