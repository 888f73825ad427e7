// Opening a try-out.

import { ask } from "../app/api.js";

/** @typedef {{id: string, realtime_url: string, not_reviewed: boolean, briefing: import("../types/api.js").CaseBriefing}} OpenedTry */
/** @typedef {{case_id: string} | {file_id: string}} Tried */

/** @param {Tried} what @param {{variant: string, portrayal: string}} wish @returns {Promise<OpenedTry>} */
export const openTry = (what, wish) => ask("POST", "/api/tries", { ...what, ...wish });
