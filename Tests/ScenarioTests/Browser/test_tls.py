"""A server with a certificate of its own: page, WebSocket and media over https, for a browser and for the Swift client."""

import base64
import hashlib
import re
import socket
import subprocess

import pytest

from harness.chromium import FLAGS
from harness.peer import Peer
from harness.places import BUILD
from harness.server import Server


class SecureServer(Server):
    """`beraad serve` with a certificate for this machine that nobody but itself signed."""

    def __init__(self, folder):
        self.certificate, key = folder / 'certificate.pem', folder / 'key.pem'
        openssl('req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2',
                '-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1',
                '-keyout', key, '-out', self.certificate)
        super().__init__(folder / 'data', '--certificate', str(self.certificate), '--key', str(key))

    def _address(self):
        assert self.process.poll() is None, 'the server ended: ' + ''.join(self.log)
        found = re.search(r'https://(?:localhost|127\.0\.0\.1):(\d+)', ''.join(self.log))
        return found and f'https://127.0.0.1:{found[1]}'

    def pin(self):
        """SHA-256 of the public key, as Chromium wants it to overlook that nobody signed it."""
        public = openssl('x509', '-in', self.certificate, '-pubkey', '-noout')
        return base64.b64encode(hashlib.sha256(openssl('pkey', '-pubin', '-outform', 'der', given=public)).digest()).decode()


def openssl(*arguments, given=None):
    return subprocess.run(['openssl', *arguments], input=given, capture_output=True, check=True).stdout


@pytest.fixture
def server(tmp_path, output):
    server = SecureServer(tmp_path)
    yield server
    server.stop()
    (output / 'server.log').write_text(''.join(server.log))


def test_a_meeting_over_https(people, server):
    link = server.create('--trust', str(server.certificate))
    assert link.startswith('https://')
    anna = people(flags=[*FLAGS, f'--ignore-certificate-errors-spki-list={server.pin()}']).join(link)
    with Peer(link, 'Peer', '--trust', str(server.certificate)) as peer:
        anna.wait_for_picture_of('Peer')
        anna.wait_for_sound_of('Peer')
        peer.wait_for(lambda report: any(remote['frames'] > 20 for remote in report['remotes']), 'opened pictures')
    sockets = [url for url in anna.browser.requests if url.startswith(('ws:', 'wss:'))]
    assert sockets and all(url.startswith('wss:') for url in sockets)


def test_the_swift_client_refuses_a_certificate_that_nobody_signed(server):
    made = subprocess.run(
        [BUILD / 'beraad-peer', 'create', '--server', server.address],
        stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=30, check=False,
    )
    assert made.returncode == 1
    assert 'http' not in made.stdout


def test_plain_http_gets_nothing_on_the_secure_port(server):
    with socket.create_connection(('127.0.0.1', server.port), timeout=15) as plain:
        plain.sendall(b'GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n')
        answer = b''
        while part := plain.recv(4096):
            answer += part
    assert b'HTTP/1.1' not in answer
