/// <reference lib="deno.ns" />
import assert from 'node:assert/strict';

const css = await Deno.readTextFile(new URL('../styles/tokens.css', import.meta.url));

/** @typedef {'light' | 'dark'} Scheme */

/** A colour as its light, by WCAG. @param {string} text `l c h` of oklch */
function luminance(text) {
  const [l = 0, c = 0, h = 0] = text.trim().split(/\s+/).map(Number);
  const [a, b] = [c * Math.cos((h * Math.PI) / 180), c * Math.sin((h * Math.PI) / 180)];
  const [x, y, z] = [
    (l + 0.3963377774 * a + 0.2158037573 * b) ** 3,
    (l - 0.1055613458 * a - 0.0638541728 * b) ** 3,
    (l - 0.0894841775 * a - 1.291485548 * b) ** 3,
  ];
  const linear = [
    4.0767416621 * x - 3.3077115913 * y + 0.2309699292 * z,
    -1.2684380046 * x + 2.6097574011 * y - 0.3413193965 * z,
    -0.0041960863 * x - 0.7034186147 * y + 1.707614701 * z,
  ].map((part) => Math.min(1, Math.max(0, part)));
  return 0.2126 * (linear[0] ?? 0) + 0.7152 * (linear[1] ?? 0) + 0.0722 * (linear[2] ?? 0);
}

/** @param {string} name @param {Scheme} scheme */
function colour(name, scheme) {
  const both = css.match(new RegExp(`--${name}: light-dark\\(oklch\\(([^)]+)\\), oklch\\(([^)]+)\\)\\)`));
  const one = css.match(new RegExp(`--${name}: oklch\\(([^)]+)\\)`));
  const found = both?.[scheme === 'light' ? 1 : 2] ?? one?.[1];
  assert.ok(found, `--${name} is a token`);
  return luminance(found);
}

/** @param {string} ink @param {string} ground @param {Scheme} scheme @param {number} least */
function atLeast(ink, ground, scheme, least) {
  const [one, other] = [colour(ink, scheme), colour(ground, scheme)];
  const contrast = (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
  assert.ok(contrast >= least, `--${ink} on --${ground}, ${scheme}: ${contrast.toFixed(2)} < ${least}`);
}

for (const scheme of /** @type {const} */ (['light', 'dark'])) {
  Deno.test(`every colour of text can be read on every ground (${scheme})`, () => {
    for (const ground of ['paper', 'surface', 'raised', 'stage']) {
      for (const ink of ['ink', 'ink-soft', 'accent', 'danger', 'warn', 'ok']) atLeast(ink, ground, scheme, 5.5);
      atLeast('edge', ground, scheme, 3.2);
      atLeast('focus', ground, scheme, 3);
    }
    for (const ink of ['accent', 'danger', 'warn', 'ok']) {
      atLeast(ink, `${ink}-soft`, scheme, 5.5);
      atLeast('ink', `${ink}-soft`, scheme, 5.5);
    }
    for (const ground of ['accent', 'danger', 'plate']) atLeast(`on-${ground}`, ground, scheme, 7);
  });
}
