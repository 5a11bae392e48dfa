"""Bytes that nobody should send, the same ones for the same seed."""

import json
import random
import socket
import struct

COOKIE = 0x2112A442  # RFC 8489, section 5


class Datagrams:
    """Malformed datagrams of every sort that the media port tells apart by the first byte (RFC 7983)."""

    def __init__(self, seed):
        self.random = random.Random(seed)
        self.sorts = [self.noise, self.empty, self.short_stun, self.changed_stun, self.long_stun, self.dtls, self.rtp,
                      self.rtcp, self.oversize]

    def next(self):
        return self.random.choice(self.sorts)()

    def noise(self):
        return self.random.randbytes(self.random.randint(1, 1500))

    def empty(self):
        return b''

    def stun(self):
        """A whole binding request whose user name and integrity belong to nobody."""
        name = self.random.randbytes(8).hex().encode()
        attributes = struct.pack('>HH', 6, len(name)) + name + struct.pack('>HH', 8, 20) + self.random.randbytes(20)
        return struct.pack('>HHI', 1, len(attributes), COOKIE) + self.random.randbytes(12) + attributes

    def short_stun(self):
        whole = self.stun()
        return whole[:self.random.randint(1, len(whole) - 1)]

    def changed_stun(self):
        whole = bytearray(self.stun())
        for _ in range(self.random.randint(1, 8)):
            whole[self.random.randrange(len(whole))] = self.random.randrange(256)
        return bytes(whole)

    def long_stun(self):
        """An attribute that says it is longer than the message."""
        return struct.pack('>HHI', 1, 8, COOKIE) + self.random.randbytes(12) + struct.pack('>HHI', 6, 0xffff, 0)

    def dtls(self):
        body = self.random.randbytes(self.random.randint(0, 1200))
        length = self.random.choice([len(body), 0, 0xffff])
        kind = self.random.choice([20, 21, 22, 23, 25, 26, 32, 47, 63])
        return struct.pack('>BHHIHH', kind, 0xfefd, self.random.randrange(3), 0, 0, length)[:13] + body

    def rtp(self):
        first = self.random.randint(128, 191)
        return bytes([first, self.random.randrange(128)]) + self.random.randbytes(self.random.randint(0, 1300))

    def rtcp(self):
        first = self.random.randint(128, 191)
        return bytes([first, self.random.randint(192, 223)]) + self.random.randbytes(self.random.randint(0, 400))

    def oversize(self):
        return bytes([self.random.randrange(256)]) + bytes(self.random.randint(2000, 9000))


class Sender:
    """Sends from a few sockets of its own, and, where the system lets it, under the port of somebody who takes part."""

    def __init__(self, address, target, stolen=()):
        self.target, self.stolen = target, list(stolen)
        self.sockets = [socket.socket(socket.AF_INET, socket.SOCK_DGRAM) for _ in range(5)]
        for one in self.sockets:
            one.bind((address, 0))
        self.raw = socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_UDP) if self.stolen else None
        if self.raw:
            self.raw.bind((address, 0))

    def send(self, number, datagram):
        """Every second one under a stolen port: those get as far as somebody's own session."""
        if self.raw and number % 2:
            source = self.stolen[number // 2 % len(self.stolen)]
            head = struct.pack('>HHHH', source, self.target[1], 8 + len(datagram), 0)  # no checksum: allowed in IPv4
            self.raw.sendto(head + datagram, (self.target[0], 0))
        else:
            self.sockets[number // 2 % len(self.sockets)].sendto(datagram, self.target)

    def close(self):
        for one in (*self.sockets, *filter(None, [self.raw])):
            one.close()


class Messages:
    """Malformed messages for the socket of a meeting: (text or binary, bytes)."""

    def __init__(self, seed):
        self.random = random.Random(seed)
        self.sorts = [self.noise, self.binary, self.broken, self.wrong_types, self.unknown, self.deep, self.long,
                      self.numbers]

    def next(self):
        return self.random.choice(self.sorts)()

    def noise(self):
        """Not even UTF-8."""
        return True, b'\xff' + self.random.randbytes(self.random.randint(0, 300))

    def binary(self):
        return False, self.random.randbytes(self.random.randint(0, 2000))

    def broken(self):
        whole = json.dumps(self.join()).encode()
        return True, whole[:self.random.randint(0, len(whole) - 1)]

    def join(self):
        return {'area': 'session', 'type': 'join', 'protocol': 1, 'invite': 'A' * 22, 'sender': 'A' * 22,
                'profile': 'AAAA', 'device': 'desktop'}

    def wrong_types(self):
        message = self.join()
        message[self.random.choice(list(message))] = self.random.choice([None, [], {}, 1.5, -1, True, 'x' * 5000])
        return True, json.dumps(message).encode()

    def unknown(self):
        area = self.random.choice(['session', 'media', 'room', 'admin', ''])
        return True, json.dumps({'area': area, 'type': self.random.randbytes(4).hex()}).encode()

    def deep(self):
        depth = self.random.randint(100, 20_000)
        return True, b'[' * depth + b']' * depth

    def long(self):
        return True, json.dumps({'area': 'session', 'type': 'x' * self.random.randint(10_000, 400_000)}).encode()

    def numbers(self):
        return True, b'{"area":"session","type":"ping","nonce":' + b'9' * self.random.randint(20, 4000) + b'}'
