/// <reference lib="deno.ns" />
/**
 * Making meetings, between a server and an engine that say what a test wants.
 * @import { Accounts, LinkMaker } from '../made.js'
 * @import { MeetingPlan } from '../protocol/messages.d.ts'
 */
import assert from 'node:assert/strict';
import { base64url, fromBase64url, utf8 } from '../e2ee/bytes.js';
import { FilesError } from '../e2ee/engine.js';
import { Making } from '../making.js';
import { mishapOf } from '../mishap.js';
import { listPlans } from '../plans.js';
import { longestBundle, mostPersonal } from '../state/bundle.js';
import { profiles, published } from '../state/profiles.js';
import { Vault } from '../vault.js';
import { run } from './hex.js';

const meeting = base64url(run(1, 16)), account = base64url(run(60, 16)), token = base64url(run(90, 32));
const now = 1_796_000_000;

/** As a browser keeps it: one key, which it may refuse. */
class Shelf {
  /** @type {CryptoKey | null} */
  key = null;
  mayKeep = true;

  get() {
    return Promise.resolve(this.key);
  }

  /** @param {CryptoKey} key */
  keep(key) {
    if (this.mayKeep) this.key ??= key;
    return Promise.resolve(this.mayKeep);
  }
}

function setUp(shelf = new Shelf()) {
  /** @type {unknown[][]} */
  const asked = [];
  /** What fails, by the name of what was asked. @type {Map<string, Error>} */
  const failing = new Map();
  /** @type {{ id: string, plan: MeetingPlan }[]} */
  let plans = [];
  /** @param {string} name @param {unknown[]} parts */
  const note = (name, parts) => {
    asked.push([name, ...parts]);
    const error = failing.get(name);
    return error ? Promise.reject(error) : Promise.resolve();
  };
  /** @type {Accounts} */
  const accounts = {
    plan: (plan) =>
      note('plan', [plan]).then(() => {
        plans.push({ id: meeting, plan });
        return { id: meeting, plan, token };
      }),
    planned: (after) => {
      const from = plans.findIndex(({ id }) => id === after) + 1, [one] = plans.slice(from);
      return note('planned', [after]).then(() => ({
        meetings: one ? [one] : [],
        ...(one && from + 1 < plans.length && { next: one.id }),
      }));
    },
    change: (id, plan) =>
      note('change', [id, plan]).then(() => {
        plans = plans.map((one) => one.id === id ? { id, plan } : one);
      }),
    cancel: (id) => note('cancel', [id]),
    safety: (id) => note('safety', [id]).then(() => ({ measures: [] })),
    register: (...parts) => note('register', parts),
    addTickets: (...parts) => note('addTickets', parts),
    revokeTicket: (...parts) => note('revokeTicket', parts),
  };
  let running = 0, made = 0;
  /** @type {LinkMaker} */
  const maker = {
    draft: (draft) =>
      note('draft', [draft]).then(() => ({
        hostFragment: 'H'.repeat(66),
        guestFragment: 'G'.repeat(44),
        inviteID: 'i',
        descriptor: 'd',
        lobby: 'l',
      })),
    personal: (id, fragment, terms) =>
      note('personal', [id, fragment, terms]).then(() => {
        made++;
        return { fragment: `f${made}`, certificate: `c${made}`, hash: `h${made}`, key: `k${made}` };
      }),
    close: () => void running--,
  };
  const vault = new Vault(account, shelf);
  const making = new Making({
    accounts,
    startMaker: () => {
      running++;
      return Promise.resolve(maker);
    },
    vault,
    hostName: 'Anna',
    language: () => 'nl',
    now: () => now,
    random: () => 1_234_567,
  });
  return {
    accounts,
    asked,
    failing,
    making,
    vault,
    get plans() {
      return plans;
    },
    set plans(more) {
      plans = more;
    },
    get running() {
      return running;
    },
    names: () => asked.map(([name]) => name),
    /** @param {string} name @returns {any[]} */
    parts: (name) => asked.find(([one]) => one === name)?.slice(1) ?? [],
  };
}

/** @type {import('../making.js').Wish} */
const wish = { profile: 'coaching', options: ['one', 'noFiles'], title: 'Voortgang' };
const when = { start: now + 86_400, minutes: 90 };

