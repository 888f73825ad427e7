// Posts as they stand on the page, and themes as they are typed. Pure.

/** @typedef {import("../types/api.js").Post} Post */

/** @typedef {{post: Post, answers: Post[]}} Thread */

/**
 * Every post with the answers to it, in order; an answer whose post is gone is left out.
 * @param {readonly Post[]} posts oldest first
 * @returns {Thread[]}
 */
export function threads(posts) {
  const firsts = posts.filter((each) => !each.reply_to);
  return firsts.map((post) => ({ post, answers: posts.filter((each) => each.reply_to === post.id) }));
}

/**
 * How many posts are there now that were not there before, whoever wrote them but oneself.
 * @param {ReadonlySet<string>} before ids
 * @param {readonly Post[]} now
 */
export function newFromOthers(before, now) {
  return now.filter((each) => !before.has(each.id) && !each.yours).length;
}

/** Themes, separated by commas or lines. @param {string} text */
export function themesOf(text) {
  return [...new Set(text.split(/[,;\n]/).map((each) => each.trim()).filter(Boolean))];
}

/** @param {number} count @param {string} one @param {string} many */
export function counted(count, one, many) {
  return count === 1 ? `1 ${one}` : `${count} ${many}`;
}
