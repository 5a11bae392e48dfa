import { button, define, make } from '../dom.js';
import { Section } from './section.js';

/** `<b-close>`: the end of an account. */
export class Close extends Section {
  constructor() {
    super('account.close');
    const close = button('account.close.act', { kind: 'danger' });
    close.addEventListener('click', () => this.tell({ type: 'close' }, close));
    this.fill(make('p', { t: 'account.close.lead' }), make('div', { 'data-acts': true }, close));
  }
}

define('b-close', Close);