Deno.test('P-045 a meeting is made with what its kind sets, less what was taken away, under the hash of the published file', async () => {
  const world = setUp();
  const made = await world.making.start(wish);
  assert.deepEqual(world.names(), ['plan', 'draft', 'register', 'change']);
  const [draft] = world.parts('draft');
  const file = await Deno.readTextFile(new URL('../profiles/coaching.json', import.meta.url));
  assert.deepEqual(draft, {
    meeting,
    admission: 'waiting',
    features: ['chat', 'reactions', 'rename', 'screen', 'microphone', 'camera', 'hostsChat', 'hostsScreen'],
    membersMax: 2,
    notBefore: now - 300,
    notAfter: now + 3600 + 86_400,
    profile: 'coaching',
    profileHash: new Uint8Array(await crypto.subtle.digest('SHA-256', utf8(file))),
    title: 'Voortgang',
    hostName: 'Anna',
    agenda: '',
    language: 'nl',
    start: now,
    minutes: 60,
  });
  assert.equal(file, published(profiles.coaching));
  const registered = { inviteID: 'i', descriptor: 'd', lobby: 'l', capacity: 2, passcode: '01234567' };
  assert.deepEqual(world.parts('register'), [meeting, token, registered], 'and no link');
  assert.equal(made.passcode, '01234567');
  assert.equal(made.link('https://meet.test', made.guestFragment), `https://meet.test/m/${meeting}#${'G'.repeat(44)}`);
  assert.deepEqual([made.settings.individual, made.title, made.token], [true, 'Voortgang', token]);
  assert.equal(world.running, 0, 'no worker is left');
});

Deno.test('a planned meeting is kept sealed: this browser opens it again, and no other, nor in another place', async () => {
  const shelf = new Shelf(), world = setUp(shelf);
  const { made, lasting } = await world.making.plan(wish, when, true);
  assert.deepEqual([lasting, made.lasting], ['device', 'device']);
  assert.equal(shelf.key?.extractable, false);
  assert.deepEqual(world.names(), ['plan', 'draft', 'register', 'change']);
  const [id, plan] = world.parts('change');
  assert.deepEqual({ ...plan, card: '' }, { starts: when.start, minutes: 90, profile: 'coaching', card: '' });
  const bytes = fromBase64url(plan.card);
  assert.ok(bytes && bytes.length <= 8192 && bytes[0] === 1);
  for (const secret of [made.hostFragment, made.guestFragment, String(made.passcode), made.token, 'Voortgang']) {
    assert.ok(!new TextDecoder('latin1').decode(bytes).includes(secret), 'readable');
  }
  const again = new Vault(account, shelf);
  const opened = await again.open(id, plan.card);
  assert.deepEqual([opened?.lasting, opened?.bundle.hostFragment], ['device', made.hostFragment]);
  assert.deepEqual(opened?.bundle.profile, { name: 'coaching', options: ['one', 'noFiles'] });
  const elsewhere = new Vault(account, new Shelf()), other = new Vault(meeting, shelf);
  assert.equal(await elsewhere.open(id, plan.card), null, 'another device');
  assert.equal(await other.open(id, plan.card), null, 'another account in the same browser');
  assert.equal(await again.open(account, plan.card), null, 'in the place of another meeting');
  for (const bad of ['', 'AQ', '!', base64url(Uint8Array.of(2, ...bytes.subarray(1))), plan.card.slice(0, -4)]) {
    assert.equal(await again.open(id, bad), null);
  }
});

Deno.test('where nothing is kept, or is not to be, the key lasts as long as the page', async () => {
  for (const onDevice of [true, false]) {
    const shelf = new Shelf();
    shelf.mayKeep = !onDevice;
    const world = setUp(shelf);
    assert.equal(world.vault.hasTabKey, false);
    const { lasting } = await world.making.plan(wish, when, onDevice);
    assert.equal(lasting, 'tab');
    assert.equal(shelf.key, null);
    assert.equal(world.vault.hasTabKey, true);
    const [one] = await listPlans(world.accounts, world.vault);
    assert.equal(one?.opened?.lasting, 'tab');
    assert.deepEqual(world.vault.alone, [meeting]);
    assert.equal(await new Vault(account, shelf).open(meeting, one?.plan.card ?? ''), null, 'after a reload');
    world.plans = [];
    await listPlans(world.accounts, world.vault);
    assert.deepEqual(world.vault.alone, [], 'deleted elsewhere');
  }
});

