"""Ten thousand guesses of ids, links and passcodes from a thousand addresses of this machine, half of which say that they speak
for somebody elsewhere, while two people talk (Promise P-007). Nobody may get in by them, what the server answers may not tell
which meetings there are, and the two may not notice. Ends with a verdict, and with 1 if it is bad. Times are reported only.

    .venv/bin/python Tests/ScenarioTests/Browser/guesses.py [GUESSES] [ADDRESSES]
"""

import asyncio
import contextlib
import random
import statistics
import sys
import tempfile
import time
from collections import Counter, defaultdict
from pathlib import Path

from harness import namespace
from harness.peer import Peer
from harness.rawsocket import Dialogue, a_pass, fingerprint, invite_of, join, text64
from harness.server import Server

PASSCODE = '83914207'
AT_ONCE = 64
# Of ten guesses: at ids that are nobody's, at the meeting's own with another link, at one that is empty, and at its passcode.
KINDS = ['no such meeting'] * 3 + ['another link'] * 3 + ['another link, nobody in'] * 1 + ['another passcode'] * 3
CALM = 5  # seconds of talk before the first guess


class Watch:
    """What a native participant reports of the other one, once a second."""

    def __init__(self, peer, other):
        self.peer, self.other, self.seen = peer, other, []

    def look(self):
        report = self.peer.reports[-1]
        if not self.seen or report['seconds'] > self.seen[-1]['seconds']:
            remote = next((one for one in report['remotes'] if one['name'] == self.other), None)
            self.seen.append({'seconds': report['seconds'], 'names': {one['name'] for one in report['remotes']},
                              'waiting': report['waiting'], **(remote or {'frames': 0, 'audioFrames': 0, 'failed': 1})})

    def least(self, key):
        """The least that came in any second."""
        return min(later[key] - earlier[key] for earlier, later in zip(self.seen, self.seen[1:]))


def main(guesses=10_000, addresses=1_000):
    if not namespace.inside():
        sys.exit(namespace.run_inside([__file__, *sys.argv[1:]]))
    with contextlib.ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        server = Server(folder / 'data', '--trusted-proxy', '127.0.0.0/8')
        stack.callback(server.stop)
        links = server.create_links('--passcode', PASSCODE, '--personal', '1', '--personal-enter')
        empty = server.create_links()['guest']
        anna = stack.enter_context(Peer(links['host'], 'Anna', '--admit'))
        bram = stack.enter_context(Peer(links['guest'], 'Bram', '--passcode', PASSCODE))
        for peer in (anna, bram):
            peer.wait_for(lambda report: report['connected'] and len(report['remotes']) == 1, 'that it talks')
        watches = [Watch(anna, 'Bram'), Watch(bram, 'Anna')]
        told, times, entered = asyncio.run(
            attack(server, links['guest'], empty, int(guesses), int(addresses), watches))
        # Whoever has a personal link comes in as ever.
        with Peer(links['personal'][0], 'Ela', '--no-video') as ela:
            ela.wait_for(lambda report: report['state'] == 'live', 'that it is in')
        faults = judge(told, entered, watches)
        if server.process.poll() is not None:
            faults.append('the server ended')
    report(told, times, watches)
    print('VERDICT: ' + ('; '.join(faults) if faults else
                         'nobody got in, what is answered tells nothing, and nobody noticed'))
    sys.exit(1 if faults else 0)


async def attack(server, link, empty, guesses, addresses, watches):
    """All of them, a few at a time, in an order that is drawn by lot. Answers what was told, how long it took to come, and
    what let somebody in."""
    draw = random.Random(7)
    kinds = [KINDS[number % len(KINDS)] for number in range(guesses)]
    draw.shuffle(kinds)
    told, times, entered = defaultdict(Counter), defaultdict(list), []
    gate = asyncio.Semaphore(AT_ONCE)
    meeting, invite, elsewhere = identifier(link), invite_of(link), identifier(empty)

    async def guess(number, kind):
        place = number % addresses
        source = f'127.{1 + place // 65_000}.{place // 250 % 250}.{1 + place % 250}'
        # Its own network (RFC 2544), or none: then it is this very machine, whose connections are not counted.
        headers = [f'X-Forwarded-For: 198.18.{place // 250}.{1 + place % 250}'] if place % 2 else []
        at = {'no such meeting': text64(draw.randbytes(16)), 'another link, nobody in': elsewhere}.get(kind, meeting)
        proof = invite if kind == 'another passcode' else text64(draw.randbytes(16))
        code = f'{draw.randrange(int(PASSCODE)):08}'  # anything below the right one
        async with gate:
            try:
                await one(server, kind, at, source, headers, proof, code, told, times, entered)
            except (OSError, asyncio.TimeoutError) as error:
                told[kind][f'broken: {type(error).__name__}'] += 1

    async def look():
        while True:
            for watch in watches:
                watch.look()
            await asyncio.sleep(0.2)

    looking = asyncio.create_task(look())
    await asyncio.sleep(CALM)
    began = time.monotonic()
    await asyncio.gather(*(guess(number, kind) for number, kind in enumerate(kinds)))
    print(f'{guesses} guesses from {addresses} addresses in {time.monotonic() - began:.0f} s')
    await asyncio.sleep(2)
    looking.cancel()
    return told, times, entered


