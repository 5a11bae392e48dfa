"""Going about a page with the keyboard alone."""

# The control that has the focus: its words, and the panel or dialog it stands in.
FOCUSED = '''() => {
  const one = document.activeElement;
  const name = (one.labels?.[0] ?? one).innerText.trim();
  return { name, panel: one.closest('b-security, b-people, b-person')?.localName ?? null };
}'''


def focused(person):
    return person.browser.evaluate(FOCUSED)['name']


def walk(person, panel):
    """Every control of a panel that Tab comes to, from where the focus is until it leaves."""
    seen = []
    for _ in range(60):
        person.browser.page.keyboard.press('Tab')
        now = person.browser.evaluate(FOCUSED)
        if now['panel'] != panel or now['name'] in seen:
            break
        seen.append(now['name'])
    return seen


def tab_to(person, identifier, text=False):
    """Goes on by Tab until this control has the focus, round the page if need be."""
    name = person.names.text(identifier) if text else person.names(identifier)
    for _ in range(120):
        if focused(person) == name:
            return
        person.browser.page.keyboard.press('Tab')
    raise AssertionError(f'{person.name} does not come to {name} by Tab; the focus is on {focused(person)}')


# How the focus stands on the page: whether a line is drawn around the control or its label, whether it is in sight, and whether
# anything lies over it.
STANDING = '''() => {
  const one = document.activeElement;
  if (!one || one === document.body) return null;
  const isDrawn = (element) => {
    const { outlineStyle, outlineWidth } = getComputedStyle(element);
    return outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2;
  };
  const { left, right, top, bottom, width, height } = one.getBoundingClientRect();
  const middle = (least, most, size) => Math.min(size - 1, Math.max(0, (Math.max(0, least) + Math.min(size, most)) / 2));
  const over = document.elementFromPoint(middle(left, right, innerWidth), middle(top, bottom, innerHeight));
  return {
    what: one.outerHTML.slice(0, 160),
    drawn: [one, ...one.labels ?? []].some(isDrawn),
    inside: width > 0 && height > 0 && top < innerHeight && bottom > 0 && left < innerWidth && right > 0,
    bare: over !== null && [one, ...one.labels ?? []].some((own) => own.contains(over) || over.contains(own)),
  };
}'''

ACTIVE = 'one => one === document.activeElement'

# That no pointer was used.
POINTERS = "probe.pointers = 0; addEventListener('pointerdown', () => { probe.pointers += 1; }, true);"


def press(person, *keys):
    for key in keys:
        person.browser.page.keyboard.press(key)


def must_be_seen(person):
    """Whatever Tab came to is in sight, with a line around it, and nothing over it."""
    standing = person.browser.evaluate(STANDING)
    if standing:
        assert standing['drawn'] and standing['inside'] and standing['bare'], standing


def reach(person, identifier, within=None, values=None, back=False, **own):
    """Goes on by Tab, round the page if need be, until this control has the focus; at every stop the focus is seen."""
    places = person._places(within, values)
    control = person.browser.find(person.names.role(identifier), person.names(identifier, **own), places).first
    for _ in range(200):
        if control.count() and control.evaluate(ACTIVE):
            return control
        press(person, 'Shift+Tab' if back else 'Tab')
        must_be_seen(person)
    raise AssertionError(f'{person.name} does not come to {identifier} by Tab; the focus is on {focused(person)}')


def use(person, identifier, within=None, values=None, key='Enter', **own):
    """Comes to a control by Tab and presses a key on it."""
    reach(person, identifier, within, values, **own)
    press(person, key)
