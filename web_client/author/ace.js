// The editor, from the folder of vendored files: loaded when a case is opened, and nothing of it made inline.

/** @typedef {import("../types/author.js").Ace} Ace */

const BASE = new URL("vendor/ace/", document.baseURI).href;
const FILES = ["ace.js", "mode-yaml.js", "ext-language_tools.js", "ext-searchbox.js"];
/** @type {Promise<Ace> | null} */
let loading = null;

/** @returns {Promise<Ace>} rejects where a file did not come */
export function loadAce() {
  loading ??= load().catch((failure) => {
    loading = null;
    throw failure;
  });
  return loading;
}

async function load() {
  await Promise.all([style(), script(FILES[0] ?? "")]);
  const ace = window.ace;
  if (!ace) throw new Error("the editor did not load");
  ace.config.set("basePath", BASE);
  ace.config.set("useStrictCSP", true);
  ace.config.set("loadWorkerFromBlob", false);
  for (const name of FILES.slice(1)) await script(name);
  return ace;
}

/** @param {string} name @returns {Promise<void>} */
function script(name) {
  return new Promise((done, failed) => {
    const element = document.createElement("script");
    element.src = `${BASE}${name}`;
    element.addEventListener("load", () => done());
    element.addEventListener("error", () => failed(new Error(`${name} did not load`)));
    document.head.append(element);
  });
}

/** @returns {Promise<void>} */
function style() {
  return new Promise((done, failed) => {
    const element = document.createElement("link");
    element.rel = "stylesheet";
    element.href = `${BASE}ace.css`;
    element.addEventListener("load", () => done());
    element.addEventListener("error", () => failed(new Error("ace.css did not load")));
    document.head.prepend(element);
  });
}
