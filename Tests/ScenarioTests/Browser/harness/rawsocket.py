"""A WebSocket by hand, from any source address of this machine: everything that the server says is kept as it came."""

import asyncio
import base64
import hashlib
import hmac
import json
import os
import struct
import time

TEXT, CLOSE, PING = 1, 8, 9
PATIENCE = 30  # seconds


class Dialogue:
    """One connection to a meeting's socket. `said` is what came, byte for byte, but for what is another one each time: the
    answer to the key of the handshake and the date. Pings are left out, for they follow the clock."""

    def __init__(self, address, meeting, source, headers=()):
        self.address, self.meeting, self.source, self.headers = address, meeting, source, headers
        self.said = []

    async def __aenter__(self):
        self.reader, self.writer = await asyncio.open_connection(*self.address, local_addr=(self.source, 0))
        key = base64.b64encode(os.urandom(16)).decode()
        lines = [f'GET /api/v1/meetings/{self.meeting}/socket HTTP/1.1', f'Host: {self.address[0]}:{self.address[1]}',
                 'Connection: Upgrade', 'Upgrade: websocket', 'Sec-WebSocket-Version: 13', f'Sec-WebSocket-Key: {key}',
                 'Sec-WebSocket-Protocol: beraad.1', *self.headers]
        self.writer.write(('\r\n'.join(lines) + '\r\n\r\n').encode())
        head = await asyncio.wait_for(self.reader.readuntil(b'\r\n\r\n'), PATIENCE)
        self.said.append(b'\r\n'.join(
            line for line in head.split(b'\r\n') if not line.lower().startswith((b'sec-websocket-accept:', b'date:'))))
        self.is_open = head.startswith(b'HTTP/1.1 101 ')
        return self

    async def __aexit__(self, *_):
        self.writer.close()
        try:
            await self.writer.wait_closed()
        except OSError:
            pass  # the server was first

    def say(self, message):
        self._write(TEXT, json.dumps(message, separators=(',', ':')).encode())

    async def hear(self):
        """The next message that is text, and when it came; nothing once the server has hung up."""
        while (frame := await self._read()) is not None:
            kind, data = frame
            if kind == TEXT:
                return json.loads(data), time.perf_counter()
            if kind == CLOSE:
                return None
        return None

    async def hear_out(self, quiet=0.3):
        """Hears on until the server has hung up, or said nothing for so many seconds."""
        while await self._read(quiet) is not None:
            pass

    async def _read(self, patience=PATIENCE):
        try:
            head = await asyncio.wait_for(self.reader.readexactly(2), patience)
            size = head[1] & 0x7f
            if size > 125:
                size = int.from_bytes(await self.reader.readexactly(2 if size == 126 else 8), 'big')
            data = await self.reader.readexactly(size)
        except (asyncio.IncompleteReadError, asyncio.TimeoutError, OSError):
            return None
        if head[0] & 15 != PING:
            self.said.append(head + data)
        return head[0] & 15, data

    def _write(self, kind, data):
        """Masked, as a client must (RFC 6455 5.3); all of it is short."""
        assert len(data) < 65536
        size = bytes([0x80 | len(data)]) if len(data) < 126 else bytes([0x80 | 126]) + struct.pack('>H', len(data))
        mask = os.urandom(4)
        masked = bytes(byte ^ mask[place % 4] for place, byte in enumerate(data))
        self.writer.write(bytes([0x80 | kind]) + size + mask + masked)


def text64(data):
    return base64.urlsafe_b64encode(data).rstrip(b'=').decode()


def bytes64(text):
    return base64.urlsafe_b64decode(text + '=' * (-len(text) % 4))


def invite_of(link):
    """What a guest link proves to the server that somebody has it (`e2ee.md` 3.1)."""
    place, fragment = link.split('#')
    meeting, secret = bytes64(place.rsplit('/', 1)[1]), bytes64(fragment)
    assert len(secret) == 33 and secret[0] == 1, 'the common link of a meeting'
    key = hmac.digest(meeting + secret[17:], secret[1:17], 'sha256')
    label = b'Beraad 1 invite id'
    return text64(hmac.digest(key, struct.pack('>HB', 16, len(label)) + label + b'\0\1', 'sha256')[:16])


def join(invite):
    return {'area': 'session', 'type': 'join', 'protocol': 1, 'invite': invite, 'device': 'desktop'}


def a_pass(passcode):
    return {'area': 'session', 'type': 'pass', 'passcode': passcode}


def fingerprint(said):
    """What somebody was told, in short."""
    return hashlib.sha256(b'\0'.join(said)).hexdigest()[:12]
