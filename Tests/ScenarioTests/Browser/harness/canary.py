"""Strings that stand nowhere else in the world, and a search for them wherever a program may have left them, in every form
that programs keep text in."""

import base64
import re
import secrets
from pathlib import Path

CHUNK = 16 << 20


class Canaries:
    """One string for each thing that people give away, another one each run: nothing that an earlier run left is found.
    All begin alike, so that one search finds any of them."""

    def __init__(self):
        self.mark = f'Kwikstaart{secrets.token_hex(6)}'
        self.name, self.topic, self.chat, self.direct, self.file, self.content = (
            self.mark + what for what in ('naam', 'thema', 'praat', 'apart', 'dossier', 'inhoud'))


def forms(text):
    """The bytes of a text, as UTF-8 and UTF-16, and what stands in base64 and in digits wherever it begins."""
    plain = text.encode()
    yield 'UTF-8', plain
    for order in ('le', 'be'):
        yield f'UTF-16 {order}', text.encode(f'utf-16-{order}')
    yield from (('base64', part) for part in base64_forms(plain))
    for digits in (plain.hex(), plain.hex().upper()):
        yield 'hex', digits.encode()


def base64_forms(plain):
    """What is the same whatever stands before and behind it, for each of the three places where it can begin."""
    for shift in range(3):
        first, last = (8 * shift + 5) // 6, 8 * (shift + len(plain)) // 6
        for encode in (base64.b64encode, base64.urlsafe_b64encode):
            yield encode(bytes(shift) + plain)[first:last]


class Patterns:
    """What is looked for: texts in all their forms, and bytes as they are."""

    def __init__(self, texts, raw=None):
        self.wanted = {bytes_: f'{label} ({form})' for label, text in texts.items() for form, bytes_ in forms(text)}
        self.wanted |= {bytes_: f'{label} (bytes)' for label, bytes_ in (raw or {}).items()}
        assert all(len(bytes_) >= 8 for bytes_ in self.wanted), 'too short to be certain of'
        self.longest = max(map(len, self.wanted))

    def within(self, data):
        return {label for bytes_, label in self.wanted.items() if bytes_ in data}

    def within_stream(self, read):
        """The same of something long: `read` answers the next bytes, and none at the end."""
        found, rest = set(), b''
        while data := read(CHUNK):
            whole = rest + data
            found |= self.within(whole)
            rest = whole[-(self.longest - 1):]
        return found

    def within_file(self, path):
        with open(path, 'rb') as file:
            return self.within_stream(file.read)


def search_folder(folder, patterns, excluded=()):
    """`place: what` for each thing found in the files of a folder, in their names and in those of its folders; without files
    whose path in it begins with one of `excluded`."""
    found = []
    for path in sorted(Path(folder).rglob('*')):
        place = path.relative_to(folder).as_posix()
        if place.startswith(tuple(excluded)):
            continue
        labels = patterns.within(place.encode())
        if path.is_file() and not path.is_symlink():
            labels |= patterns.within_file(path)
        found += [f'{place}: {label}' for label in sorted(labels)]
    return found


def search_memory(process, patterns):
    """The same in everything that a process has in memory now. Root reads it although the program forbids dumps."""
    found = []
    with open(f'/proc/{process}/mem', 'rb', buffering=0) as memory:
        for start, end, name in _resident(process):
            memory.seek(start)
            left = [end - start]

            def read(most):
                try:
                    data = memory.read(min(most, left[0]))
                except OSError:
                    return b''  # it has gone since
                left[0] -= len(data)
                return data

            found += [f'{name or "memory"} at {start:x}: {label}' for label in sorted(patterns.within_stream(read))]
    return found


def _resident(process):
    """Where something of a process lies in memory: beginning, end and name. What was never touched holds nothing."""
    region, regions = None, []
    for line in Path(f'/proc/{process}/smaps').read_text('utf-8').splitlines():
        if head := re.match(r'([0-9a-f]+)-([0-9a-f]+) (\S+) \S+ \S+ \S+\s*(.*)', line):
            region = int(head[1], 16), int(head[2], 16), head[4]
            # What begins with [v is the kernel's own: its clock, and a few of its functions.
            is_program = head[3].startswith('r') and not head[4].startswith('[v')
        elif re.match(r'(Rss|Swap): +[1-9]', line) and is_program and region not in regions:
            regions.append(region)
    return regions
