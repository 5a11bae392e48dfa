"""`beraad-peer join`: the Swift client as a participant, and what it reports as JSON lines."""

import json
import subprocess
import threading
from collections import deque

from .places import BUILD
from .programs import stop
from .waiting import until


class Peer:
    """One process. It sends its own pattern and tone unless files are given."""

    def __init__(self, link, name, *options, stdin=subprocess.DEVNULL):
        self.name = name
        # A meeting of hours has thousands; only what comes next matters.
        self.reports, self.other = deque(maxlen=200), []
        self.process = subprocess.Popen(
            [BUILD / 'beraad-peer', 'join', link, '--name', name, '--json', *options],
            stdin=stdin, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        )
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self):
        for line in self.process.stdout:
            if line.startswith('{'):
                self.reports.append(json.loads(line))
            else:
                self.other.append(line)

    def wait_for(self, condition, what, seconds=20):
        """Waits for a report that fulfils `condition`, and answers it."""
        def found():
            assert self.process.poll() is None or self.reports, ''.join(self.other)
            return next((report for report in reversed(list(self.reports)) if condition(report)), None)
        return until(found, f'{self.name} reports {what}', seconds)

    def stop(self):
        stop(self.process)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()