Deno.test('what ended for everybody is nothing that could be lost', async () => {
  const world = setUp();
  const { made } = await world.making.plan(wish, when, false);
  made.enter();
  assert.deepEqual(world.vault.alone, [meeting], 'a planned one is entered again');
  for (const fault of [new Error('offline'), null]) {
    if (fault) world.failing.set('planned', fault);
    else world.failing.clear();
    await made.end();
    assert.deepEqual(world.vault.alone, [meeting], 'the server stops, and keeps the plan');
  }
  world.plans = [];
  await made.end();
  assert.deepEqual(world.vault.alone, []);
});

Deno.test('what is planned while the list is on its way is not given up', async () => {
  const world = setUp();
  /** @type {(answer: { meetings: [] }) => void} */
  let answer = () => {};
  const listing = listPlans({ planned: () => new Promise((resolve) => answer = resolve) }, world.vault);
  await world.making.plan(wish, when, false);
  answer({ meetings: [] });
  assert.deepEqual(await listing, []);
  assert.deepEqual(world.vault.alone, [meeting]);
});

Deno.test('what is to go with the tab is not kept because something else is', async () => {
  const shelf = new Shelf(), world = setUp(shelf);
  await world.making.plan(wish, when, false);
  const [{ plan } = { plan: null }] = world.plans;
  await world.making.plan(wish, when, true);
  assert.ok(shelf.key && plan?.card);
  assert.equal(await new Vault(account, shelf).open(meeting, plan.card), null);
  assert.equal((await world.vault.open(meeting, plan.card))?.lasting, 'tab');
});

Deno.test('half a meeting is none: what was begun is taken back, and the reason is what is heard', async () => {
  for (const step of ['draft', 'register', 'change']) {
    const world = setUp(), error = new Error(step);
    world.failing.set(step, error);
    world.failing.set('cancel', new Error('that, too'));
    await assert.rejects(world.making.plan(wish, when, true), error);
    assert.deepEqual(world.parts('cancel'), [meeting], step);
    assert.equal(world.running, 0);
    await assert.rejects(world.making.plan(wish, when, false), error);
    assert.deepEqual(world.vault.alone, [], 'nothing that could be lost');
  }
  for (const onDevice of [true, false]) {
    const shelf = new Shelf(), world = setUp(shelf);
    world.failing.set('plan', new Error('no plan'));
    await assert.rejects(world.making.plan(wish, when, onDevice), /no plan/);
    assert.ok(!world.names().includes('cancel'));
    assert.deepEqual([shelf.key, world.vault.hasTabKey], [null, false], 'no key for somebody who is not signed in');
  }
});

Deno.test('P-026 a personal link is known to the server before it is shown, is kept, and can be revoked alone', async () => {
  const world = setUp();
  const { made } = await world.making.plan({ ...wish, profile: 'lesson' }, when, true);
  world.asked.length = 0;
  assert.equal(await made.invite('Bram'), true);
  assert.equal(await made.invite('Chris'), true);
  assert.deepEqual(world.names().slice(0, 4), ['personal', 'addTickets', 'planned', 'change']);
  const terms = { mayEnter: true, notBefore: now - 300, notAfter: when.start + 90 * 60 + 86_400 };
  assert.deepEqual(world.parts('personal'), [meeting, made.hostFragment, terms], 'in a lesson they need not wait');
  assert.deepEqual(world.parts('addTickets'), [meeting, token, ['c1']]);
  const links = async () => (await listPlans(world.accounts, world.vault))[0]?.opened?.bundle.personal;
  assert.deepEqual((await links())?.map(({ name, fragment }) => [name, fragment]), [['Bram', 'f1'], ['Chris', 'f2']]);
  assert.equal((await made.revoke('h1'))?.key, 'k1');
  assert.deepEqual(world.parts('revokeTicket'), [meeting, token, 'h1']);
  assert.deepEqual((await links())?.map(({ name }) => name), ['Chris']);
  assert.equal(await made.revoke('h1'), null, 'once');
  const [{ opened } = { opened: null }] = await listPlans(world.accounts, world.vault);
  assert.deepEqual([made.revoked, opened?.bundle.revoked], [['k1'], ['k1']], 'a group of tomorrow has to hear of it');
  assert.equal(world.running, 0);
});

