"""How fast somebody is cut off whose program hears the host and does nothing of it: it goes on sending, asks again for what
was stopped and says what it may not. Prints, for each thing that a host can do, how long after the click the last packet
came to another browser and the last of it was decoded there; and what became of the forbidden messages. Asserts no time.

    .venv/bin/python Tests/ScenarioTests/Browser/hostile.py [REPETITIONS]
"""

import contextlib
import statistics
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from harness import namespace
from harness.chromium import Chromium
from harness.fakes import LOOKS
from harness.host import acting, allow, choose, open_security
from harness.peer import Peer
from harness.person import Person
from harness.server import Server
from harness.waiting import grows, until

# In the host's page, whose clock is the machine's: when the mouse was last used.
CLICKS = 'addEventListener("click", () => { probe.clicked = Date.now(); }, true);'

# In the other's: when the last packet of a kind came, and when the last of it was decoded, until nothing came for a second.
# The statistics say to the millisecond when a packet came, but by a clock of their own: while packets come, the smallest
# distance between it and the machine's is taken, which can only make the answer later. What was decoded is looked at every
# 10 ms, in statistics that are renewed every 50; of sound the browser makes up a little where none comes any more.
WATCH = '''(kind) => {
  const cut = { packets: -1, packet: 0, made: -1, decoded: 0, looks: 0, over: false };
  probe.cut = cut;
  let own = 0, distance = Infinity, seen = Date.now();
  const timer = setInterval(async () => {
    const peer = probe.peers.findLast((peer) => peer.connectionState !== 'closed');
    const now = Date.now();
    let packets = 0, made = 0, last = 0;
    for (const entry of (await peer.getStats()).values()) {
      if (entry.type !== 'inbound-rtp' || entry.kind !== kind) continue;
      packets += entry.packetsReceived;
      made += kind === 'video' ? entry.framesDecoded ?? 0 : entry.totalAudioEnergy ?? 0;
      last = Math.max(last, entry.lastPacketReceivedTimestamp ?? 0);
    }
    if (last === 0) last = now; // a browser that does not say when: then it is when it was seen
    cut.looks += 1;
    if (packets > cut.packets) {
      if (cut.packets >= 0) distance = Math.min(distance, now - last);
      [cut.packets, own, seen] = [packets, last, now];
      cut.packet = own + distance;
    }
    if (made > cut.made) [cut.made, cut.decoded] = [made, now];
    if (now - seen < 1000) return;
    clearInterval(timer);
    cut.over = true;
  }, 10);
}'''

MESSAGE = 'Dit mag hier niet staan'
AWAY = 3  # times that the server refuses somebody before it counts as kept out


def main(repetitions=10):
    if not namespace.inside():
        sys.exit(namespace.run_inside([__file__, *sys.argv[1:]]))
    with contextlib.ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        playwright = stack.enter_context(sync_playwright())
        server = Server(folder / 'data')
        stack.callback(server.stop)
        links = server.create_links()
        people = []
        for number, name in enumerate(('Anna', 'Bram')):
            (folder / name).mkdir()
            person = Person(Chromium(playwright, folder / name, LOOKS[number], script=CLICKS), name)
            stack.callback(person.browser.close)
            people.append(person)
        anna, bram = people
        # Neither sends anything, so whatever comes is of the one who does not listen.
        anna.join(links['host'], microphone=False, camera=False)
        bram.ask(links['guest'], microphone=False, camera=False)
        anna.admit(bram)
        bram.wait_for('meet')
        rows = [*voice_and_picture(anna, bram, links, int(repetitions)), *screen(anna, bram, links, int(repetitions))]
        words = messages(anna, bram, links)
    print(f'\n{"the host":<28}{"of":<9}{"times":>5}  {"last packet: median, most":>27}  '
          f'{"last decoded: median, most":>28}  then')
    for row in rows:
        print(row)
    print(words)


def voice_and_picture(anna, bram, links, repetitions):
    """What may begin again as soon as it was stopped, for a person may do that; and what may not."""
    with guest(anna, links, 'Mallory', '--deaf') as mallory:
        for identifier, kind in (('person.mute', 'audio'), ('person.stopVideo', 'video')):
            with acting(anna, mallory):
                yield row(anna, bram, mallory, identifier, kind, repetitions,
                          lambda: anna.click(identifier, within=['person'], values={'name': mallory.name}))
        for identifier, kind in (('sec.muteAll', 'audio'), ('sec.stopAll', 'video')):
            open_security(anna)
            yield row(anna, bram, mallory, identifier, kind, repetitions,
                      lambda: anna.click(identifier, within=['sec']))
        for identifier, kind in (('person.mayUnmute', 'audio'), ('person.mayVideo', 'video')):
            with acting(anna, mallory):
                yield row(anna, bram, mallory, identifier, kind, repetitions,
                          lambda: allow(anna, mallory, identifier, False),
                          lambda: allow(anna, mallory, identifier, True))


