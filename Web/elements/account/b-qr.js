import { qrCode } from '../../state/qr.js';
import { define, say } from '../dom.js';

const svg = 'http://www.w3.org/2000/svg';

/** Modules left empty on every side, without which no phone finds the rest. */
const margin = 4;

/** `<b-qr>`: a text as a picture for a phone's camera. Set `name` (key of what it is) and `text`; hidden where there is none, or it is too long. */
export class QR extends HTMLElement {
  #picture = document.createElementNS(svg, 'svg');
  #dark = document.createElementNS(svg, 'path');

  connectedCallback() {
    if (this.childElementCount > 0) return;
    this.#picture.setAttribute('role', 'img');
    this.#picture.append(this.#dark);
    this.append(this.#picture);
  }

  /** @param {string} name */
  set name(name) {
    say(this.#picture, name, {}, 'aria-label');
  }

  /** @param {string | null} text */
  set text(text) {
    const code = text === null ? null : qrCode(text);
    this.hidden = code === null;
    this.#dark.setAttribute('d', '');
    if (code === null) return;
    const whole = code.size + 2 * margin;
    this.#picture.setAttribute('viewBox', `${-margin} ${-margin} ${whole} ${whole}`);
    const modules = Array.from({ length: code.size ** 2 }, (_, at) => [at % code.size, Math.floor(at / code.size)]);
    const dark = modules.filter(([x = 0, y = 0]) => code.isDark(x, y));
    this.#dark.setAttribute('d', dark.map(([x, y]) => `M${x} ${y}h1v1h-1z`).join(''));
  }
}

define('b-qr', QR);