Deno.test('one that begins now is planned for this hour, and lies where others of this browser lie', async () => {
  const world = setUp();
  const made = await world.making.start(wish);
  assert.deepEqual([made.when, made.lasting], [{ meeting, start: now, minutes: 60, isNow: true }, 'tab']);
  assert.deepEqual(world.vault.alone, [meeting], 'until its maker was in, closing the page is a mishap');
  made.enter();
  assert.deepEqual(world.vault.alone, []);
  const [one] = await listPlans(world.accounts, world.vault);
  assert.equal(one?.opened?.bundle.hostFragment, made.hostFragment, 'it is found at home');
  assert.equal(await made.expect(['Bram']), true);
  assert.deepEqual(world.vault.alone, [], 'what is written down later changes nothing about that');

  const own = setUp();
  await own.vault.prepare(true);
  assert.equal((await own.making.start(wish)).lasting, 'device');
  assert.deepEqual(own.vault.alone, []);
});

Deno.test('P-026 a link the server did not take is none; where people are seen first it lets nobody in by itself', async () => {
  const world = setUp();
  const made = await world.making.start(wish);
  world.failing.set('addTickets', new Error('no'));
  await assert.rejects(made.invite('Bram'), /no/);
  assert.deepEqual(made.personal, []);
  assert.equal(world.parts('personal')[2].mayEnter, false);
  assert.equal(world.running, 0);
});

Deno.test('P-040 who is expected is kept with the meeting; what does not fit holds as long as the page', async () => {
  const world = setUp();
  const { made } = await world.making.plan(wish, when, true);
  assert.equal(await made.expect(['Zoë']), true);
  assert.deepEqual((await listPlans(world.accounts, world.vault))[0]?.opened?.bundle.expected, ['Zoë']);
  const many = Array.from({ length: 100 }, (_, index) => `${index} ${'x'.repeat(longestBundle / 100)}`);
  assert.equal(await made.expect(many), false);
  assert.deepEqual(made.expected, many);
  world.failing.set('change', new Error('offline'));
  assert.equal(await made.expect(['Bram']), false);
});

Deno.test('P-026 of two pages each keeps the personal links of the other, and what one revoked does not come back', async () => {
  const world = setUp();
  const { made } = await world.making.plan(wish, when, true);
  const stored = async () => (await listPlans(world.accounts, world.vault))[0]?.opened?.bundle;
  const bundle = await stored(), [one] = world.plans;
  assert.ok(bundle && one);
  const other = world.making.known(meeting, one.plan, bundle, 'device');
  const names = (/** @type {{ personal: readonly { name: string }[] } | undefined} */ list) =>
    list?.personal.map(({ name }) => name);
  await made.invite('Bram');
  await other.invite('Chris');
  assert.deepEqual(names(await stored()), ['Bram', 'Chris']);
  assert.deepEqual(names(other), ['Bram', 'Chris'], 'and shows them');
  await made.revoke('h1');
  await other.expect(['Dewi']);
  assert.deepEqual([names(await stored()), names(other)], [['Chris'], ['Chris']]);
  assert.deepEqual((await stored())?.expected, ['Dewi']);
  // Within one page, one after another.
  await Promise.all([made.expect(['Bram']), made.invite('Zoë'), made.revoke('h2')]);
  assert.deepEqual([names(await stored()), (await stored())?.expected], [['Zoë'], ['Bram']]);
});

Deno.test('what could not be kept holds in the page, and is kept with the next change', async () => {
  const world = setUp();
  const { made } = await world.making.plan(wish, when, true);
  world.failing.set('change', new Error('offline'));
  assert.equal(await made.invite('Bram'), false);
  assert.deepEqual(made.personal.map(({ name }) => name), ['Bram']);
  world.failing.clear();
  assert.equal(await made.expect(['Chris']), true);
  const [kept] = await listPlans(world.accounts, world.vault);
  assert.deepEqual(kept?.opened?.bundle.personal.map(({ name }) => name), ['Bram']);
  world.plans = [];
  world.asked.length = 0;
  assert.equal(await made.expect(['Bram']), false, 'it was deleted elsewhere');
  assert.deepEqual(world.names(), ['planned']);
});

