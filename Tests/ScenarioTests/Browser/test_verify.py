"""`beraad verify` as somebody runs it: words, exit status, and a real server that serves what its folder holds."""

import json
import shutil
import subprocess

import pytest

from harness.places import BUILD, ROOT
from harness.server import Server

FLAG = 'encodedInsertableStreams: true, '


def verify(*arguments):
    return subprocess.run(
        [BUILD / 'beraad', 'verify', '--bundle', ROOT / 'Web', *arguments],
        stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=120, check=False,
    )


@pytest.fixture
def serve(tmp_path):
    """Starts servers with options."""
    servers = []

    def start(*options):
        servers.append(Server(tmp_path / f'data{len(servers)}', *options))
        return servers[-1].address

    yield start
    for server in servers:
        server.stop()


def test_a_server_of_this_tree_is_equal_and_a_changed_one_is_named(serve, tmp_path):
    address = serve('--web', str(ROOT / 'Web'))
    equal = verify(address)
    assert (equal.returncode, equal.stderr) == (0, ''), equal.stdout + equal.stderr
    assert f'{address} serves exactly this client' in equal.stdout
    assert json.loads(verify(address, '--json').stdout)['verdict'] == 'equal'

    copy = tmp_path / 'Web'
    shutil.copytree(ROOT / 'Web', copy)
    peer = copy / 'media' / 'peer.js'
    text = peer.read_text()
    assert FLAG in text
    peer.write_text(text.replace(FLAG, ''))
    address = serve('--web', str(copy))
    different = verify(address)
    assert different.returncode == 1
    assert different.stderr.startswith(f'beraad: {address} does not serve this client: ')
    assert [line.split('/')[-1].split()[0] for line in different.stdout.splitlines() if '/a/' in line] == ['peer.js']
    outcome = json.loads(verify(address, '--json').stdout)
    assert outcome['verdict'] == 'differs'
    changed = [finding for finding in outcome['findings'] if finding['kind'] != 'derived']
    assert [(finding['kind'], finding['path'].split('/')[-1]) for finding in changed] == [('changed', 'peer.js')]
    # Only what names the release differs because of it: pages, and the two files at the root. No module does.
    derived = {finding['path'] for finding in outcome['findings'] if finding['kind'] == 'derived'}
    assert {'/', '/sign-in', '/sw.js', '/manifest.webmanifest'} < derived
    assert not [path for path in derived if path.startswith('/a/')]


@pytest.mark.parametrize(('address', 'word'), [
    ('http://127.0.0.1:9', 'cannot be reached'),
    ('http://meet.example.org', 'over http'),
    ('meet.example.org', 'must look like'),
    ('https://meet.example.org/m/AAAAAAAAAAAAAAAAAAAAAA#AQ', 'secret'),
])
def test_who_asks_wrongly_or_finds_nobody_reads_one_sentence(address, word):
    asked = verify(address)
    assert asked.returncode == 2
    assert asked.stdout == ''
    assert word in asked.stderr
    assert asked.stderr.count('\n') == 1
    assert '#AQ' not in asked.stderr


def test_the_help_says_what_it_cannot_show():
    said = verify('--help')
    assert said.returncode == 0
    text = ' '.join(said.stdout.split())
    for words in ('answer other visitors', 'cannot be listed from outside', 'not signed yet', 'Exit status: 0'):
        assert words in text
