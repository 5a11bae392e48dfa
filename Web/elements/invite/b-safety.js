import { define, freshID, icon, make, say, setIcon } from '../dom.js';

/** @typedef {import('../../state/safety.js').Line} Line */

/** Which picture goes with a state; the words say it as well. */
const pictures = { met: 'check', missing: 'warning', unknown: 'help' };

/** What a state is called. */
const states = { met: 'safety.met', missing: 'safety.missing', unknown: 'safety.open' };

/** `<b-safety>`: what keeps the meeting safe, and what it lacks (Promise P-002). Set `lines` (null: nothing is known, or nothing is to be said). */
export class SafetyList extends HTMLElement {
  #id = freshID();
  #list = make('ul', { 'aria-labelledby': this.#id, 'data-measures': true });
  /** @type {Map<string, HTMLElement>} */
  #rows = new Map();

  connectedCallback() {
    if (this.childElementCount > 0) return;
    // Under the title of a dialog, or of the page.
    const title = make(this.closest('dialog') ? 'h3' : 'h2', { id: this.#id, t: 'safety' });
    this.append(make('section', { 'aria-labelledby': this.#id }, title, this.#list));
  }

  /** Rows stay, so that whoever reads one is not thrown out of it. @param {readonly Line[] | null} lines */
  set lines(lines) {
    this.hidden = lines === null;
    for (const line of lines ?? []) {
      const row = this.#rows.get(line.measure) ?? this.#row(line);
      row.dataset['state'] = line.state === 'missing' && line.isRequired ? 'refused' : line.state;
      const [picture, name, state, words, required] = row.children;
      if (!picture || !name || !state || !words || !required) continue;
      setIcon(picture, pictures[line.state]);
      say(name, line.name);
      say(state, states[line.state]);
      say(words, line.words);
      /** @type {HTMLElement} */ (required).hidden = !line.isRequired;
    }
  }

  /** @param {Line} line */
  #row({ measure }) {
    const row = make(
      'li',
      {},
      icon('info'),
      make('strong'),
      make('span', { 'data-word': true }),
      make('span', { 'data-hint': true }),
      make('span', { 'data-required': true, t: 'safety.required' }),
    );
    this.#rows.set(measure, row);
    this.#list.append(row);
    return row;
  }
}

define('b-safety', SafetyList);