async def one(server, kind, meeting, source, headers, invite, code, told, times, entered):
    """One guess."""
    async with Dialogue(('127.0.0.1', server.port), meeting, source, headers) as dialogue:
        began = time.perf_counter()
        dialogue.say(join(invite))
        heard = await dialogue.hear()
        if kind == 'another passcode':
            if heard is None or heard[0] != {'area': 'session', 'type': 'atDoor', 'passcode': True}:
                told[kind][f'not at the door: {heard and heard[0]}'] += 1
                return
            began = time.perf_counter()
            dialogue.say(a_pass(code))
            heard = await dialogue.hear()
            told[kind][word(heard)] += 1
            times[kind + ', ' + word(heard)].append(heard[1] - began if heard else 0)
        else:
            if heard:
                times[kind].append(heard[1] - began)
            await dialogue.hear_out()
            told[kind][f'{word(heard)}, bytes {fingerprint(dialogue.said)}'] += 1
        if heard and heard[0]['type'] != 'refused':
            entered.append((kind, heard[0]))


def word(heard):
    if heard is None:
        return 'hung up'
    message = heard[0]
    return message['failure']['type'] if message['type'] == 'refused' else message['type']


def judge(told, entered, watches):
    """Everything that is not as it must be."""
    faults = [f'{len(entered)} guesses were let in: {entered[:3]}'] if entered else []
    answers = {kind: set(counts) for kind, counts in told.items() if kind != 'another passcode'}
    if len(set(map(frozenset, answers.values()))) != 1 or any(len(one) != 1 for one in answers.values()):
        faults.append('answers differ between meetings that there are and others')
    if set(told['another passcode']) - {'passcode', 'tooFast'}:
        faults.append(f'a passcode is answered otherwise: {dict(told["another passcode"])}')
    if not told['another passcode']['tooFast']:
        faults.append('nobody was slowed down')
    for watch in watches:
        name = watch.peer.name
        if watch.seen[-1]['failed']:
            faults.append(f'{watch.seen[-1]["failed"]} frames did not open at {name}')
        if min(watch.least('frames'), watch.least('audioFrames')) <= 0:
            faults.append(f'{name} had a second without a picture or a sound')
        if any(one['names'] != {watch.other} or one['waiting'] for one in watch.seen):
            faults.append(f'{name} saw somebody else, or somebody at the door')
    return faults


def report(told, times, watches):
    for kind, counts in sorted(told.items()):
        print(f'{kind}: ' + ', '.join(f'{count} times {what}' for what, count in counts.most_common(6)))
    for kind, all_ in sorted(times.items()):
        ordered = sorted(all_)
        print(f'  {kind}: {len(ordered)} answers, median {1000 * statistics.median(ordered):.2f} ms, '
              f'5 to 95 of 100: {1000 * at(ordered, .05):.2f} to {1000 * at(ordered, .95):.2f} ms')
    nowhere = times['no such meeting']
    for kind in ('another link', 'another link, nobody in'):
        print(f'  of one answer of each, that about "{kind}" takes longer in {100 * longer(times[kind], nowhere):.1f} of 100 '
              '(50 tells nothing)')
    for watch in watches:
        print(f'{watch.peer.name}: in the poorest second {watch.least("frames")} pictures and '
              f'{watch.least("audioFrames")} sounds, {watch.seen[-1]["failed"]} frames did not open')


def at(ordered, part):
    return ordered[min(len(ordered) - 1, int(part * len(ordered)))]


def longer(one, other):
    """How often one of the first takes longer than one of the second, each drawn by lot (Mann and Whitney's U, as a share)."""
    ranked = sorted([(value, True) for value in one] + [(value, False) for value in other])
    below = won = 0
    for _, is_one in ranked:
        won += below if is_one else 0
        below += not is_one
    return won / (len(one) * len(other)) if one and other else 0.5


def identifier(link):
    return link.split('#')[0].rsplit('/', 1)[1]


if __name__ == '__main__':
    main(*sys.argv[1:])