Deno.test('without its key a personal link works and is told not to be kept', async () => {
  const shelf = new Shelf(), world = setUp(shelf);
  const { made } = await world.making.plan(wish, when, true);
  shelf.key = null; // somebody signed out in another tab
  assert.equal(await made.invite('Bram'), false);
  assert.deepEqual(made.personal.map(({ name }) => name), ['Bram']);
  assert.equal(await made.expect(['Bram']), false);
});

Deno.test('a passcode that changed is kept with the meeting, and so is that it is not known', async () => {
  const world = setUp();
  const { made } = await world.making.plan(wish, when, true);
  world.asked.length = 0;
  assert.equal(await made.setPasscode('01234567'), true);
  assert.deepEqual(world.names(), [], 'it is the same');
  const kept = async () => {
    const bundle = (await listPlans(world.accounts, world.vault))[0]?.opened?.bundle;
    return [bundle?.passcode, bundle?.isAsked];
  };
  for (const [passcode, isAsked] of /** @type {const} */ ([['83914207', true], [null, true], [null, false]])) {
    assert.equal(await made.setPasscode(passcode, isAsked), true);
    assert.deepEqual([made.passcode, made.isPasscodeAsked], [passcode, isAsked]);
    assert.deepEqual(await kept(), [passcode, isAsked]);
  }
  world.failing.set('change', new Error('offline'));
  assert.equal(await made.setPasscode('44445555'), false);
  assert.equal(made.passcode, '44445555', 'it is in force all the same');
});

Deno.test('that its links were renewed is kept with the meeting', async () => {
  const world = setUp();
  const { made } = await world.making.plan(wish, when, true);
  assert.equal(made.wasRenewed, false);
  assert.equal(await made.setRenewed(), true);
  const count = world.asked.length;
  assert.equal(await made.setRenewed(), true);
  assert.equal(world.asked.length, count, 'once');
  const [one] = await listPlans(world.accounts, world.vault);
  assert.deepEqual([made.wasRenewed, one?.opened?.bundle.wasRenewed], [true, true]);
});

Deno.test('there is room for as many personal links as a card holds', async () => {
  const world = setUp();
  const { made } = await world.making.plan(wish, when, true);
  for (let count = 0; count < mostPersonal; count++) {
    assert.equal(made.hasRoom, true);
    assert.equal(await made.invite('x'.repeat(60)), true);
  }
  assert.equal(made.hasRoom, false);
});

Deno.test('a list comes in pieces, and what has no card or another one is in it', async () => {
  const world = setUp();
  await world.making.plan(wish, when, true);
  const [first] = world.plans;
  assert.ok(first);
  const plan = { starts: now, minutes: 30, profile: /** @type {const} */ ('webinar') };
  world.plans = [first, { id: 'b', plan }, { id: account, plan: { ...plan, card: 'AQID' } }];
  const list = await listPlans(world.accounts, world.vault);
  assert.deepEqual(list.map(({ id, opened }) => [id, opened?.bundle.title]), [
    [meeting, 'Voortgang'],
    ['b', undefined],
    [account, undefined],
  ]);
});

Deno.test('what went wrong is said in words of its own', () => {
  const error = (/** @type {object} */ more) => Object.assign(new Error('x'), more);
  assert.deepEqual(mishapOf(error({ word: 'busy', retrySeconds: 7 })), { text: 'home.failed.busy', args: { n: 7 } });
  assert.deepEqual(mishapOf(error({ word: 'tooFast', retrySeconds: null })).args, { n: 10 });
  const texts = ['offline', 'unauthorized', 'forbidden', 'conflict', 'malformed'].map((word) =>
    mishapOf(error({ word })).text
  );
  assert.deepEqual(texts, [
    'home.failed.offline',
    'home.failed.session',
    'home.failed.session',
    'home.failed.many',
    'home.failed',
  ]);
  const [many, gone] = ['conflict', 'unauthorized'].map((word) => mishapOf(error({ word })).isSignedOut);
  assert.deepEqual([many, gone], [false, true], 'signing in anew helps');
  assert.equal(mishapOf(new FilesError('x')).text, 'err.files');
  for (const odd of [new Error('x'), null, 'x', undefined]) assert.equal(mishapOf(odd).text, 'home.failed');
});
