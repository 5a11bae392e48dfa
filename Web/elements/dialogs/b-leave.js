import { nameOf } from '../../state/people.js';
import { Dialog } from '../b-dialog.js';
import { button, define, freshID, make, say, sentence } from '../dom.js';

/**
 * @typedef {object} LeaveView
 * @property {import('../../state/leaving.js').Heirs} heirs
 * @property {boolean} mayEnd the meeting may be ended for everybody
 * @property {boolean} isBusy the heir is being named
 * @property {string | null} failure key of what did not work
 */

/** How one comes back: by a link, or by what this page has of the meeting. @typedef {'link' | 'page' | 'list'} WayBack */

/** @type {Readonly<Record<WayBack, string>>} */
const waysBack = { link: 'leave.text', page: 'leave.text.page', list: 'leave.text.list' };

/**
 * `<b-leave>`: one step against accidents; for a host also who leads on, and the end for everybody. Keep it right with `show`, and
 * `wayBack` for whoever made the meeting; says `leave` (detail: key of the heir, or null) and `end`.
 */
export class Leave extends Dialog {
  #heir = make('select', { id: freshID(), autocomplete: 'off' });
  #hint = make('p', { id: freshID(), 'data-hint': true, t: 'leave.heir.hint' });
  #field = make('div', { 'data-field': true, hidden: true });
  #failure = make('p', { 'data-error': true, hidden: true });
  #text = make('p', { t: 'leave.text' });
  #go = button('leave.go', { icon: 'leave', kind: 'danger' });
  #end = button('leave.end', { icon: 'stopped', kind: 'danger' });
  /** What the list is made of, so that it is not made anew under somebody's hand. */
  #shown = '';

  constructor() {
    super('leave');
    const stay = button('leave.stay');
    this.#go.addEventListener('click', () => this.#leave());
    this.#end.addEventListener('click', () => this.dispatchEvent(new CustomEvent('end')));
    stay.addEventListener('click', () => this.close());
    this.#heir.setAttribute('aria-describedby', this.#hint.id);
    this.#field.append(make('label', { for: this.#heir.id, t: 'leave.heir' }), this.#heir, this.#hint);
    this.fill(
      this.#text,
      this.#field,
      this.#failure,
      make('div', { 'data-acts': true }, this.#go, this.#end, stay),
    );
  }

  /** @param {WayBack} way */
  set wayBack(way) {
    say(this.#text, waysBack[way]);
  }

  /** @param {LeaveView} view */
  show({ heirs, mayEnd, isBusy, failure }) {
    this.#end.hidden = !mayEnd;
    this.#field.hidden = heirs.people.length === 0;
    this.#fill(heirs);
    this.#go.toggleAttribute('data-busy', isBusy);
    if (isBusy) this.#go.setAttribute('aria-disabled', 'true');
    else this.#go.removeAttribute('aria-disabled');
    this.#failure.hidden = failure === null;
    if (failure) say(this.#failure, failure);
  }

  /** Whoever was chosen stays chosen for as long as they are there. @param {import('../../state/leaving.js').Heirs} heirs */
  #fill({ people, isNobodyFirst }) {
    const names = people.map((person) => {
      const name = nameOf(person);
      return [person.key ?? '', typeof name === 'string' ? name : sentence(name.word), person.role];
    });
    const list = JSON.stringify([names, isNobodyFirst]);
    if (list === this.#shown) return;
    this.#shown = list;
    const chosen = this.#heir.value, hadChoice = this.#heir.options.length > 0;
    const options = people.map((person, index) => {
      const name = names[index]?.[1] ?? '';
      const option = make('option', { value: person.key });
      if (person.role === 'cohost') say(option, 'leave.heir.cohost', { name });
      else option.textContent = name;
      return option;
    });
    const nobody = make('option', { value: '', t: 'leave.heir.nobody' });
    this.#heir.replaceChildren(...(isNobodyFirst ? [nobody, ...options] : [...options, nobody]));
    if (hadChoice && [...this.#heir.options].some(({ value }) => value === chosen)) this.#heir.value = chosen;
  }

  #leave() {
    if (this.#go.getAttribute('aria-disabled') === 'true') return;
    const heir = this.#field.hidden || this.#heir.value === '' ? null : this.#heir.value;
    if (heir === null) this.close();
    this.dispatchEvent(new CustomEvent('leave', { detail: heir }));
  }
}

define('b-leave', Leave);
