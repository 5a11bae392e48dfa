import { shortcuts } from '../state/keys.js';
import { define, forbid, icon, make, say, setIcon } from './dom.js';

const kinds = {
  microphone: {
    on: 'av.mic.1',
    off: 'av.mic.2',
    short: 'av.mic.short',
    icon: 'mic',
    key: /** @type {const} */ ('mic'),
  },
  camera: {
    on: 'av.camera.1',
    off: 'av.camera.2',
    short: 'av.camera.short',
    icon: 'camera',
    key: /** @type {const} */ ('camera'),
  },
};

/**
 * `<b-toggle kind="microphone">` or `kind="camera"`: one button that says what it will do. Set `on` and `busy`
 * (the device is being opened) and `barred` (why it cannot be turned on, or null), and the attribute `keyless` where no key does
 * the same; says `toggle`, also when barred: whoever tries it is told why not.
 */
export class Toggle extends HTMLElement {
  #word = make('span');
  #button = make('button', { type: 'button', 'data-control': true }, icon('mic'), this.#word);
  #on = false;

  get kind() {
    return this.getAttribute('kind') === 'camera' ? 'camera' : 'microphone';
  }

  connectedCallback() {
    if (this.childElementCount > 0) return; // put elsewhere: one click is still one
    const words = kinds[this.kind];
    say(this.#word, words.short);
    if (!this.hasAttribute('keyless')) this.#button.setAttribute('aria-keyshortcuts', shortcuts(words.key));
    this.#button.addEventListener('click', () => this.dispatchEvent(new CustomEvent('toggle', { bubbles: true })));
    this.append(this.#button);
    this.#show();
  }

  /** @param {boolean} on */
  set on(on) {
    this.#on = on;
    this.#show();
  }

  /** @param {boolean} busy */
  set busy(busy) {
    this.#button.toggleAttribute('data-busy', busy);
  }

  /** @param {string | null} reason key of a text */
  set barred(reason) {
    forbid(this.#button, reason);
  }

  #show() {
    const words = kinds[this.kind];
    say(this.#button, this.#on ? words.on : words.off, {}, 'aria-label');
    this.#button.toggleAttribute('data-on', this.#on);
    const picture = this.#button.firstElementChild;
    if (picture) setIcon(picture, this.#on ? words.icon : `${words.icon}-off`);
  }
}

define('b-toggle', Toggle);
