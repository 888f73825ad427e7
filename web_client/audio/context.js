// One AudioContext for the page, at its own rate, with both worklets loaded. Made on the first gesture.

/** @type {Promise<AudioContext> | null} */
let made = null;

/** @returns {Promise<AudioContext>} */
export function audioContext() {
  made ??= make();
  return made;
}

async function make() {
  const context = new AudioContext({ latencyHint: "interactive" });
  const here = new URL(".", import.meta.url);
  await Promise.all(
    ["capture.worklet.js", "playback.worklet.js"].map((file) => context.audioWorklet.addModule(new URL(file, here).href)),
  );
  return context;
}

/** Ask for sound; false while the browser still waits for a gesture. */
export async function wake() {
  const context = await audioContext();
  if (context.state === "suspended") {
    await Promise.race([context.resume(), new Promise((done) => setTimeout(done, 300))]);
  }
  return /** @type {string} */ (context.state) === "running";
}
