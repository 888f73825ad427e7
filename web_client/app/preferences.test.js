import assert from "node:assert/strict";
import test from "node:test";
import { read } from "./preferences.js";

test("what was stored is read back", () => {
  const kept = read(JSON.stringify({ way: "typing", talk: "hold", device: "mic-2", timer: false, theme: "dark" }));
  assert.deepEqual([kept.way, kept.talk, kept.device, kept.timer, kept.aloud, kept.theme], ["typing", "hold", "mic-2", false, true, "dark"]);
});

test("nonsense falls back to the usual", () => {
  for (const text of [null, "", "{", "null", "7", '{"way": "telepathy", "talk": 3, "device": {}, "theme": "pink"}']) {
    assert.deepEqual([read(text).way, read(text).talk, read(text).device, read(text).theme], ["voice", "toggle", "", "system"]);
  }
});
