import { freshID, make } from './dom.js';

/**
 * A switch with its words and what follows from it, as one row.
 * @param {string} name key of its name @param {string} hint key of what follows @param {(isOn: boolean) => void} turned
 */
export function switchRow(name, hint, turned) {
  const input = make('input', { type: 'checkbox', role: 'switch', id: freshID(), autocomplete: 'off' });
  const words = make('span', { id: freshID(), 'data-hint': true, t: hint });
  input.setAttribute('aria-describedby', words.id);
  input.addEventListener('change', () => turned(input.checked));
  return { input, row: make('div', { 'data-switch': true }, make('label', { for: input.id, t: name }), input, words) };
}
