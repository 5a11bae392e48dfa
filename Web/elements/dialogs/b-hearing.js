import { define } from '../dom.js';
import { switchRow } from '../switch.js';

/** @typedef {import('../../state/hearing.js').HearingPart} HearingPart */

/** @type {readonly (readonly [HearingPart, string, string])[]} */
const parts = [
  ['echo', 'set.echo', 'set.echo.hint'],
  ['noise', 'set.noise', 'set.noise.hint'],
  ['gain', 'set.gain', 'set.gain.hint'],
  ['music', 'set.music', 'set.music.hint'],
];

/** `<b-hearing>`: what is done to the sound of the own microphone. Set `hearing`; says `hear` (detail: part and isOn), bubbling. */
export class HearingSwitches extends HTMLElement {
  #switches = new Map(parts.map(([part, name, hint]) => {
    const turned = (/** @type {boolean} */ isOn) => {
      this.dispatchEvent(new CustomEvent('hear', { bubbles: true, detail: { part, isOn } }));
    };
    return [part, switchRow(name, hint, turned)];
  }));

  connectedCallback() {
    if (this.childElementCount === 0) this.append(...[...this.#switches.values()].map(({ row }) => row));
  }

  /** @param {Readonly<Record<HearingPart, boolean>>} hearing */
  set hearing(hearing) {
    for (const [part, { input }] of this.#switches) input.checked = hearing[part];
  }
}

define('b-hearing', HearingSwitches);
