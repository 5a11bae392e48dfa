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
