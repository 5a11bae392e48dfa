import { Panel } from '../people/b-panel.js';
import { define, make } from '../dom.js';
import './b-composer.js';
import './b-log.js';

/** `<b-chat>`: the panel of messages: how long they live, the `log` of them, and the `composer` below. */
export class ChatPanel extends Panel {
  log = /** @type {import('./b-log.js').Log} */ (make('b-log'));
  composer = /** @type {import('./b-composer.js').Composer} */ (make('b-composer'));

  constructor() {
    super('chat');
    this.fill(make('p', { 'data-hint': true, t: 'chat.life' }), this.log, this.composer);
  }

  /** Once it is seen. */
  refresh() {
    if (this.hidden) return;
    this.log.refresh();
    this.composer.refresh();
  }
}

define('b-chat', ChatPanel);
