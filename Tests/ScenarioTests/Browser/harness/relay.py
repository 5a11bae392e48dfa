"""A bad network that anybody can repeat: a UDP relay with a seed, standing before the server's media port."""

import random
import selectors
import socket
import threading
import time
from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Weather:
    """Chances are 0 to 1, times are seconds."""

    loss: float = 0.0
    delay: float = 0.0
    reorder: float = 0.0
    held_back: float = 0.02


class Relay:
    """Passes datagrams both ways between browsers, which know `address`, and the same port of `host`, and loses some. Each
    browser gets a socket of its own towards the server, so that the server can tell them apart."""

    def __init__(self, address, host, seed, weather=Weather()):
        self.port = address[1]
        self.weather, self.target, self.random = weather, (host, self.port), random.Random(seed)
        self.passed = self.lost = 0
        self.front = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.front.bind(address)
        self.selector = selectors.DefaultSelector()
        self.selector.register(self.front, selectors.EVENT_READ)
        self.back = {}  # browser's address -> socket towards the server
        self.browser = {}  # that socket -> browser's address
        self.waiting = []  # (time, number, socket, datagram, address)
        self.running = True
        self.thread = threading.Thread(target=self._run, daemon=True)
        self.thread.start()

    def _run(self):
        while self.running:
            for key, _ in self.selector.select(0.005 if self.waiting else 0.1):
                self._take(key.fileobj)
            self._send_due()

    def _take(self, source):
        datagram, sender = source.recvfrom(2048)
        if source is self.front:
            if sender not in self.back:
                out = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
                out.bind((self.target[0], 0))
                self.back[sender], self.browser[out] = out, sender
                self.selector.register(out, selectors.EVENT_READ)
            self._pass(self.back[sender], datagram, self.target)
        else:
            self._pass(self.front, datagram, self.browser[source])

    def _pass(self, out, datagram, address):
        weather = self.weather
        if self.random.random() < weather.loss:
            self.lost += 1
            return
        self.passed += 1
        late = weather.delay + (weather.held_back if self.random.random() < weather.reorder else 0)
        if late:
            self.waiting.append((time.monotonic() + late, self.passed, out, datagram, address))
        else:
            out.sendto(datagram, address)

    def _send_due(self):
        now = time.monotonic()
        due = sorted((entry for entry in self.waiting if entry[0] <= now), key=lambda entry: entry[:2])
        self.waiting = [entry for entry in self.waiting if entry[0] > now]
        for _, _, out, datagram, address in due:
            out.sendto(datagram, address)

    def lose(self, loss):
        """From now on this share is lost, and it is counted anew."""
        self.weather = replace(self.weather, loss=loss)
        self.passed = self.lost = 0

    def stop(self):
        self.running = False
        self.thread.join()
        for out in (self.front, *self.browser):
            out.close()
