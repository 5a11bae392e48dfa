import { button, freshID, make, say } from '../dom.js';

/** @typedef {import('../dom.js').Args} Args */

/** One field of a form: its label, what holds for it before anything is typed, and what is wrong with it. */
export class Field {
  #error = make('p', { id: freshID(), 'data-error': true, hidden: true });
  #input;
  #label;
  /** What goes into the form. */
  row;

  /**
   * @param {string} name key of its label
   * @param {{ hint?: string | undefined, beside?: Node } & Readonly<Record<string, string | number | boolean | Node | undefined>>} how attributes of the input, a
   * hint (key of a text) and what stands beside it
   */
  constructor(name, { hint, beside, ...attributes } = {}) {
    const words = hint === undefined ? null : make('p', { id: freshID(), 'data-hint': true, t: hint });
    const described = [this.#error, words].flatMap((one) => one?.id ?? []).join(' ');
    const given = /** @type {Readonly<Record<string, string | number | boolean>>} */ (attributes);
    const input = make('input', {
      id: freshID(),
      type: 'text',
      spellcheck: 'false',
      'aria-describedby': described,
      ...given,
    });
    input.addEventListener('input', () => this.complain(null));
    this.#input = input;
    this.#label = make('label', { for: input.id, t: name });
    const line = beside ? make('div', { 'data-row': true }, input, beside) : input;
    this.row = make('div', { 'data-field': true }, this.#label, line, this.#error, words);
  }

  get input() {
    return this.#input;
  }

  get value() {
    return this.#input.value;
  }

  set value(value) {
    this.#input.value = value;
  }

  /** @param {string} name key of another label */
  rename(name) {
    say(this.#label, name);
  }

  /** Says what is wrong, beside the field; null: nothing any more. @param {string | null} words key of a text @param {Args} [args] */
  complain(words, args = {}) {
    this.#error.hidden = words === null;
    if (words === null) return this.#input.removeAttribute('aria-invalid');
    this.#input.setAttribute('aria-invalid', 'true');
    say(this.#error, words, args);
  }

  focus() {
    this.#input.focus();
  }
}

/** The button that shows what was typed into password fields, and hides it again. */
export class Reveal {
  button = button('account.show.1', { kind: 'quiet' });
  /** @type {Field[]} */
  #fields = [];
  #isShown = false;

  constructor() {
    this.button.addEventListener('click', () => this.#show(!this.#isShown));
  }

  /** @param {...Field} fields */
  over(...fields) {
    this.#fields = fields;
  }

  /** Before a form goes: a browser offers to keep a password only from a field that hides it. */
  hide() {
    this.#show(false);
  }

  /** @param {boolean} isShown */
  #show(isShown) {
    this.#isShown = isShown;
    for (const { input } of this.#fields) input.type = isShown ? 'text' : 'password';
    const word = this.button.firstElementChild;
    if (word) say(word, isShown ? 'account.show.2' : 'account.show.1');
  }
}

/** @param {Reveal} reveal @param {string} name @param {'current-password' | 'new-password'} kind @param {string} [hint] */
export function passwordField(reveal, name, kind, hint) {
  return new Field(name, {
    type: 'password',
    autocomplete: kind,
    autocapitalize: 'none',
    required: true,
    hint,
    beside: reveal.button,
  });
}

/** What one signs in by. */
export function emailField() {
  return new Field('account.email', {
    type: 'email',
    autocomplete: 'username',
    autocapitalize: 'none',
    required: true,
    maxlength: 254,
  });
}

/** The button that sends a form; while the server works it says so, and the form heeds `isBusy`. */
export class Submit {
  #name;
  #word = make('span');
  button = make('button', { type: 'submit', 'data-kind': 'main' }, this.#word);

  /** @param {string} name key of its name */
  constructor(name) {
    this.#name = name;
    say(this.#word, name);
  }

  /** @param {string} name key of another name */
  set name(name) {
    this.#name = name;
    say(this.#word, name);
  }

  get isBusy() {
    return this.button.hasAttribute('data-busy');
  }

  /** @param {boolean} isBusy */
  set isBusy(isBusy) {
    this.button.toggleAttribute('data-busy', isBusy);
    if (isBusy) this.button.setAttribute('aria-disabled', 'true');
    else this.button.removeAttribute('aria-disabled');
    say(this.#word, isBusy ? 'account.busy.now' : this.#name);
  }
}
