import { define, freshID, make, say } from '../elements/dom.js';
import { during, kept, ofGuests } from '../state/privacy.js';
import { settingTexts } from '../state/security.js';

/** `<b-privacy>`: what becomes of what one says, shows and writes, and what every setting gives and costs: Promise P-034. */
export class Privacy extends HTMLElement {
  #title = make('h1', { tabindex: '-1', t: 'page.privacy' });

  connectedCallback() {
    if (this.childElementCount > 0) return;
    const lead = make('p', { 'data-lead': true });
    say(lead, 'privacy.lead', { host: location.hostname });
    this.append(make(
      'main',
      { id: 'content', tabindex: '-1', label: 'page.privacy' },
      this.#title,
      lead,
      part('privacy.during', list(during)),
      part('privacy.guest', list(ofGuests)),
      part('privacy.kept', make('p', { t: 'privacy.kept.lead' }), terms(kept.map(({ texts }) => texts))),
      part('privacy.settings', make('p', { t: 'privacy.settings.lead' }), terms(Object.values(settingTexts))),
      part('privacy.ask', make('p', { t: 'privacy.ask.text' }), make('p', {}, toMine())),
    ));
  }

  get heading() {
    return this.#title;
  }
}

define('b-privacy', Privacy);

/** Where whoever has no account looks. */
function toMine() {
  return make('a', { href: '/mine', 'data-page': true, t: 'mine.open' });
}

/** @param {string} heading @param {...Node} content */
function part(heading, ...content) {
  const title = make('h2', { id: freshID(), t: heading });
  return make('section', { 'aria-labelledby': title.id }, title, ...content);
}

/** @param {readonly string[]} texts */
function list(texts) {
  return make('ul', {}, ...texts.map((text) => make('li', { t: text })));
}

/** What something is called, and what there is to say of it. @param {readonly (readonly [string, string, string])[]} rows */
function terms(rows) {
  return make(
    'dl',
    {},
    ...rows.map(([name, ...words]) => {
      return make('div', {}, make('dt', { t: name }), ...words.map((text) => make('dd', { t: text })));
    }),
  );
}
