// Where a learner's words go, from what the engines say about themselves. Pure: `/api/health` and the host are arguments.

/** @typedef {import("../types/api.js").Engine} Engine */

/** @type {Record<string, string>} */
const DOES = {
  hearing: "Your speech becomes text",
  detecting: "Whether somebody speaks is noticed",
  acting: "The answers are made",
  speaking: "The voices are made",
  rating: "Your words are rated",
};

/** @param {string} hostname of the address that this page was opened at */
export function place(hostname) {
  const here = ["localhost", "127.0.0.1", "[::1]", "::1"].includes(hostname);
  return here ? "on this computer" : `on the Bedside server ${hostname}`;
}

/**
 * One sentence a part of the service, those that send words elsewhere first.
 * @param {readonly Engine[]} engines
 * @param {string} hostname
 * @returns {{text: string, away: boolean, notice: string}[]}
 */
export function destinations(engines, hostname) {
  const told = engines.filter((engine) => DOES[engine.part] && engine.ready);
  const sentences = told.map((engine) => {
    const away = engine.kind === "remote";
    const where = away ? `by ${engine.host || "another machine"} (${engine.name}), which receives your words` : `${place(hostname)} (${engine.name})`;
    return { text: `${DOES[engine.part]} ${where}.`, away, notice: engine.notice };
  });
  return sentences.sort((one, other) => Number(other.away) - Number(one.away));
}

/** @param {readonly Engine[]} engines */
export function leaves(engines) {
  const hosts = engines.filter((engine) => engine.kind === "remote" && engine.ready).map((engine) => engine.host || engine.name);
  return [...new Set(hosts)];
}

/**
 * The engine of a part: whether it can be used, and why not.
 * @param {readonly Engine[]} engines
 * @param {string} part
 */
export function able(engines, part) {
  const engine = engines.find((each) => each.part === part);
  return { ready: Boolean(engine?.ready), notice: engine?.notice ?? "" };
}
