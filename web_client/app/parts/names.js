// Names of elements on one page, for labels and descriptions that point at them.

let last = 0;

/** A new id on this page. @param {string} kind e.g. `field` */
export function freshId(kind) {
  last += 1;
  return `${kind}-${last}`;
}

/** The id of an element, which gets one if it has none. @param {Element} element @param {string} kind */
export function idOf(element, kind) {
  if (!element.id) element.id = freshId(kind);
  return element.id;
}
