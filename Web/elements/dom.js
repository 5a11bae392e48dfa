/**
 * Making elements, and the words on them. A word is put with its key, so that another language can be spoken later
 * without building anything again: nobody loses the focus or the text typed so far.
 */
import { isolated } from '../state/name.js';
import { listed, t } from '../strings/translate.js';

/** @typedef {import('../state/notices.js').Args} Args */

/** @type {WeakMap<Element, Map<string, readonly [string, Args]>>} */
const spoken = new WeakMap();

/** All elements with words; the page's or not, as long as somebody holds them. @type {Set<WeakRef<Element>>} */
const speakers = new Set();
/** @type {FinalizationRegistry<WeakRef<Element>>} */
const gone = new FinalizationRegistry((one) => speakers.delete(one));

/** The text of `key`; an argument that is itself a word, or several, is said in the same language. @param {string} key @param {Args} [args] */
export function sentence(key, args = {}) {
  const said = Object.entries(args).map(([name, value]) => [name, typeof value === 'object' ? wordOf(value) : value]);
  return t(key, Object.fromEntries(said));
}

/** @param {{ word: string } | { words: readonly string[] }} value */
function wordOf(value) {
  return 'word' in value ? t(value.word) : listed(value.words.map((word) => t(word)));
}

/** What is filled in from outside stands apart where it runs the other way: it must not turn the words around it. @param {Args} args @returns {Args} */
function apart(args) {
  const kept = Object.entries(args).map(([name, value]) => {
    return [name, typeof value === 'string' ? isolated(value) : value];
  });
  return Object.fromEntries(kept);
}

/** @param {Element} element @param {string} target @param {string} key @param {Args} args */
function put(element, target, key, args) {
  const text = sentence(key, target === 'text' ? apart(args) : args);
  if (target === 'text') element.textContent = text;
  else element.setAttribute(target, text);
}

/**
 * Puts the text of `key` as the element's text, or into the attribute `target`.
 * @param {Element} element @param {string} key @param {Args} [args] @param {string} [target]
 */
export function say(element, key, args = {}, target = 'text') {
  if (!spoken.has(element)) {
    const one = new WeakRef(element);
    speakers.add(one);
    gone.register(element, one);
  }
  const all = spoken.get(element) ?? new Map();
  const before = all.get(target);
  all.set(target, [key, args]);
  spoken.set(element, all);
  if (before?.[0] === key && JSON.stringify(before[1]) === JSON.stringify(args)) return;
  put(element, target, key, args);
}

/** Takes a text away, so that no other language brings it back, and the same one can be said again. @param {Element} element */
export function hush(element) {
  spoken.get(element)?.delete('text');
  element.textContent = '';
}

/** Says everything again, after the language changed; also what waits outside the page to be shown later. */
export function sayAgain() {
  for (const one of speakers) {
    const element = one.deref();
    if (!element) speakers.delete(one);
    else for (const [target, [key, args]] of spoken.get(element) ?? []) put(element, target, key, args);
  }
}

/**
 * @template {string} Tag
 * @param {Tag} tag
 * @param {Readonly<Record<string, string | boolean | number | null | undefined>>} [attributes] `t` and `label` are keys of texts
 * @param {...(Node | string | null | undefined)} children
 * @returns {Tag extends keyof HTMLElementTagNameMap ? HTMLElementTagNameMap[Tag] : HTMLElement}
 */
export function make(tag, attributes = {}, ...children) {
  const element = /** @type {any} */ (document.createElement(tag));
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name === 't') say(element, String(value));
    else if (name === 'label') say(element, String(value), {}, 'aria-label');
    else element.setAttribute(name, value === true ? '' : String(value));
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

const icons = new URL('../icons/icons.svg', import.meta.url).href;
const svg = 'http://www.w3.org/2000/svg';

/** A picture beside a word; never the only thing that says something. @param {string} name */
export function icon(name) {
  const element = document.createElementNS(svg, 'svg');
  element.setAttribute('class', 'icon');
  element.setAttribute('aria-hidden', 'true');
  element.append(document.createElementNS(svg, 'use'));
  setIcon(element, name);
  return element;
}

/** @param {Element} element made by `icon` @param {string} name */
export function setIcon(element, name) {
  const address = `${icons}#${name}`;
  if (element.firstElementChild?.getAttribute('href') !== address) {
    element.firstElementChild?.setAttribute('href', address);
  }
}

let lastID = 0;

/** An id for `for`, `aria-labelledby` and `aria-describedby`. */
export function freshID() {
  return `b${++lastID}`;
}

/**
 * A button with a word and perhaps an icon. `kind`: main (one per view), danger, quiet, or none.
 * @param {string} key of its text @param {{ icon?: string, kind?: 'main' | 'danger' | 'quiet' }} [how]
 */
export function button(key, how = {}) {
  const attributes = { type: 'button', 'data-kind': how.kind };
  return make('button', attributes, how.icon ? icon(how.icon) : null, make('span', { t: key }));
}

/** More about a control than its name says; null: nothing. @param {HTMLElement} control @param {{ readonly text: string, readonly args?: Args } | null} words */
export function describe(control, words) {
  if (words) return say(control, words.text, words.args, 'aria-description');
  control.removeAttribute('aria-description');
  spoken.get(control)?.delete('aria-description');
}

/**
 * Marks a control as not usable now, visibly and with the reason; it keeps its place and can be reached.
 * @param {HTMLElement} control @param {string | null} reason key of a text, or null: usable
 */
export function forbid(control, reason) {
  if (reason === null) control.removeAttribute('aria-disabled');
  else control.setAttribute('aria-disabled', 'true');
  describe(control, reason === null ? null : { text: reason });
}

/** @param {string} name @param {typeof HTMLElement} element */
export function define(name, element) {
  customElements.define(name, /** @type {CustomElementConstructor} */ (/** @type {unknown} */ (element)));
}
