import { button, define, freshID, icon, make, say } from './dom.js';

/** @typedef {import('../state/devices.js').Kind} Kind */

/** @type {readonly (readonly [Kind, string, string])[]} */
const pickers = [
  ['microphone', 'av.micPick', 'mic'],
  ['camera', 'av.cameraPick', 'camera'],
  ['speaker', 'av.speakerPick', 'speaker'],
];

/**
 * `<b-devices>`: the pickers of microphone, camera and speaker with the test sound. Set `choices` and `chosen`; says
 * `pick` (detail: kind and id) and `test`.
 */
export class Devices extends HTMLElement {
  /** @type {Map<Kind, HTMLSelectElement>} */
  #selects = new Map();
  #hint = make('p', { 'data-hint': true, t: 'av.pick.hint' });
  #speakers = 'setSinkId' in HTMLMediaElement.prototype;
  /** @type {import('../state/devices.js').Choices} */
  #choices = { microphone: [], camera: [], speaker: [] };

  connectedCallback() {
    if (this.childElementCount > 0) return;
    const hint = freshID();
    this.#hint.id = hint;
    for (const [kind, text, picture] of pickers) {
      if (kind === 'speaker' && !this.#speakers) continue;
      const select = make('select', { autocomplete: 'off', 'aria-describedby': hint });
      select.addEventListener('change', () => {
        this.dispatchEvent(new CustomEvent('pick', { detail: { kind, id: select.value } }));
      });
      this.#selects.set(kind, select);
      this.append(make('label', {}, icon(picture), make('span', { t: text }), select));
    }
    const test = button('join.test', { icon: 'sound', kind: 'quiet' });
    test.addEventListener('click', () => this.dispatchEvent(new CustomEvent('test')));
    this.prepend(this.#hint);
    this.append(test);
    if (!this.#speakers) this.append(make('p', { 'data-hint': true, t: 'av.speaker.hint' }));
    this.#offer(this.#choices);
  }

  /** @param {import('../state/devices.js').Choices} choices */
  set choices(choices) {
    if (choices !== this.#choices) this.#offer(choices);
  }

  /** @param {import('../state/devices.js').Choices} choices */
  #offer(choices) {
    this.#choices = choices;
    this.#hint.hidden = choices.microphone.length + choices.camera.length > 0;
    for (const [kind, select] of this.#selects) {
      const chosen = select.value;
      const options = choices[kind].map((choice, index) => {
        const option = make('option', { value: choice.id }, choice.label);
        if (choice.label === '') say(option, 'av.unnamed', { n: index + 1 });
        return option;
      });
      select.replaceChildren(make('option', { value: '', t: 'av.default' }), ...options);
      select.value = choices[kind].some((choice) => choice.id === chosen) ? chosen : '';
    }
  }

  /** @param {Readonly<Record<Kind, string>>} chosen */
  set chosen(chosen) {
    for (const [kind, select] of this.#selects) {
      select.value = chosen[kind];
      if (select.selectedIndex < 0) select.value = '';
    }
  }
}

define('b-devices', Devices);
