// What may keep a microphone from us, and how to mend it. Pure.

/** @typedef {{code: string, title: string, mend: string}} Problem */

/** @type {Record<string, Problem>} */
const PROBLEMS = {
  insecure: {
    code: "insecure",
    title: "This address may not use a microphone.",
    mend: "Browsers allow one only over https or on localhost. Open Bedside through its https address, or type instead.",
  },
  refused: {
    code: "refused",
    title: "The browser was not allowed to use the microphone.",
    mend: "Allow it through the sign beside the address, then check again. Or type: it counts the same.",
  },
  absent: {
    code: "absent",
    title: "No microphone was found.",
    mend: "Plug one in or choose another, then check again. Or type: it counts the same.",
  },
  busy: {
    code: "busy",
    title: "Another program holds the microphone.",
    mend: "Close what else is using it, then check again. Or type: it counts the same.",
  },
  unknown: {
    code: "unknown",
    title: "The microphone could not be opened.",
    mend: "Check again, or type: it counts the same.",
  },
};

/** @type {Record<string, string>} */
const BY_NAME = {
  NotAllowedError: "refused",
  SecurityError: "refused",
  NotFoundError: "absent",
  OverconstrainedError: "absent",
  NotReadableError: "busy",
  AbortError: "busy",
};

/**
 * @param {unknown} error what `getUserMedia` threw
 * @param {boolean} possible whether the browser offers microphones to this address at all
 * @returns {Problem}
 */
export function microphoneProblem(error, possible) {
  const name = possible ? (BY_NAME[/** @type {any} */ (error)?.name] ?? "unknown") : "insecure";
  return /** @type {Problem} */ (PROBLEMS[name]);
}
