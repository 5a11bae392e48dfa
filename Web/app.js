import { Page } from './page.js';
import { AccountClient, AccountError } from './protocol/account.js';
import { ownClock } from './protocol/time.js';
import { accountPage, troubleOf } from './state/account.js';
import { meetingOf, pathOf } from './state/link.js';
import { Standing } from './standing.js';
import { chooseLanguage, loadTexts, preferred } from './strings/translate.js';
import { Visit } from './visit.js';
import './screens/home.js';

/** @typedef {import('./protocol/messages.d.ts').SessionInfo} SessionInfo */

/**
 * The program starts here. The key of a meeting stands behind the # of the address, and the token of a one-time link: it is
 * taken out of there before anything else happens (Promise P-011), so that no history, title or error ever holds it.
 */
const address = takeAddress();

/** Where it is said what is processed and kept. */
const privacyPath = '/privacy';
/** Where whoever has no account sees what is kept of them. */
const minePath = '/mine';

/** @returns {{ meeting: string | null, account: import('./state/account.js').AccountPage | null, fragment: string }} */
function takeAddress() {
  const fragment = location.hash.slice(1), path = location.pathname;
  history.replaceState(null, '', path);
  return { meeting: meetingOf(path), account: accountPage(path), fragment };
}

/** @type {Visit | null} */
let visit = null;

const client = new AccountClient();
/** Who is signed in here; null: nobody, as far as this page knows. @type {SessionInfo | null} */
let session = null;
/** Does this page know whether anybody is? Not where it began with a meeting, or with a one-time link. */
let isAsked = false;

/** @param {SessionInfo | null} known */
function know(known) {
  isAsked = true;
  session = known;
  page.session = known;
}

/**
 * Goes to another page of this program without loading it again: what only this page knows would be lost.
 * @param {string} path @param {string | null} [note] key of why
 */
function go(path, note = null) {
  if (path !== location.pathname) history.pushState(null, '', path);
  void arrive(note);
}

/** Shows what belongs to the address. @param {string | null} [note] */
async function arrive(note = null) {
  visit?.close();
  page.closeDialogs(); // the voice is in there, and would go with them
  const next = takeAddress(), path = location.pathname;
  if (!isAsked && asksWho(next)) {
    know(await whoIsHere());
    standing.isOffline = isOffline;
    if (location.pathname !== path) return; // they went on meanwhile
  }
  route(next, note);
}

/** @param {import('./visit.js').Address} address @returns {Visit} */
function newVisit(address) {
  visit = new Visit(page, address, { renew: newVisit, home: () => go('/') });
  return visit;
}

/** Only the page of an account names what a browser installs (`installing.js`), and no page after it does. */
function dropManifest() {
  document.querySelector('link[rel="manifest"]')?.remove();
}

/** Into a meeting that was made or opened on this page: its links are in memory, and the address tells nothing. @param {import('./visit.js').Address} address */
function enter(address) {
  dropManifest();
  page.session = null;
  newVisit(address).start();
}

/** @param {ReturnType<typeof takeAddress>} address @param {string | null} [note] key of why somebody comes here by themselves */
function route({ meeting, account, fragment }, note = null) {
  dropManifest();
  page.session = meeting === null ? session : null; // whoever is in a meeting is no account there
  if (meeting !== null) newVisit({ meeting, fragment }).start();
  else if (account !== null) openAccount(account, fragment, note);
  else if (location.pathname === privacyPath) openPrivacy();
  else if (location.pathname === minePath) openMine();
  else openHome(note);
}

/** @param {string | null} note */
function openHome(note) {
  const home = /** @type {import('./screens/home.js').Home} */ (document.createElement('b-home'));
  home.session = session;
  home.addEventListener('address', (event) => {
    const { meeting, fragment } = /** @type {CustomEvent} */ (event).detail;
    history.pushState(null, '', pathOf(meeting));
    route({ meeting, fragment, account: null });
  });
  home.addEventListener('complaint', (event) => page.announcer.polite(/** @type {CustomEvent} */ (event).detail));
  page.show(home);
  standing.show(home);
  if (note !== null) page.announcer.polite(note);
  if (session !== null) void openDesk(home, session);
}

/** What whoever is signed in has here, fetched by those alone. @param {import('./screens/home.js').Home} home @param {SessionInfo} session */
async function openDesk(home, session) {
  const [{ Desk }, { Maker }] = await Promise.all([import('./desk.js'), import('./e2ee/maker.js')]);
  if (page.screen !== home) return; // they went on meanwhile
  const startMaker = () => Maker.start(ownClock);
  await new Desk({ page, home, session, accounts: client, startMaker, go: enter }).open();
}

/** Fetched by whoever wants to read it. */
async function openPrivacy() {
  const { Privacy } = await import('./screens/privacy.js');
  if (location.pathname === privacyPath) page.show(new Privacy());
}

