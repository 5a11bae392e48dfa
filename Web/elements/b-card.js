import { define, freshID, icon, make, say } from './dom.js';
import { privacyLink } from './privacy.js';

/** Term, its text and its icon, in the order of reading. */
const rows = /** @type {const} */ ([
  ['join.card.encryption', 'join.card.encryption.text', 'lock'],
  ['join.card.recording', 'join.card.recording.text', 'recording'],
  ['join.card.host', 'join.card.host.text', 'person'],
  ['join.card.place', 'join.card.place.text', 'place'],
  ['join.card.kept', 'join.card.kept.text', 'kept'],
]);

/**
 * `<b-card>`: what holds in this meeting, in plain words. It is on the page before any device is asked for or anything
 * is joined, and leads to the rest of it: Promises P-003, P-034.
 */
export class Card extends HTMLElement {
  connectedCallback() {
    if (this.childElementCount > 0) return;
    const title = freshID();
    const list = make('dl');
    for (const [term, text, picture] of rows) {
      const words = make('dd');
      say(words, text, { host: location.host });
      list.append(make('div', {}, make('dt', {}, icon(picture), make('span', { t: term })), words));
    }
    const heading = make('h2', { id: title, t: 'join.card' });
    this.append(make('section', { 'aria-labelledby': title }, heading, list, privacyLink()));
  }
}

define('b-card', Card);
