"""A real `beraad serve` with a data folder of its own, and the links that `beraad-peer create` makes for it."""

import json
import re
import subprocess
import threading
import urllib.request

from . import namespace
from .places import BUILD
from .programs import stop
from .waiting import until


class Server:
    """One server process; unless `options` say otherwise its ports are any free ones, that of media at every address of the
    namespace. `log` is everything it wrote."""

    def __init__(self, data, *options):
        announce = f'127.0.0.1,{namespace.ADDRESS}' if namespace.inside() else '127.0.0.1'
        self.log = []
        for option, usual in (('--port', '0'), ('--media-port', '0'), ('--announce', announce)):
            if option not in options:
                options = *options, option, usual
        self.process = subprocess.Popen(
            [BUILD / 'beraad', 'serve', '--data', str(data), *options],
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        )
        threading.Thread(target=self._read, daemon=True).start()
        self.address = until(self._address, 'the server prints its address', 30)
        self.port = int(self.address.rsplit(':', 1)[1])

    def _read(self):
        for line in self.process.stdout:
            self.log.append(line)

    def _address(self):
        assert self.process.poll() is None, 'the server ended: ' + ''.join(self.log)
        found = re.search(r'http://(?:localhost|127\.0\.0\.1):(\d+)', ''.join(self.log))
        return found and f'http://127.0.0.1:{found[1]}'

    def create(self, *options):
        """A new meeting's guest link, whose door is open unless `options` say otherwise."""
        if '--admission' not in options:
            options = *options, '--admission', 'open'
        return self.create_links(*options)['guest']

    def create_links(self, *options):
        """A new meeting's links, `host` and `guest`. The secret behind # is made by `beraad-peer`; the server never has
        it."""
        made = subprocess.run(
            [BUILD / 'beraad-peer', 'create', '--json', '--server', self.address, *options],
            stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=30, check=False,
        )
        assert made.returncode == 0, made.stdout + made.stderr
        return json.loads(made.stdout)

    def meetings_in_memory(self):
        """How many meetings it holds now, as it tells those who look after it. Of planned ones that are those with people in
        them, or gone so lately that their group is kept."""
        with urllib.request.urlopen(f'{self.address}/metrics', timeout=10) as answer:
            return int(re.search(r'^beraad_meetings (\d+)$', answer.read().decode(), re.M)[1])

    def kill(self):
        """As when the machine loses its power: nothing is said and nothing finished."""
        self.process.kill()
        self.process.wait()

    def stop(self):
        assert stop(self.process), 'the server did not stop within 10 s'
