"""Who was put out does not come back: by none of the ways there are, and nobody else has to stay away for it."""

import pytest

from harness.doorway import Doorway
from harness.peer import Peer
from harness.server import Server

pytestmark = pytest.mark.flaky(reruns=0)


@pytest.fixture
def server(tmp_path, output):
    server = Server(tmp_path / 'data', '--trusted-proxy', '127.0.0.1')
    yield server
    server.stop()
    (output / 'server.log').write_text(''.join(server.log))


@pytest.fixture
def links(server):
    return server.create_links('--personal', '2', '--personal-enter')


@pytest.fixture
def doorway(server):
    made = []

    def make():
        made.append(Doorway(server, 1 + len(made)))
        return made[-1]

    yield make
    for one in made:
        one.close()


def test_P028_who_is_blocked_does_not_come_back_from_where_they_are(people, links, doorway):
    anna, bram = people().join(links['host']), people(clean=False)
    home, elsewhere = doorway(), doorway()
    bram.ask(home.link(links['guest']))
    anna.admit(bram)
    anna.wait_for_picture_of(bram)
    anna.act_on(bram, 'person.block')
    bram.wait_for('after')
    anna.wait_until_gone(bram)
    # The same browser opens the link once more, and another one does, under another name: from that address nobody new.
    bram.ask(home.link(links['guest']))
    bram.wait_for_text('err.blocked')
    chris = people(clean=False)
    chris.ask(home.link(links['guest']))
    chris.wait_for_text('err.blocked')
    assert anna.browser.evaluate('() => document.querySelectorAll("b-knock").length') == 0
    # From somewhere else people come as before, and so does whoever has a personal link, from the same house.
    dewi = people(clean=False)
    dewi.ask(elsewhere.link(links['guest']))
    anna.admit(dewi)
    anna.wait_for_picture_of(dewi)
    with Peer(home.link(links['personal'][0]), 'Ela', '--no-video') as ela:
        ela.wait_for(lambda report: report['state'] == 'live', 'to be in by a personal link')


@pytest.mark.parametrize('act', ['person.remove', 'person.block'])
def test_P028_a_personal_link_opens_nothing_once_its_owner_was_put_out(people, links, act):
    anna, bram = people().join(links['host']), people('firefox')
    bram.join(links['personal'][0])
    anna.wait_for_picture_of(bram)
    anna.act_on(bram, act)
    bram.wait_for('after')
    bram.ask(links['personal'][0])
    bram.wait_for_text('err.blocked')
    # The other personal link is another person's.
    with Peer(links['personal'][1], 'Ela', '--no-video') as ela:
        ela.wait_for(lambda report: report['state'] == 'live', 'to be in by another personal link')
