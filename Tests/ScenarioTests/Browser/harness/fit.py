"""Whether a screen fits its window: nothing beside it, under it or over it that cannot be got at (WCAG 2.2, 1.4.4, 1.4.10)."""

# Looks at the last visible element of a selector: does the page or a part of it scroll sideways; can each control be brought
# into sight, and is it then on top where it stands; is text cut off, or does text lie over other text. What stays while the
# rest scrolls lies over it by design, and what no screen reader hears is decoration.
FIT = '''(selector) => {
  const scope = [...document.querySelectorAll(selector)].filter((one) => one.checkVisibility()).at(-1);
  if (!scope) return [`nothing is ${selector}`];
  const found = [];
  const nameOf = (one) => {
    const text = one.getAttribute('aria-label') || one.labels?.[0]?.innerText || one.innerText || one.outerHTML;
    return `${one.localName} "${text.trim().replaceAll(/\\s+/g, ' ').slice(0, 60)}"`;
  };
  const wordsOf = (node) => `"${node.data.trim().slice(0, 40)}"`;
  const ancestors = (one) => {
    const all = [];
    for (let up = one; up; up = up.parentElement) all.push(up);
    return all;
  };
  const styles = new Map();
  const styleOf = (one) => {
    if (!styles.has(one)) styles.set(one, getComputedStyle(one));
    return styles.get(one);
  };
  const isSeen = (one) => one.checkVisibility({ visibilityProperty: true, opacityProperty: true }) &&
    !ancestors(one).some((up) => styleOf(up).clipPath.startsWith('inset(50%'));
  const all = [scope, ...scope.querySelectorAll('*')].filter(isSeen);

  const page = document.scrollingElement;
  if (page.scrollWidth > page.clientWidth) found.push(`the page is ${page.scrollWidth} wide, its window ${page.clientWidth}`);
  for (const one of all) {
    if (!['auto', 'scroll'].includes(styleOf(one).overflowX)) continue;
    if (one.scrollWidth > one.clientWidth + 1) found.push(`${nameOf(one)} scrolls sideways`);
  }

  for (const one of all.filter((one) => one.matches('dialog[open]'))) {
    const { left, right, top, bottom } = one.getBoundingClientRect();
    const isLarger = left < -1 || top < -1 || right > innerWidth + 1 || bottom > innerHeight + 1;
    if (isLarger) found.push(`${nameOf(one)} is larger than its window`);
  }

  // Text, before anything is scrolled.
  const texts = [];
  const walker = document.createTreeWalker(scope, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode, parent = node.parentElement;
    if (node.data.trim() === '' || !isSeen(parent) || parent.closest('[aria-hidden=true], option')) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    const up = ancestors(parent);
    const stays = up.find((one) => ['sticky', 'fixed'].includes(styleOf(one).position)) ?? null;
    for (const { left, right, top, bottom } of range.getClientRects()) {
      const box = { left, right, top, bottom };
      for (const one of up) {
        const { overflowX, overflowY, textOverflow } = styleOf(one);
        if (overflowX === 'visible' && overflowY === 'visible') continue;
        const frame = one.getBoundingClientRect();
        const isLost = (way) => ['hidden', 'clip'].includes(way);
        const isNarrow = box.left < frame.left - 2 || box.right > frame.right + 2;
        const isLow = box.top < frame.top - 2 || box.bottom > frame.bottom + 2;
        const isCut = (isLost(overflowX) && textOverflow !== 'ellipsis' && isNarrow) || (isLost(overflowY) && isLow);
        if (isCut && box.right > box.left && box.bottom > box.top) found.push(`${wordsOf(node)} is cut off by ${one.localName}`);
        box.left = Math.max(box.left, frame.left);
        box.right = Math.min(box.right, frame.right);
        box.top = Math.max(box.top, frame.top);
        box.bottom = Math.min(box.bottom, frame.bottom);
      }
      if (box.right - box.left > 2 && box.bottom - box.top > 2) texts.push({ node, box, stays });
    }
  }
  texts.forEach((one, index) => {
    for (const other of texts.slice(index + 1)) {
      if (one.node === other.node || one.stays !== other.stays) continue;
      const wide = Math.min(one.box.right, other.box.right) - Math.max(one.box.left, other.box.left);
      const high = Math.min(one.box.bottom, other.box.bottom) - Math.max(one.box.top, other.box.top);
      if (wide > 2 && high > 4) found.push(`${wordsOf(one.node)} and ${wordsOf(other.node)} lie over each other`);
    }
  });

  for (const one of all.filter((one) => one.matches('button, input, select, textarea, summary, a[href], [tabindex="0"]'))) {
    one.scrollIntoView({ block: 'center', inline: 'center', behavior: 'instant' });
    const { left, right, top, bottom } = one.getBoundingClientRect();
    const high = Math.min(bottom, innerHeight) - Math.max(top, 0);
    if (left < -1 || right > innerWidth + 1 || high < Math.min(bottom - top, innerHeight / 2) - 1) {
      found.push(`${nameOf(one)} cannot be brought into sight`);
      continue;
    }
    const over = document.elementFromPoint((left + right) / 2, (Math.max(top, 0) + Math.min(bottom, innerHeight)) / 2);
    const isBare = over && (one.contains(over) || [...one.labels ?? []].some((label) => label.contains(over)));
    if (!isBare) found.push(`${nameOf(one)} lies under ${over ? nameOf(over) : 'nothing'}`);
  }
  return [...new Set(found)].slice(0, 12);
}'''


def faults(person, screen, scope):
    """What does not fit of one screen, each with its name."""
    return [f'{screen}: {fault}' for fault in person.browser.page.evaluate(FIT, scope)]
