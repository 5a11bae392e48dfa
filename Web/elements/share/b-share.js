import { surfaceTexts } from '../../state/sharing.js';
import { Dialog } from '../b-dialog.js';
import { button, define, freshID, icon, make, say } from '../dom.js';

/** @typedef {import('../../state/sharing.js').SurfaceKind} SurfaceKind */

/**
 * `<b-share>`: what is about to be shared, before anybody sees it. Set what with `show`; says `publish` (detail: with its
 * sound? and the hint), `again`, and `close` like every dialog: whoever closes it shares nothing.
 */
export class Share extends Dialog {
  #video = make('video', { playsinline: true, 'aria-hidden': 'true' });
  #what = make('p', { 'data-what': true });
  #warning = make(
    'div',
    { 'data-banner': 'care', hidden: true },
    icon('warning'),
    make('p', { t: 'share.monitor' }),
  );
  #unseen = make('p', { 'data-hint': true, t: 'share.audioOnly', hidden: true });
  #sound = make('input', { type: 'checkbox', role: 'switch', id: freshID() });
  #soundHint = make('p', { id: freshID(), 'data-hint': true });
  #text = this.#radio('text', 'share.text', 'share.text.hint');
  #motion = this.#radio('motion', 'share.motion', 'share.motion.hint');

  constructor() {
    super('share');
    this.#video.muted = true;
    this.#video.autoplay = true;
    this.#sound.setAttribute('aria-describedby', this.#soundHint.id);
    // What cannot be switched keeps its place, and its reason can be read.
    this.#sound.addEventListener('click', (event) => {
      if (this.#sound.getAttribute('aria-disabled') === 'true') event.preventDefault();
    });
    const label = make('label', { for: this.#sound.id, t: 'share.sound' });
    const publish = button('share.publish', { icon: 'screen', kind: 'main' });
    const again = button('share.again');
    const cancel = button('share.cancel', { kind: 'quiet' });
    publish.addEventListener('click', () => {
      const detail = { isWithSound: this.#sound.checked, hint: this.#motion.input.checked ? 'motion' : 'text' };
      this.dispatchEvent(new CustomEvent('publish', { detail }));
    });
    again.addEventListener('click', () => this.dispatchEvent(new CustomEvent('again')));
    cancel.addEventListener('click', () => this.close());
    this.fill(
      make('p', { t: 'share.unseen' }),
      this.#unseen,
      make('fieldset', { 'data-picture': true }, make('legend', { t: 'share.what' }), this.#video, this.#what),
      this.#warning,
      make('div', { 'data-switch': true }, label, this.#sound, this.#soundHint),
      make('fieldset', { 'data-best': true }, make('legend', { t: 'share.best' }), this.#text.row, this.#motion.row),
      make('div', { 'data-acts': true }, publish, again, cancel),
    );
  }

  /** Null: nothing any more. `isAudioOnly`: the person wants no pictures. @param {{ picture: MediaStreamTrack, surface: SurfaceKind, hasSound: boolean, isAudioOnly: boolean } | null} what */
  show(what) {
    this.#video.srcObject = what ? new MediaStream([what.picture]) : null;
    if (!what) return;
    this.#video.play().catch(() => {});
    say(this.#what, surfaceTexts[what.surface]);
    this.#warning.hidden = what.surface !== 'monitor';
    this.#unseen.hidden = !what.isAudioOnly;
    this.#sound.checked = false;
    if (what.hasSound) this.#sound.removeAttribute('aria-disabled');
    else this.#sound.setAttribute('aria-disabled', 'true');
    say(this.#soundHint, what.hasSound ? 'share.sound.hint' : 'share.sound.none');
  }

  /** Each time anew: sharp, and without sound. */
  reset() {
    this.#text.input.checked = true;
  }

  /** @param {'text' | 'motion'} value @param {string} words @param {string} hint */
  #radio(value, words, hint) {
    const why = make('p', { id: freshID(), 'data-hint': true, t: hint });
    const input = make('input', {
      type: 'radio',
      name: 'share-best',
      value,
      id: freshID(),
      'aria-describedby': why.id,
    });
    input.checked = value === 'text';
    return { input, row: make('div', { 'data-choice': true }, input, make('label', { for: input.id, t: words }), why) };
  }
}

define('b-share', Share);
