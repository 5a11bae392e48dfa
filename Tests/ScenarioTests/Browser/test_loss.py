"""A bad network: the seeded relay stands before the media port, and video recovers while sound plays on."""

import json

import pytest

from harness import namespace
from harness.relay import Relay, Weather
from harness.waiting import grows

pytestmark = pytest.mark.unproven('never run: written while the machine was busy')


@pytest.mark.parametrize('loss', [0.02, 0.10])
def test_a_call_goes_on_under_loss(people, link, loss):
    anna, bram = people(), people()
    relays = [behind_relay(person, Weather(loss=loss, delay=0.02, reorder=0.01), seed)
              for seed, person in enumerate((anna, bram), 1)]
    for person in (anna, bram):
        person.join(link)
    for one, other in ((anna, bram), (bram, anna)):
        one.wait_for_picture_of(other, frames=100, seconds=30)
        one.wait_for_sound_of(other)
    grows(lambda: anna.count('retransmittedPacketsReceived'), 'packets that came again', by=5, seconds=30)
    stats = anna.stats()['inbound-rtp']
    sound = next(entry for entry in stats if entry['kind'] == 'audio' and entry['packetsReceived'])
    concealed = sound['concealedSamples'] / max(1, sound['totalSamplesReceived'])
    print(f'{loss:.0%}: relays lost {[relay[0].lost for relay in relays]} of {[relay[0].passed for relay in relays]}; '
          f'concealed {concealed:.1%} of the sound; freezes {anna.count("freezeCount")}; '
          f'came again {anna.count("retransmittedPacketsReceived")}')
    for relay in relays:
        relay[0].stop()


def behind_relay(person, weather, seed):
    """Puts a relay before the media port for one browser: the answer's candidates are rewritten on their way, as a
    network in between could. The list fills when the answer passes."""
    made = []

    def reroute(text):
        message = json.loads(text)
        for candidate in message.get('candidates', []) if message.get('type') == 'opened' else []:
            if candidate['protocol'] == 'udp' and not made:
                made.append(Relay(namespace.ADDRESS, (namespace.ADDRESS, candidate['port']), seed, weather))
            candidate['port'] = made[0].port if candidate['protocol'] == 'udp' else candidate['port']
            candidate['address'] = namespace.ADDRESS
        return json.dumps(message)

    def pass_on(route):
        real = route.connect_to_server()
        real.on_message(lambda text: route.send(reroute(text)))

    person.browser.page.route_web_socket('**/socket', pass_on)
    return made
