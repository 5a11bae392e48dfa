"""`beraad-peer crowd`: many native participants in one process, and what it reports."""

import json
import subprocess
import threading

from .places import BUILD


class Crowd:
    """One process; its reports do not grow with the crowd."""

    def __init__(self, link, *options):
        self.last, self.complaints = None, []
        self.failed = []  # seconds, and how many frames had not opened by then, each time there were more
        self.process = subprocess.Popen(
            [BUILD / 'beraad-peer', 'crowd', link, '--json', *options],
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        )
        self.thread = threading.Thread(target=self._read, daemon=True)
        self.thread.start()

    def _read(self):
        for line in self.process.stdout:
            if line.startswith('{'):
                self.last = json.loads(line)
                failed = sum(self.last['failures'].values())
                if failed > (self.failed[-1][1] if self.failed else 0):
                    self.failed.append((round(self.last['seconds']), failed))
            else:
                self.complaints.append(line)

    def end(self, seconds=60):
        """Waits until it has ended by itself; its final report, which says whether it was sound."""
        self.process.wait(seconds)
        self.thread.join(seconds)
        assert self.last and self.last['type'] == 'final', ''.join(self.complaints)
        return self.last

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.kill()
        self.process.wait()
