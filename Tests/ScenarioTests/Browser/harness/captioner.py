"""A captions service: `beraad-peer` that comes in by a job and is no person. It hears nothing: what it writes down is what a
test gives it."""

import json
import subprocess

from .peer import Peer
from .places import BUILD

# For `Server.create_links`: a meeting that lets captions in.
MEETING = ('--service', 'captions')


def job(host_link, owner):
    """The link by which captions come in; `owner` is the key of somebody who is in, and it goes when they leave."""
    made = subprocess.run(
        [BUILD / 'beraad-peer', 'job', host_link, '--owner', owner, '--sort', 'captions', '--json'],
        stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=30, check=False,
    )
    assert made.returncode == 0, made.stdout + made.stderr
    return json.loads(made.stdout)['job']


class Captioner(Peer):
    """It knocks like anybody; whoever minds the door has to let it in by itself. What it writes is about the first one on its
    list who agreed, and waits until somebody has."""

    def __init__(self, link, name):
        super().__init__(link, name, '--lines', stdin=subprocess.PIPE)

    def write(self, text):
        self.process.stdin.write(f'{text}\n')
        self.process.stdin.flush()


def captioner(links, owner, name='Meeschrijver'):
    """A captions service for the meeting of these links, which were made with `MEETING`."""
    return Captioner(job(links['host'], owner), name)


def key_of(person, seen_by):
    """What the group calls somebody, as the page of somebody else has it."""
    tile = seen_by.browser.find('group', seen_by.names('meet.tile', name=person.name)).first
    return tile.evaluate('(one) => one.closest("b-tile").dataset.participant')
