import { define, icon, make, say } from '../dom.js';

/** @typedef {import('../../state/services.js').ServiceView} ServiceView */

/** @type {Readonly<Record<ServiceView['consent'], string>>} */
const words = { unasked: 'service.unasked', yes: 'service.yes', no: 'service.no' };

/**
 * `<b-service>`: something takes part that is no person, what for and where. It stands as long as the group has it, and cannot be put away. Show
 * it with `show`; says `withdraw` (detail: key and the text that stands there) and `agree` (detail: key), bubbling.
 */
export class ServiceBanner extends HTMLElement {
  #name = make('strong');
  #words = make('span');
  #act = make('span');
  #button = make('button', { type: 'button' }, this.#act);
  #text = make('p', {}, this.#name, ' ', this.#words);
  #purposes = make('span');
  #place = make('span');
  #facts = make(
    'p',
    {},
    make('span', { t: 'consent.for' }),
    ': ',
    this.#purposes,
    ' · ',
    this.#place,
  );
  #about = make('div', {}, this.#text, this.#facts);
  #region = make('section', {}, icon('recording'), this.#about, this.#button);
  /** @type {ServiceView | null} */
  #service = null;

  connectedCallback() {
    if (this.childElementCount > 0) return;
    this.#button.addEventListener('click', () => this.#tell());
    this.append(this.#region);
  }

  /** One button for both ways, so that it keeps the focus; the question asks for itself. @param {ServiceView} service */
  show(service) {
    this.#service = service;
    const { word, owner, purposes, place, consent, isHolding, mayAgree } = service;
    say(this.#name, 'service', { service: { word } });
    say(this.#region, 'service', { service: { word } }, 'aria-label');
    say(this.#words, words[consent], { name: owner });
    say(this.#purposes, purposes.text, purposes.args);
    say(this.#place, place);
    say(this.#act, consent === 'yes' ? 'service.withdraw' : 'service.agree');
    this.#button.hidden = consent === 'unasked' || (consent === 'no' && !mayAgree);
    this.#region.toggleAttribute('data-holding', isHolding);
  }

  #tell() {
    if (!this.#service) return;
    const { key, consent } = this.#service;
    const isYes = consent === 'yes';
    const text = [this.#text, this.#facts, this.#act].map(({ textContent }) => textContent).join('\n');
    const detail = isYes ? { key, text } : { key };
    this.dispatchEvent(new CustomEvent(isYes ? 'withdraw' : 'agree', { bubbles: true, detail }));
  }
}

define('b-service', ServiceBanner);
