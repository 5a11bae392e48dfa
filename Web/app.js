import { Page } from './page.js';
import { meetingOf } from './state/link.js';
import { chooseLanguage, loadTexts, preferred } from './strings/translate.js';
import { Visit } from './visit.js';
import './screens/home.js';
import './screens/privacy.js';

/**
 * The program starts here. The key of a meeting stands behind the # of the address: it is taken out of there before
 * anything else happens (Promise P-011), so that no history, title or error ever holds it.
 */
const address = takeAddress();

/** Where it is said what is processed and kept. */
const privacyPath = '/privacy';

/** @returns {{ meeting: string | null, fragment: string }} */
function takeAddress() {
  const fragment = location.hash.slice(1);
  history.replaceState(null, '', location.pathname);
  return { meeting: meetingOf(location.pathname), fragment };
}

/** @type {Visit | null} */
let visit = null;

/** @param {import('./visit.js').Address} address @returns {Visit} */
function newVisit(address) {
  visit = new Visit(page, address, newVisit);
  return visit;
}

/** @param {{ meeting: string | null, fragment: string }} address */
function route({ meeting, fragment }) {
  if (meeting !== null) {
    newVisit({ meeting, fragment }).start();
    return;
  }
  if (location.pathname === privacyPath) {
    page.show(/** @type {import('./screens/privacy.js').Privacy} */ (document.createElement('b-privacy')));
    return;
  }
  const home = /** @type {import('./screens/home.js').Home} */ (document.createElement('b-home'));
  home.addEventListener('address', (event) => location.assign(/** @type {CustomEvent} */ (event).detail));
  home.addEventListener('complaint', (event) => page.announcer.polite(/** @type {CustomEvent} */ (event).detail));
  page.show(home);
}

await loadTexts();
chooseLanguage(preferred(navigator.languages));
document.querySelector('#floor')?.remove();
const page = new Page();
route(address);

// Somebody pastes a link into the address bar of this very page: the browser does not load it again, so this does. In a
// running meeting the key only leaves the address bar.
addEventListener('hashchange', () => {
  const next = takeAddress();
  if (next.fragment === '' || visit?.isRunning) return;
  visit?.close();
  route(next);
});
