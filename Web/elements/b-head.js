import { button, define, icon, make, say } from './dom.js';
import { privacyLink } from './privacy.js';
import './b-language.js';

/** `<b-head>`: the head of every page but the meeting: name, privacy, language, help. Says `help`, bubbling. */
export class Head extends HTMLElement {
  connectedCallback() {
    if (this.childElementCount > 0) return;
    const help = button('page.help.short', { icon: 'help', kind: 'quiet' });
    say(help, 'page.help', {}, 'aria-label');
    help.setAttribute('aria-haspopup', 'dialog');
    help.addEventListener('click', () => this.dispatchEvent(new CustomEvent('help', { bubbles: true })));
    const brand = make('a', { href: '/', 'data-brand': true }, icon('beraad'), make('span', { t: 'page.name' }));
    this.append(make('header', {}, brand, privacyLink(true), make('b-language'), help));
  }
}

define('b-head', Head);
