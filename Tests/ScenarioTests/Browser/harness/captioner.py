"""A captions service: `beraad-peer` that comes in as no person, and writes down what somebody says. It hears nothing: what it
writes is what a test gives it."""

import subprocess

from .peer import Peer

# --- The command line, all of it: what `beraad-peer` is told. -----------------------------------------------------------
MEETING = ('--services', 'captions')
"""For `create`: a meeting that lets captions in."""

SERVICE = ('--service', 'captions', '--purposes', 'transcribe', '--place', 'participant')
"""For `join`, by the link of a host, who then owns it."""


def _line(text, about):
    """One line on its standard input: whose words, by name, and the words."""
    return f'caption {about}: {text}\n'
# ------------------------------------------------------------------------------------------------------------------------


class Captioner(Peer):
    """It knocks like anybody; whoever minds the door has to let it in by itself."""

    def __init__(self, host_link, name):
        super().__init__(host_link, name, *SERVICE, stdin=subprocess.PIPE)

    def write(self, text, about):
        """`about`: the person who is said to have said it."""
        self.process.stdin.write(_line(text, about.name))
        self.process.stdin.flush()


def captioner(links, name='Meeschrijver'):
    """A captions service for the meeting of these links, which were made with `MEETING`."""
    return Captioner(links['host'], name)
