import { Dialog } from '../b-dialog.js';
import { button, define, make } from '../dom.js';

/** `<b-leave>`: one step against accidents. Says `leave`. */
export class Leave extends Dialog {
  constructor() {
    super('leave');
    const go = button('leave.go', { icon: 'leave', kind: 'danger' });
    const stay = button('leave.stay');
    go.addEventListener('click', () => {
      this.close();
      this.dispatchEvent(new CustomEvent('leave'));
    });
    stay.addEventListener('click', () => this.close());
    this.fill(make('p', { t: 'leave.text' }), make('div', { 'data-acts': true }, go, stay));
  }
}

define('b-leave', Leave);
