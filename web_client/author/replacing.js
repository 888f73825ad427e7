// The smallest piece in which two texts differ, so that an editor keeps its place when the text changes elsewhere. Pure.

/**
 * @param {string} old
 * @param {string} now
 * @returns {{start: number, end: number, text: string}} replace `start` to `end` of the old text by `text`
 */
export function smallest(old, now) {
  let start = 0;
  const most = Math.min(old.length, now.length);
  while (start < most && old[start] === now[start]) start += 1;
  let tail = 0;
  while (tail < most - start && old[old.length - 1 - tail] === now[now.length - 1 - tail]) tail += 1;
  return { start, end: old.length - tail, text: now.slice(start, now.length - tail) };
}

/** The row and column (from 0) of a place in a text. @param {string} text @param {number} at */
export function rowOf(text, at) {
  const before = text.slice(0, at);
  const row = before.split("\n").length - 1;
  return { row, column: at - (before.lastIndexOf("\n") + 1) };
}
