import { icon, make } from './dom.js';

/**
 * The way to what is processed and kept, in a tab of its own: whoever stands at a door or is in a meeting stays where they are.
 * @param {boolean} [isShort] where there is room for one word alone
 */
export function privacyLink(isShort = false) {
  return make(
    'a',
    {
      href: '/privacy',
      target: '_blank',
      rel: 'noopener',
      'data-privacy': true,
      label: isShort ? 'page.privacy' : null,
    },
    icon('info'),
    make('span', { t: isShort ? 'page.privacy.short' : 'page.privacy' }),
  );
}
