import { Page } from './page.js';
import { ownClock } from './protocol/time.js';
import { meetingOf } from './state/link.js';
import { chooseLanguage, loadTexts, preferred } from './strings/translate.js';
import { Visit } from './visit.js';
import './screens/home.js';

/** @typedef {import('./screens/home.js').Home} Home */

/**
 * The program starts here. The key of a meeting stands behind the # of the address: it is taken out of there before
 * anything else happens (Promise P-011), so that no history, title or error ever holds it.
 */
const address = takeAddress();

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
  visit = new Visit(page, address, { renew: newVisit, home: () => void openHome() });
  return visit;
}

/** `made`: for whoever comes from the page where they made it. @param {{ meeting: string | null, fragment: string, made?: import('./made.js').Made }} address */
function route({ meeting, fragment, made }) {
  if (meeting !== null) newVisit({ meeting, fragment, made: made ?? null }).start();
  else void openHome();
}

async function openHome() {
  const home = /** @type {Home} */ (document.createElement('b-home'));
  home.addEventListener('address', (event) => location.assign(/** @type {CustomEvent} */ (event).detail));
  home.addEventListener('complaint', (event) => page.announcer.polite(/** @type {CustomEvent} */ (event).detail));
  page.show(home);
  await openDesk(home);
}

/** What whoever is signed in has here, fetched by those alone: most people never have an account. @param {Home} home */
async function openDesk(home) {
  const { AccountClient } = await import('./protocol/account.js');
  const accounts = new AccountClient();
  const session = await accounts.session().catch(() => null);
  if (session === null) return;
  const [{ Desk }, { Maker }] = await Promise.all([import('./desk.js'), import('./e2ee/maker.js')]);
  const startMaker = () => Maker.start(ownClock);
  await new Desk({ page, home, session, accounts, startMaker, go: route }).open();
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
