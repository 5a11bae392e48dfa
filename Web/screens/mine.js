import { Field, Submit } from '../elements/account/field.js';
import { define, freshID, make, say } from '../elements/dom.js';
import { calledTables } from '../state/privacy.js';
import { readReceipt } from '../state/receipt.js';

/** @typedef {import('../protocol/messages.d.ts').ReceiptFindings} ReceiptFindings */
/** @typedef {import('../protocol/messages.d.ts').ReceiptPlaces} ReceiptPlaces */
/** @typedef {import('../state/notices.js').Args} Args */

/**
 * `<b-my-data>`: what is kept of somebody without an account, by their receipt code. Set `places` once they are known, `findings`
 * after a search, and `busy` meanwhile; says `search` (detail: the 16 bytes of the code) and `complaint` (detail: words and what is
 * filled into them). The field keeps its text.
 */
export class MyData extends HTMLElement {
  #title = make('h1', { tabindex: '-1', t: 'page.mine' });
  #field = new Field('mine.code', {
    autocomplete: 'off',
    autocapitalize: 'characters',
    maxlength: 80,
    required: true,
    hint: 'mine.code.hint',
  });
  #submit = new Submit('mine.search');
  #findings = part('mine.result');
  #places = part('mine.places');

  connectedCallback() {
    if (this.childElementCount > 0) return;
    const form = make('form', { novalidate: true }, this.#field.row, this.#submit.button);
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      if (!this.#submit.isBusy) this.#read();
    });
    this.#findings.section.hidden = true;
    this.#places.section.hidden = true;
    this.append(make(
      'main',
      { id: 'content', tabindex: '-1', label: 'page.mine' },
      this.#title,
      make('p', { 'data-lead': true, t: 'mine.lead' }),
      form,
      this.#findings.section,
      this.#places.section,
    ));
  }

  get heading() {
    return this.#title;
  }

  /** @param {boolean} isBusy */
  set busy(isBusy) {
    this.#submit.isBusy = isBusy;
  }

  /** Where is searched, and where not. @param {ReceiptPlaces} places */
  set places({ guests, accounts }) {
    this.#places.section.hidden = false;
    const searched = guests.length === 0
      ? [make('p', { t: 'mine.places.none' })]
      : [make('p', { t: 'mine.places.some' }), list(guests)];
    this.#places.fill(
      ...searched,
      make('p', { t: 'privacy.files' }),
      make('p', { t: 'mine.places.accounts' }),
      list(accounts),
    );
  }

  /** What was found; null: nothing was looked for yet. @param {ReceiptFindings | null} findings */
  set findings(findings) {
    this.#findings.section.hidden = findings === null;
    this.#findings.fill(...(findings === null ? [] : outcome(findings)));
  }

  /** Says what is wrong, beside the field. @param {string} words @param {Args} [args] */
  complain(words, args = {}) {
    this.#field.complain(words, args);
    this.#field.focus();
    this.dispatchEvent(new CustomEvent('complaint', { detail: { words, args } }));
  }

  #read() {
    this.findings = null;
    const read = readReceipt(this.#field.value);
    switch (read.type) {
      case 'empty':
        return this.complain('mine.empty');
      case 'length':
        return this.complain('mine.length', { n: read.count });
      case 'wrong':
        return this.complain('mine.wrong');
      case 'good':
        this.#field.complain(null);
        this.dispatchEvent(new CustomEvent('search', { detail: read.secret }));
    }
  }
}

define('b-my-data', MyData);

/** @param {string} heading */
function part(heading) {
  const title = make('h2', { id: freshID(), t: heading });
  const section = make('section', { 'aria-labelledby': title.id }, title);
  return { section, fill: (/** @type {readonly Node[]} */ ...content) => section.replaceChildren(title, ...content) };
}

/** @param {ReceiptFindings} findings @returns {readonly Node[]} */
function outcome({ searched }) {
  const found = searched.filter(({ rows }) => rows > 0);
  if (found.length === 0) return [make('p', { t: 'mine.nothing' })];
  const lines = found.map(({ table, rows }) => {
    const line = make('li');
    say(line, 'mine.row', { place: calledTables([table])[0] ?? table, n: rows });
    return line;
  });
  return [make('p', { t: 'mine.found' }), make('ul', {}, ...lines)];
}

/** @param {readonly string[]} tables */
function list(tables) {
  return make(
    'ul',
    {},
    ...calledTables(tables).map((name) => {
      return typeof name === 'string' ? make('li', {}, name) : make('li', { t: name.word });
    }),
  );
}
