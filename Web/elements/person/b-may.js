import { uses } from '../../state/moderation.js';
import { define, freshID, make } from '../dom.js';

/** @typedef {import('../../state/powers.d.ts').May} May */
/** @typedef {import('../../state/powers.d.ts').Use} Use */

/** @type {Readonly<Record<Use, string>>} */
const words = { microphone: 'person.mayUnmute', camera: 'person.mayVideo', screen: 'person.mayShare' };

/**
 * `<b-may>`: what somebody may switch on themselves. Keep it right with `show`; says `may` (detail: use and whether it is
 * allowed), bubbling. It shows what holds, not what was asked for.
 */
export class MaySwitches extends HTMLElement {
  #switches = new Map(uses.map((use) => [use, this.#switch(use)]));

  connectedCallback() {
    if (this.childElementCount === 0) this.append(...[...this.#switches.values()].map(({ row }) => row));
  }

  /** @param {May | null} may null: not ours to say @param {readonly Use[]} shut what nobody may now */
  show(may, shut) {
    this.hidden = may === null;
    for (const [use, { input, reason }] of this.#switches) {
      const isShut = shut.includes(use);
      input.checked = may?.[use] === true && !isShut;
      reason.hidden = !isShut;
      if (isShut) {
        input.setAttribute('aria-disabled', 'true');
        input.setAttribute('aria-describedby', reason.id);
      } else {
        input.removeAttribute('aria-disabled');
        input.removeAttribute('aria-describedby');
      }
    }
  }

  /** @param {Use} use */
  #switch(use) {
    const input = make('input', { type: 'checkbox', role: 'switch', id: freshID() });
    const reason = make('p', { id: freshID(), 'data-hint': true, t: 'person.may.shut', hidden: true });
    input.addEventListener('change', () => {
      const isAllowed = input.checked;
      input.checked = !isAllowed;
      if (input.getAttribute('aria-disabled') === 'true') return;
      this.dispatchEvent(new CustomEvent('may', { bubbles: true, detail: { use, isAllowed } }));
    });
    const label = make('label', { for: input.id, t: words[use] });
    return { input, reason, row: make('div', { 'data-switch': true }, label, input, reason) };
  }
}

define('b-may', MaySwitches);
