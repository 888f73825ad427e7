// What a learner did is kept as others see it ("sits down beside her"); to the learner it is said as their own. Pure.

/** Verbs that may follow the first one after a comma or "and": there a word in -s may as well be a thing, or several. */
const VERBS = new Set("asks brings checks closes comes counts covers draws fetches gives goes hands holds kneels leans leaves lets lifts listens looks lowers makes moves nods offers opens picks points pours presses pulls puts reads rings says sets shows shuts sits slides smiles speaks stands stays stops switches takes tells touches turns waits walks wheels wipes writes".split(" "));
/** @type {Record<string, string>} */
const ODD = { is: "are", has: "have", lies: "lie", ties: "tie" };

/** "sits down and waits": "sit down and wait". @param {string} text @returns {string} */
export function asYou(text) {
  const [first = "", ...rest] = text.split(" ");
  if (first.endsWith("ly")) return [first, asYou(rest.join(" "))].join(" ").trim();
  const words = [plain(first), ...rest];
  return words.map((word, at) => (at > 0 && joins(words[at - 1] ?? "") && VERBS.has(word.replace(/\W+$/, "")) ? plain(word) : word)).join(" ");
}

/** @param {string} before the word before */
function joins(before) {
  return before === "and" || before === "then" || before.endsWith(",");
}

/** "touches": "touch". @param {string} word with what stands behind it */
function plain(word) {
  const [, verb = "", behind = ""] = /^(\w*)(.*)$/.exec(word) ?? [];
  return `${ODD[verb] ?? verb.replace(/ies$/, "y").replace(/(ss|sh|ch|x|zz|o)es$/, "$1").replace(/([^s])s$/, "$1")}${behind}`;
}
