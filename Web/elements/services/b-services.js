import { define, make } from '../dom.js';
import { Rows } from '../people/rows.js';
import './b-service.js';

/** @typedef {import('../../state/services.js').ServiceView} ServiceView */
/** @typedef {import('./b-service.js').ServiceBanner} ServiceBanner */

/**
 * `<b-services>`: everything that takes part and is no person, each with its own banner. Set `services`; what the banners say
 * passes through. It takes no focus; a banner that goes with the focus on it passes it on.
 */
export class Services extends HTMLElement {
  /** @type {Rows<ServiceBanner>} */
  #rows = new Rows(this, () => {
    const item = /** @type {ServiceBanner} */ (make('b-service', { tabindex: '-1' }));
    return { row: item, item };
  }, () => ({ focus: () => this.dispatchEvent(new CustomEvent('focusLost', { bubbles: true })) }));

  /** @param {readonly ServiceView[]} services */
  set services(services) {
    const all = new Map(services.map((service) => [service.key, service]));
    this.#rows.show([...all.keys()], (banner, key) => banner.show(/** @type {ServiceView} */ (all.get(key))));
  }
}

define('b-services', Services);
