// What this browser remembers about how somebody likes to talk. Never words, never marks.

/** @typedef {import("../types/wire.js").Preferences} Preferences */

const KEY = "bedside.preferences";

/** @type {Preferences} */
const USUAL = { way: "voice", talk: "toggle", aloud: true, device: "", timer: true, portrayal: "teaching", theme: "system" };

/** @type {Partial<Record<keyof Preferences, readonly unknown[]>>} */
const ALLOWED = {
  way: ["voice", "typing"],
  talk: ["toggle", "hold", "hands_free"],
  aloud: [true, false],
  timer: [true, false],
  portrayal: ["teaching", "assessment"],
  theme: ["system", "light", "dark"],
};

/**
 * The preferences that a stored text holds; what is missing or nonsense is as usual.
 * @param {string | null} text
 * @returns {Preferences}
 */
export function read(text) {
  /** @type {Record<string, unknown>} */
  let stored = {};
  try {
    stored = Object(JSON.parse(text ?? "{}"));
  } catch {
    stored = {};
  }
  const kept = { ...USUAL, ...(typeof stored["device"] === "string" ? { device: stored["device"] } : {}) };
  for (const [name, values] of Object.entries(ALLOWED)) {
    if (values.includes(stored[name])) Object.assign(kept, { [name]: stored[name] });
  }
  return kept;
}

/** @returns {Preferences} */
export function preferences() {
  try {
    return read(localStorage.getItem(KEY));
  } catch {
    return { ...USUAL };
  }
}

/** @param {Partial<Preferences>} changes */
export function prefer(changes) {
  try {
    localStorage.setItem(KEY, JSON.stringify({ ...preferences(), ...changes }));
  } catch {
    // a private window without storage: the choice lasts as long as the page
  }
}

/** Put on what was chosen, now and on every page; theme.js does the same before a page is painted. @param {Preferences["theme"]} theme */
export function wear(theme) {
  prefer({ theme });
  const root = document.documentElement;
  if (theme === "system") delete root.dataset["theme"];
  else root.dataset["theme"] = theme;
}
