/**
 * Words of the browser that make waiting needless.
 * @param {{ back(): void, gone(): void, seen(): void, hidden(): void }} on network back or changed; gone; page seen again; hidden
 * @returns {() => void} stops listening
 */
export function watchSigns(on) {
  const stop = new AbortController();
  const { signal } = stop;
  globalThis.addEventListener('online', () => on.back(), { signal });
  globalThis.addEventListener('offline', () => on.gone(), { signal });
  globalThis.addEventListener('pageshow', () => on.seen(), { signal });
  document.addEventListener('visibilitychange', () => document.hidden ? on.hidden() : on.seen(), { signal });
  const network = /** @type {EventTarget | undefined} */ (Reflect.get(navigator, 'connection'));
  network?.addEventListener('change', () => on.back(), { signal });
  return () => stop.abort();
}
