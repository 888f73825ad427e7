// Words for statuses and steps, and when something was. Pure.

/** @type {Record<string, string>} */
export const STATUS = { draft: "Draft", in_review: "In review", approved: "Approved", published: "Published", retired: "Retired" };

/** @type {Record<string, string>} */
export const DONE = { saved: "saved", submitted: "submitted for review", approved: "approved", refused: "sent back", published: "published", retired: "retired" };

/** What each step is called on its button, and what it means. @type {Record<string, {deed: string, means: string}>} */
export const STEPS = {
  submitted: { deed: "Submit for review", means: "Other educators and faculty can then read it, remark on it and approve it." },
  approved: { deed: "Approve", means: "You have read this edition and would let students meet this patient. Your name is kept with it." },
  refused: { deed: "Send back", means: "It becomes a draft again. Say why below." },
  withdrawn: { deed: "Take it back", means: "It becomes a draft again, which nobody else sees." },
  published: { deed: "Publish", means: "Students find it in the list of cases at once. Encounters that were begun keep the version that they were begun with." },
  retired: { deed: "Retire", means: "Nobody new meets it. Old encounters keep it." },
};

/** What a text is that is newer than what students meet. @type {Record<string, string>} */
const NEWER = { draft: "a newer draft", in_review: "a newer version in review", approved: "a newer version approved" };

/**
 * Where a file stands, in the same words everywhere: what students meet first, then what became of the text since.
 * @param {{status: string, published_version: string}} file
 */
export function standsAs({ status, published_version }) {
  if (!published_version) return STATUS[status] ?? status;
  const newer = NEWER[status];
  return `Published ${published_version}${newer ? `, and ${newer}` : ""}`;
}

/** The class of its tag. @param {{status: string, published_version: string}} file */
export function tagOf({ status, published_version }) {
  return published_version || status === "approved" ? "tag good" : status === "in_review" ? "tag warm" : "tag";
}

/** Who, where they have a name. @param {string} name */
export function who(name) {
  return name || "you";
}

/** @param {string} at an ISO date and time */
export function when(at) {
  return new Date(at).toLocaleString(undefined, { dateStyle: "medium", timeStyle: "short" });
}