def screen(anna, bram, links, repetitions):
    choose(anna, 'sec.share', 'everyone')
    with guest(anna, links, 'Sandor', '--deaf', '--screen', '--no-audio') as sandor:
        bram.wait_for('meet.screen', name=sandor.name)
        with acting(anna, sandor):
            yield row(anna, bram, sandor, 'person.mayShare', 'video', repetitions,
                      lambda: allow(anna, sandor, 'person.mayShare', False),
                      lambda: allow(anna, sandor, 'person.mayShare', True))
        yield row(anna, bram, sandor, 'sec.share', 'video', repetitions,
                  lambda: by_keyboard(anna), lambda: choose(anna, 'sec.share', 'everyone'))


def by_keyboard(anna):
    """A choice out of a list clicks on nothing: the moment before it is the one that counts."""
    open_security(anna)
    anna.browser.evaluate('() => { probe.clicked = Date.now(); }')
    choose(anna, 'sec.share', 'hosts')


def row(anna, bram, peer, identifier, kind, repetitions, act, undo=None):
    """The line of the table about one thing that a host does, so many times."""
    packets, decoded = [], []
    for _ in range(repetitions):
        packet, frame = measure(anna, bram, peer, kind, act, undo)
        print(f'{identifier}: last packet {packet:.0f} ms, last decoded {frame:.0f} ms', flush=True)
        packets.append(packet)
        decoded.append(frame)
    then = f'kept out, {AWAY} refusals each' if undo else 'begins again by itself'
    return (f'{anna.names(identifier):<28}{kind:<9}{repetitions:>5}  '
            f'{statistics.median(packets):>14.0f} ms{max(packets):>7.0f} ms  '
            f'{statistics.median(decoded):>15.0f} ms{max(decoded):>7.0f} ms  {then}')


def measure(anna, bram, peer, kind, act, undo):
    """Once: milliseconds from the click to the last packet, and to the last that was decoded."""
    page = bram.browser.page
    grows(lambda: bram.count('packetsReceived', kind), f'{kind} of {peer.name} comes to Bram', by=20, seconds=30)
    page.evaluate(WATCH, kind)
    until(lambda: page.evaluate('() => probe.cut.looks') > 40, 'Bram looks')
    refused = refusals(peer)
    act()
    clicked = anna.browser.evaluate('() => probe.clicked')
    cut = until(lambda: (now := page.evaluate('() => probe.cut'))['over'] and now, 'nothing comes any more')
    if undo:
        until(lambda: refusals(peer) >= refused + AWAY, f'the server refuses {peer.name}', 30)
        assert bram.count('packetsReceived', kind) == cut['packets'], f'{peer.name} is not kept out'
        undo()
    sent = peer.reports[-1]['packetsSent']
    peer.wait_for(lambda report: report['packetsSent'] > sent + 20, 'that it sends on')
    return max(0, cut['packet'] - clicked), max(0, cut['decoded'] - clicked)


def messages(anna, bram, links):
    """Nobody may chat, and somebody does: a native witness counts what it refuses to believe."""
    with guest(anna, links, 'Olga', '--no-video', '--no-audio') as olga, \
            guest(anna, links, 'Mallory', '--deaf', '--no-video', '--no-audio', '--say', MESSAGE, '--again', '1'):
        for person in (anna, bram):
            person.open_chat()
            person.wait_for_message(MESSAGE)
        choose(anna, 'sec.chat', 'nobody')
        olga.wait_for(lambda report: report['faults'], 'that it refused something')
        before = [person.texts().count(MESSAGE) for person in (anna, bram)], len(olga.reports[-1]['chat'])
        first = refused_by(olga)
        until(lambda: refused_by(olga) >= first + 5, 'Olga refuses more', 30)
        after = [person.texts().count(MESSAGE) for person in (anna, bram)], len(olga.reports[-1]['chat'])
        shown = sum(after[0]) - sum(before[0]) + after[1] - before[1]
        return f'{refused_by(olga)} messages were said although nobody may chat; of them {shown} were shown to anybody'


@contextlib.contextmanager
def guest(anna, links, name, *options):
    """A native guest, let in by the host, as long as the block lasts."""
    with Peer(links['guest'], name, *options) as peer:
        anna.admit(name)
        peer.wait_for(lambda report: report['state'] == 'live', 'that it is in')
        anna.wait_for('meet.actions', within=['people.list'], name=name)
        yield peer
    anna.wait_until_gone(name)


def refusals(peer):
    return peer.reports[-1]['refusals']


def refused_by(peer):
    return sum(peer.reports[-1]['faults'].values())


if __name__ == '__main__':
    main(*sys.argv[1:])