/** The same: a receipt code is looked up by few. */
async function openMine() {
  const [{ Mine }, { MyData }, { ReceiptClient }] = await Promise.all([
    import('./mine.js'),
    import('./screens/mine.js'),
    import('./protocol/receipts.js'),
  ]);
  if (location.pathname !== minePath) return; // they went on meanwhile
  const screen = new MyData();
  page.show(screen);
  await new Mine(screen, page.announcer, new ReceiptClient()).open();
}

/** Most people never have an account, so its pages are fetched by those who do. @param {import('./state/account.js').AccountPage} name @param {string} token @param {string | null} note */
async function openAccount(name, token, note) {
  if (name === 'account' && session !== null) {
    const { OwnAccount } = await import('./account.js');
    if (accountPage(location.pathname) !== name || session === null) return; // they went on meanwhile
    const ways = {
      changed: know,
      mayLeave,
      left: (/** @type {string} */ words) => void forget().then(() => leave('/', words)),
      over: () => leave('/account', 'account.over'),
    };
    return new OwnAccount(page, client, session, ways).show();
  }
  // Whoever wants to sign in may have been signed out where this page did not see it.
  if (name === 'signIn' && session !== null) know(await client.session().catch(() => session));
  const { Entry } = await import('./entry.js');
  if (accountPage(location.pathname) !== name) return;
  const signedIn = (/** @type {SessionInfo} */ known) => {
    know(known);
    // Back leads past the form: there is nothing to fill in any more.
    history.replaceState(null, '', name === 'account' ? '/account' : '/');
    arrive();
  };
  const entry = new Entry(page, client, { signedIn, toSignIn: (words) => leave('/sign-in', words) });
  if (name === 'account' || name === 'signIn') entry.signIn(note);
  else entry.open(name, token);
}

/** Whether somebody may leave is being found out, or asked. */
let isParting = false;

/** Signing out leaves nothing in this browser: whoever would lose something by it is asked. */
async function mayLeave() {
  if (session === null) return true;
  if (isParting) return false;
  isParting = true;
  try {
    const { mayPart } = await import('./parting.js');
    return await mayPart(page, client, session.account);
  } finally {
    isParting = false;
  }
}

async function forget() {
  const { forgetPerson } = await import('./parting.js');
  await forgetPerson();
}

/** Nobody is signed in any more. @param {string} path where they find themselves @param {string} words key of why */
function leave(path, words) {
  know(null);
  page.announcer.clear(); // what was said to them may name their meetings
  go(path, words);
}

/** Guests are asked nothing, and a one-time link is for whoever has it; elsewhere it matters who is signed in. @param {ReturnType<typeof takeAddress>} address */
function asksWho({ meeting, account }) {
  return meeting === null && (account === null || ['signIn', 'account'].includes(account));
}

/** Who is signed in, as far as the server can be asked; null: nobody. @returns {Promise<SessionInfo | null>} */
async function whoIsHere() {
  try {
    const found = await client.session();
    isOffline = false;
    return found;
  } catch (error) {
    if (!(error instanceof AccountError)) throw error;
    isOffline = error.word === 'offline';
    return null;
  }
}

/** The server may be there again. Whoever is at work here goes on; whoever could not be known is known now. In a meeting nobody is. */
async function connectAgain() {
  const path = location.pathname, account = accountPage(path), { screen } = page;
  if (visit?.isRunning || !asksWho({ meeting: meetingOf(path), account, fragment: '' })) return;
  const found = await whoIsHere();
  standing.isOffline = isOffline;
  if (session !== null || found === null) return;
  if (page.screen !== screen) return void (isAsked = false); // they went on meanwhile: the next page asks
  know(found);
  if (screen?.localName === 'b-home') openHome(null);
  else if (account === 'account') route(takeAddress());
}

let isOffline = false;
const known = asksWho(address) ? whoIsHere() : null;

await loadTexts();
chooseLanguage(preferred(navigator.languages));
document.querySelector('#floor')?.remove();
const page = new Page();
const standing = new Standing(page, connectAgain);
if (known !== null) know(await known);
standing.isOffline = isOffline;
route(address);

document.addEventListener('click', (event) => {
  const link = event.target instanceof Element ? event.target.closest('a[data-page]') : null;
  const isPlain = event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;
  if (link === null || !isPlain) return;
  event.preventDefault();
  go(link.getAttribute('href') ?? '/');
});

document.addEventListener('signOut', async () => {
  if (!await mayLeave()) return;
  try {
    await client.signOut();
  } catch (error) {
    if (!(error instanceof AccountError)) throw error;
    if (error.word !== 'unauthorized') return page.complain(troubleOf('signOut', error.word, error.retrySeconds).text);
  }
  await forget();
  leave('/', 'account.signedOut');
});

// Back and forward. A running meeting is left by its own button; a changed # is heard below.
addEventListener('popstate', () => {
  if (location.hash !== '' || visit?.isRunning) return;
  arrive();
});

// Somebody pastes a link into the address bar of this very page: the browser does not load it again, so this does. In a
// running meeting the key only leaves the address bar.
addEventListener('hashchange', () => {
  const next = takeAddress();
  if (next.fragment === '' || visit?.isRunning) return;
  visit?.close();
  route(next);
});
