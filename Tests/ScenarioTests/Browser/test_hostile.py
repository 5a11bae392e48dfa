"""Somebody sends rubbish to the server while two people talk. They notice nothing, and the server keeps nothing of it."""

import json
import re
from collections import Counter
from pathlib import Path

import pytest
import websocket

from harness import namespace
from harness.malice import Datagrams, Messages, Sender
from harness.waiting import grows

pytestmark = pytest.mark.flaky(reruns=0)

DATAGRAMS, MESSAGES = 10_000, 1_000
WARM_UP = 5  # the first round is this many times smaller
KIBIBYTES_AT_MOST = 8 * 1024  # what the server may have grown between the end of the first round and that of the second
TURNS = 20  # between two of them frames have to grow
PER_CONNECTION = [1, 5]  # messages, by turns; from the machine itself the server takes any number of connections


def test_ten_thousand_malformed_datagrams_and_a_thousand_malformed_messages_disturb_nobody(people, link, server):
    anna, bram = people().join(link), people().join(link)
    for one, other in ((anna, bram), (bram, anna)):
        one.wait_for_picture_of(other)
        one.wait_for_sound_of(other)
    described = [person.browser.evaluate('() => probe.descriptions') for person in (anna, bram)]
    attack(anna, bram, server, link, DATAGRAMS // WARM_UP, MESSAGES // WARM_UP, seed=1)
    before = memory(server)
    outcome = attack(anna, bram, server, link, DATAGRAMS, MESSAGES, seed=2)
    after = memory(server)
    assert outcome['malformed'] > 0
    print(f'{DATAGRAMS} datagrams, {MESSAGES} messages, connections ended {dict(outcome)}; '
          f'memory {before} KiB, then {after} KiB ({after - before:+} KiB)')
    assert after - before < KIBIBYTES_AT_MOST
    for one, other in ((anna, bram), (bram, anna)):
        one.wait_for_picture_of(other)
        one.wait_for_sound_of(other)
    assert [person.browser.evaluate('() => probe.descriptions') for person in (anna, bram)] == described
    for person in (anna, bram):
        person.wait_for('meet.badge.1')
        assert person.stats()['state'] == 'connected'
    assert server.process.poll() is None


def attack(anna, bram, server, link, datagrams, messages, seed):
    """Sends both in turns, and sees frames grow all the while. Answers how connections ended, by the server's word."""
    ports = {port for person in (anna, bram) for port in person.stats()['remotePorts'] if port}
    stolen = sorted({port for person in (anna, bram) for port in person.stats()['localPorts'] if port})
    assert len(ports) == 1 and stolen
    sender = Sender(namespace.ADDRESS, (namespace.ADDRESS, ports.pop()), stolen)
    bad, worse, endings = Datagrams(seed), Messages(seed), Counter()
    try:
        for turn in range(TURNS):
            for number in range(datagrams // TURNS):
                sender.send(number, bad.next())
            left = messages // TURNS
            while left > 0:
                count = min(left, PER_CONNECTION[turn % 2])
                sent, ending = talk(server, link, [worse.next() for _ in range(count)])
                left -= sent
                endings[ending] += 1
            for person in (anna, bram):
                grows(lambda: person.count('framesDecoded'), f'the pictures {person.name} sees in turn {turn}')
    finally:
        sender.close()
    return endings


def talk(server, link, messages):
    """One connection from the page's own origin. Sends until the server hangs up; answers how many messages it sent and
    what the server said."""
    meeting = re.search(r'/m/([^#]+)#', link)[1]
    address = f'ws://127.0.0.1:{server.port}/api/v1/meetings/{meeting}/socket'
    socket = websocket.create_connection(address, origin=server.address, subprotocols=['beraad.1'], timeout=30)
    sent, ending = 0, 'hung up'
    try:
        for is_text, data in messages:
            sent += 1
            opcode = websocket.ABNF.OPCODE_TEXT if is_text else websocket.ABNF.OPCODE_BINARY
            socket.send_frame(websocket.ABNF.create_frame(data, opcode))
        ending = json.loads(socket.recv())['failure']['type']
    except (OSError, ValueError, websocket.WebSocketException):
        pass  # hung up before it was all sent, or without a word: both are answers to such bytes
    finally:
        socket.shutdown()
    return sent, ending


def memory(server):
    """KiB of the server that lie in memory."""
    return int(re.search(r'VmRSS:\s+(\d+)', Path(f'/proc/{server.process.pid}/status').read_text('utf-8'))[1])
