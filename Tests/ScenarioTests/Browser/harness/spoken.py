"""What a screen reader finds on a screen, in order, compared with what is written down in `snapshots`. Run with
BERAAD_REWRITE=1 to write it down anew, and read what changed."""

import difflib
import os
import re

from .places import FILES
from .waiting import until

FOLDER = FILES.parent / 'snapshots'
# What is another each time: the four words of the door, digits and pictures to compare.
MOVING = ('wait.code', 'keys.code', 'keys.pictures')
LOOKS = 10
LINKS = ('meet.link.1', 'meet.link.2', 'meet.link.3', 'meet.link.4')


def compare(person, screen):
    """The screen as it is now, once it has come to rest, with what is written down for this language."""
    path = FOLDER / f'{screen}.{person.names.language}.yml'
    if os.environ.get('BERAAD_REWRITE') == '1':
        FOLDER.mkdir(exist_ok=True)
        path.write_text(rested(person), 'utf-8')
        return
    assert path.exists(), f'{path.name} was never written; run once with BERAAD_REWRITE=1 and read it'
    expected = path.read_text('utf-8')
    try:
        until(lambda: tree(person) == expected, screen, 5)
    except AssertionError:
        lines = difflib.unified_diff(expected.splitlines(), tree(person).splitlines(), 'written', 'now', lineterm='')
        raise AssertionError('\n'.join([f'{screen} is another:', *lines])) from None


def rested(person):
    """The tree once it was the same for many looks in a row."""
    seen = []

    def rests():
        seen.append(tree(person))
        return len(seen) >= LOOKS and len(set(seen[-LOOKS:])) == 1

    until(rests, 'the screen rests')
    return seen[-1]


def tree(person):
    """What stands there, without what is said in passing and without numbers, which come and go."""
    lines = person.browser.page.locator('body').aria_snapshot().splitlines()
    names = person.names
    for name in MOVING:
        lines = _without(lines, rf'- {names.role(name)} "{re.escape(names(name))}"', keep_head=True)
    lines = _without(lines, r'- (status|alert)\b', keep_head=False)
    text = re.sub(r'\d+', '#', '\n'.join(lines) + '\n')
    for link in LINKS[1:]:
        text = text.replace(f'"{names(link)}"', f'"{names(LINKS[0])}"')
    return text


def _without(lines, head, keep_head):
    """Without what stands deeper than a line that begins so, and perhaps without that line."""
    kept, depth = [], None
    for line in lines:
        indent = len(line) - len(line.lstrip())
        if depth is not None and indent > depth:
            continue
        depth = None
        if re.match(head, line.lstrip()):
            depth = indent
            if keep_head:
                kept.append(line.split('":')[0] + '": …' if '":' in line else line)
            continue
        kept.append(line)
    return kept
