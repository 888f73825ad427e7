import assert from "node:assert/strict";
import test from "node:test";
import { asYou } from "./person.js";

test("a learner reads of their own deeds as of their own", () => {
  for (const [theirs, own] of [
    ["sits down beside her", "sit down beside her"],
    ["goes to the desk, asks Sister Mensah to come, and comes straight back", "go to the desk, ask Sister Mensah to come, and come straight back"],
    ["turns the phone over, looks at it, and puts it back", "turn the phone over, look at it, and put it back"],
    ["waits in silence, 5 s", "wait in silence, 5 s"],
    ["presses the call button", "press the call button"],
    ["closes the door quietly and comes back", "close the door quietly and come back"],
    ["gently touches her hand", "gently touch her hand"],
    ["carries a stool and a pillow", "carry a stool and a pillow"],
    ["brings tea and biscuits", "bring tea and biscuits"],
    ["pulls the stool out and sits, where he can see a face", "pull the stool out and sit, where he can see a face"],
    ["lies down", "lie down"],
    ["crosses the room", "cross the room"],
    ["", ""],
  ]) assert.equal(asYou(theirs ?? ""), own);
});
