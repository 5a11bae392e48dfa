import { Panel } from '../people/b-panel.js';
import { define, make } from '../dom.js';
import './b-composer.js';
import './b-log.js';
import './b-shared.js';

/** `<b-chat>`: the panel of messages: how long they live, the `log` of them, the files that one has `shared`, and the `composer` below. */
export class ChatPanel extends Panel {
  log = /** @type {import('./b-log.js').Log} */ (make('b-log'));
  shared = /** @type {import('./b-shared.js').Shared} */ (make('b-shared'));
  composer = /** @type {import('./b-composer.js').Composer} */ (make('b-composer'));

  constructor() {
    super('chat');
    this.shared.hidden = true;
    this.fill(make('p', { 'data-hint': true, t: 'chat.life' }), this.log, this.shared, this.composer);
  }

  /** Once it is seen. */
  refresh() {
    if (this.hidden) return;
    this.log.refresh();
    this.composer.refresh();
  }
}

define('b-chat', ChatPanel);
