// Making elements. Whatever comes from a person, a case or a transcript enters the page here, as text and never as markup.

/** @typedef {Node | string | number | null | undefined | false} Child */
/** @typedef {Record<string, string | number | boolean | null | undefined | ((event: any) => void)>} Properties */

const SVG = "http://www.w3.org/2000/svg";

/**
 * An HTML element: functions become listeners (`onclick`), `true` a bare attribute, `false` and `null` nothing.
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} tag
 * @param {Properties | null} [properties]
 * @param {...Child} children
 * @returns {HTMLElementTagNameMap[K]}
 */
export function h(tag, properties, ...children) {
  const element = document.createElement(tag);
  dress(element, properties ?? {});
  return fill(element, ...children);
}

/**
 * An SVG element.
 * @param {string} tag
 * @param {Properties | null} [properties]
 * @param {...Child} children
 * @returns {SVGElement}
 */
export function svg(tag, properties, ...children) {
  const element = /** @type {SVGElement} */ (document.createElementNS(SVG, tag));
  dress(element, properties ?? {});
  return fill(element, ...children);
}

/**
 * @param {Element} element
 * @param {Properties} properties
 */
function dress(element, properties) {
  for (const [name, value] of Object.entries(properties)) {
    if (typeof value === "function") element.addEventListener(name.slice(2), value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) element.setAttribute(name, String(value));
  }
}

/**
 * Append children; strings and numbers become text.
 * @template {Element} E
 * @param {E} element
 * @param {...Child} children
 * @returns {E}
 */
export function fill(element, ...children) {
  for (const child of children) {
    if (child === null || child === undefined || child === false) continue;
    element.append(child instanceof Node ? child : String(child));
  }
  return element;
}

/**
 * Set the text of an element only when it differs, so that live regions and selections are left alone.
 * @param {Element} element
 * @param {string} text
 */
export function say(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/**
 * A part of the page that opens and closes.
 * @param {Child} summary
 * @param {...Child} children
 */
export function foldable(summary, ...children) {
  return h("details", null, h("summary", null, summary), ...children);
}

/**
 * A bulleted list of texts; nothing for an empty one.
 * @param {readonly Child[]} texts
 * @param {Properties} [properties]
 */
export function list(texts, properties) {
  return texts.length ? h("ul", properties ?? null, ...texts.map((text) => h("li", null, text))) : null;
}

/** @type {WeakMap<Element, string>} */
const drawnFor = new WeakMap();

/**
 * Draw a place anew, but only where what it shows has changed: else a button that is just being pressed would be
 * replaced under the finger, and the press lost.
 * @template T
 * @param {Element} place
 * @param {T} shown all that `draw` depends on, as JSON can hold it
 * @param {(shown: T) => Child | Child[]} draw
 */
export function redraw(place, shown, draw) {
  const now = JSON.stringify(shown);
  if (drawnFor.get(place) === now) return;
  drawnFor.set(place, now);
  place.replaceChildren();
  fill(place, ...[draw(shown)].flat());
}
