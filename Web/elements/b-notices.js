import { button, define, icon, make, say } from './dom.js';

/** @typedef {import('../state/notices.js').Notice} Notice */
/** @typedef {import('../state/notices.js').NoticeAct} NoticeAct */

/** @type {Record<NoticeAct, string>} */
const acts = {
  retry: 'notice.retry',
  without: 'notice.without',
  sound: 'notice.sound',
  settings: 'notice.settings',
  people: 'ctl.people',
  goOn: 'notice.goOn',
  keys: 'keys',
  unmute: 'av.mic.2',
  film: 'av.camera.2',
  later: 'notice.later',
  close: 'page.close',
  leave: 'leave.go',
};

/** @type {Record<import('../state/notices.js').Tone, string>} */
const pictures = { good: 'check', care: 'info', told: 'info', urgent: 'warning' };

/**
 * `<b-notices>`: what goes wrong while the screen runs, each with its next step. Set `notices`; says `act` (detail: the
 * notice and what was chosen). It never takes the focus: the announcer says the words.
 */
export class Notices extends HTMLElement {
  #region = make('section', { label: 'notice', hidden: true });
  /** @type {Map<string, { notice: Notice, element: HTMLElement }>} */
  #shown = new Map();

  connectedCallback() {
    this.append(this.#region);
  }

  /** @param {readonly Notice[]} notices */
  set notices(notices) {
    for (const [id, { notice, element }] of this.#shown) {
      if (notices.includes(notice)) continue;
      if (element.contains(document.activeElement)) this.#passOn(element, notices);
      element.remove();
      this.#shown.delete(id);
    }
    for (const notice of notices) {
      if (this.#shown.has(notice.id)) continue;
      const element = this.#item(notice);
      this.#shown.set(notice.id, { notice, element });
      this.#region.append(element);
    }
    this.#region.hidden = notices.length === 0;
  }

  /** A notice that goes with the focus on it leaves it to the next one, or to the screen. @param {HTMLElement} element @param {readonly Notice[]} staying */
  #passOn(element, staying) {
    const others = [...this.#shown.values()].filter((one) => one.element !== element && staying.includes(one.notice));
    const next = others.map((one) => one.element.querySelector('button')).find((button) => button !== null);
    if (next) next.focus();
    else this.dispatchEvent(new CustomEvent('focusLost', { bubbles: true }));
  }

  /** @param {Notice} notice */
  #item(notice) {
    const words = make('p');
    say(words, notice.text, notice.args);
    const buttons = notice.acts.map((act) => {
      const element = button(acts[act]);
      element.addEventListener(
        'click',
        () => this.dispatchEvent(new CustomEvent('act', { bubbles: true, detail: { notice, act } })),
      );
      return element;
    });
    return make('div', { 'data-tone': notice.tone }, icon(pictures[notice.tone]), words, ...buttons);
  }
}

define('b-notices', Notices);
