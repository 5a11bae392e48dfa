/// <reference lib="deno.ns" />
/** The small window, without a browser. */
import assert from 'node:assert/strict';
import { SmallWindow } from '../small.js';

class FakeWindow extends EventTarget {
  isClosed = false;
  document = {
    title: '',
    head: {
      links: /** @type {any[]} */ ([]),
      append: (/** @type {any} */ link) => this.document.head.links.push(link),
    },
    body: {
      held: /** @type {unknown[]} */ ([]),
      append: (/** @type {unknown} */ one) => this.document.body.held.push(one),
    },
    documentElement: { lang: '', dataset: /** @type {Record<string, string>} */ ({}) },
  };

  close() {
    this.isClosed = true;
    this.dispatchEvent(new Event('pagehide'));
  }
}

const page = Object.assign(new EventTarget(), {
  documentElement: { lang: 'nl', dataset: { look: 'dark' } },
  querySelectorAll: () => [{ href: 'https://meet.test/a/x/styles/tokens.css' }],
  createElement: () => ({}),
});
/** @type {any} */ (globalThis).document = page;

function setUp() {
  const element = { removed: 0, remove: () => element.removed++ };
  /** @type {boolean[]} */
  const heard = [];
  /** @type {FakeWindow[]} */
  const windows = [];
  /** @type {((opened: FakeWindow | null) => void)[]} */
  const answers = [];
  const opener = {
    requestWindow: () =>
      new Promise((resolve, reject) => {
        answers.push((opened) => {
          if (!opened) return reject(new Error('not now'));
          windows.push(opened);
          resolve(opened);
        });
      }),
  };
  const small = new SmallWindow(
    /** @type {any} */ (element),
    (isOpen) => heard.push(isOpen),
    /** @type {any} */ (opener),
  );
  return { element, heard, windows, answers, small };
}

Deno.test('it gets the style sheets by their addresses, speaks and looks like the page, and holds the one element', async () => {
  const { element, heard, answers, windows, small } = setUp();
  assert.ok(small.isOffered && !small.isOpen);
  const opening = small.toggle();
  answers[0]?.(new FakeWindow());
  await opening;
  const place = windows[0]?.document;
  assert.deepEqual(place?.head.links, [{ rel: 'stylesheet', href: 'https://meet.test/a/x/styles/tokens.css' }]);
  assert.deepEqual(place?.documentElement, { lang: 'nl', dataset: { look: 'dark' } });
  assert.deepEqual(place?.body.held, [element]);
  page.documentElement.dataset.look = 'light';
  page.dispatchEvent(new Event('look'));
  assert.equal(place?.documentElement.dataset['look'], 'light');
  assert.deepEqual([heard, small.isOpen], [[true], true]);
  await small.toggle();
  assert.deepEqual([heard, small.isOpen, windows[0]?.isClosed, element.removed], [[true, false], false, true, 1]);
});

Deno.test('who closes it by its own cross has closed it, once', async () => {
  const { element, heard, answers, windows, small } = setUp();
  const opening = small.toggle();
  answers[0]?.(new FakeWindow());
  await opening;
  windows[0]?.close();
  small.close();
  assert.deepEqual([heard, element.removed], [[true, false], 1]);
});

Deno.test('one that comes when the meeting is over is closed at once; one that does not come is no trouble', async () => {
  const { heard, answers, windows, small } = setUp();
  const opening = small.toggle();
  small.close();
  answers[0]?.(new FakeWindow());
  await opening;
  assert.deepEqual([heard, windows[0]?.isClosed], [[], true]);
  const refused = small.toggle();
  answers[1]?.(null);
  await refused;
  assert.deepEqual([heard, small.isOpen], [[], false]);
  assert.equal(new SmallWindow(/** @type {any} */ ({}), () => {}, null).isOffered, false);
});
