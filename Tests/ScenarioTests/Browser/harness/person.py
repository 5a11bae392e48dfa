"""Somebody who takes part: a browser, a name, and what can be done and seen with them."""

import time

from .fakes import same_colour
from .names import Names
from .waiting import grows, until

KINDS = ('audio', 'video')
BADGES = ('meet.badge.1', 'meet.badge.2', 'meet.badge.4', 'meet.badge.5')


class Person:
    """Drives one browser through the client by roles and names, as a person would."""

    def __init__(self, browser, name, language='nl'):
        self.browser, self.name, self.names = browser, name, Names(language)

    # Acts

    def click(self, identifier, within=None, values=None, **own):
        """Clicks a control; `values` are for the names of the places it is within, `own` for its own name."""
        self.wait_for(identifier, within, values=values, **own)
        self.browser.click(self.names.role(identifier), self.names(identifier, **own), self._places(within, values))

    def open(self, link):
        """Opens the link and waits for the page before the meeting."""
        self.browser.open(link)
        self.wait_for('join')

    def join(self, link, *, microphone=True, camera=True):
        self.ask(link, microphone=microphone, camera=camera)
        self.wait_for('meet')
        self.wait_for('meet.ownTile', name=self.name)
        return self

    def ask(self, link, *, microphone=True, camera=True):
        """Opens the link and asks to come in."""
        self.open(link)
        self.browser.fill(self.names.role('join.name'), self.names('join.name'), self.name)
        if microphone:
            self.click('av.mic.2')
            self.wait_for('av.mic.1')
        if camera:
            self.click('av.camera.2')
            self.wait_for('av.camera.1')
        start = until(lambda: next((name for name in ('join.ask', 'join.start') if self.sees(name)), None), 'a way in')
        self.click(start)
        return self

    def leave(self):
        self.click('ctl.leave')
        self.click('leave.go', within=['leave'])
        self.wait_for('after')

    def click_control(self, identifier):
        """A control of the bar, or behind More where the bar is narrow."""
        if self.sees(identifier, within=['ctl']):
            self.click(identifier, within=['ctl'])
        else:
            self.click('ctl.more', within=['ctl'])
            self.click(identifier)

    # What people say without a voice (Chromium)

    def open_chat(self):
        if not self.sees('chat'):
            self.click('ctl.chat', within=['ctl'])
            self.wait_for('chat')

    def write(self, text, to=None):
        """Writes to everyone, to `'hosts'`, or to somebody, and waits until it is on its way."""
        self.open_chat()
        label = {None: self.names('chat.to.everyone'), 'hosts': self.names('chat.to.hosts')}.get(to) or _name(to)
        self.in_chat('chat.to').select_option(label=label)
        self.in_chat('chat.text').fill(text)
        if to in (None, 'hosts'):
            self.click('chat.send.2' if to else 'chat.send.1', within=['chat'])
        else:
            self.click('chat.send.3', within=['chat'], name=_name(to))
        underway = '() => document.querySelector("b-log [data-underway]") !== null'
        until(lambda: text in self.texts() and not self.browser.evaluate(underway), f'"{text}" of {self.name} is on its way')

    def in_chat(self, identifier, **own):
        return self.browser.find(self.names.role(identifier), self.names(identifier, **own), self._places(['chat']))

    def messages(self):
        """What stands in the log: author, words beside the name, text."""
        return self.browser.evaluate('''() => [...document.querySelectorAll('b-log b-message')].map((one) => ({
          author: one.querySelector('[data-from] bdi').textContent,
          marks: [...one.querySelectorAll('[data-audience], [data-edited]')].map((mark) => mark.textContent),
          text: one.querySelector('[data-text], [data-gone]').textContent,
        }))''')

    def texts(self):
        return [message['text'] for message in self.messages()]

    def wait_for_message(self, text):
        until(lambda: text in self.texts(), f'{self.name} has "{text}"')

    def wait_to_hear(self, identifier, **values):
        """Waits until a screen reader is given this sentence."""
        text = self.names.text(identifier, **values)
        until(lambda: text in self.browser.evaluate('() => document.querySelector("b-announcer").textContent'),
              f'{self.name} hears "{text}"')

    # What a host does

    def open_people(self):
        if not self.sees('people'):
            self.click_control('ctl.people')
            self.wait_for('people')

    def admit(self, *others):
        for other in others:
            self.open_people()
            self.click('people.admit', name=_name(other))

    def refuse(self, other):
        self.open_people()
        self.click('people.refuse', name=_name(other))
        name = self.names('people.refuse', name=_name(other))
        until(lambda: self.browser.shows('button', name, [('dialog', name)]), f'{self.name} is asked')
        self.browser.click('button', name, [('dialog', name)])

    def act_on(self, other, act):
        """`person.back`, `person.remove` or `person.block`, with the question that comes before it."""
        self.open_people()
        self.click('meet.actions', name=_name(other))
        self.click(act, within=['person'], values={'name': _name(other)})
        self.click(act, within=[f'{act}.ask'], values={'name': _name(other)})

    def lock(self, is_locked):
        if not self.sees('sec'):
            self.click_control('ctl.security')
        self.click('sec.lock')
        until(lambda: self.browser.evaluate('() => document.querySelector("b-security [role=switch]").checked') == is_locked,
              f'the meeting is {"" if is_locked else "un"}locked')

    def go_on(self):
        """Says yes to a meeting without another host."""
        self.click('notice.goOn')

    # What everybody does to know who is there

    def open_keys(self):
        if not self.sees('keys'):
            badge = until(lambda: next((name for name in BADGES if self.sees(name)), None), 'the badge of encryption')
            self.click(badge)
            self.wait_for('keys')

    def close_dialog(self):
        self.click('page.close', within=['keys'])
        until(lambda: not self.sees('keys'), f'the dialog of {self.name} is closed')

    def code(self):
        """The meeting code in the dialog of encryption, without its spaces."""
        self.open_keys()
        return self.browser.evaluate('() => document.querySelector("b-keys b-digits").textContent')

    def pictures(self):
        """The words of the pictures that are shown now, in the dialog or over the meeting; none while there are none."""
        return self.browser.evaluate('''() => [...document.querySelectorAll('b-pictures')]
          .filter((one) => one.checkVisibility())
          .flatMap((one) => [...one.querySelectorAll('li span:last-child')].map((word) => word.textContent))''')

    def label_of(self, other):
        """What the list of participants says of who somebody is."""
        self.open_people()
        name = self.names('meet.tile', name=_name(other))
        return self.browser.evaluate('''() => Object.fromEntries([...document.querySelectorAll('b-people b-member')].map((one) =>
          [one.querySelector('bdi').textContent, one.querySelector('[data-trust]').textContent]))''').get(name)

    def words(self):
        """The four words of the door, where this person waits."""
        return self.browser.evaluate('() => [...document.querySelectorAll("b-wait b-code li")].map((one) => one.innerText.trim())')

    # Looks

    def sees(self, identifier, within=None, values=None, **own):
        return self.browser.shows(
            self.names.role(identifier), self.names(identifier, **own), self._places(within, values))

    def wait_for(self, identifier, within=None, seconds=15, values=None, **own):
        until(lambda: self.sees(identifier, within, values, **own), f'{self.name} sees {identifier} {own or ""}', seconds)

    def wait_for_text(self, identifier, seconds=15, **values):
        text = self.names.text(identifier, **values)
        until(lambda: text in self.browser.text(), f'{self.name} reads "{text}"', seconds)

    def picture_of(self, other):
        """What this person's tile of `other` shows: {pixel, frames, width}, or None while there is no picture."""
        return self.browser.video_in(self.names.role('meet.tile'), self.names('meet.tile', name=_name(other)))

    def wait_for_picture_of(self, other, frames=10, seconds=15):
        """Waits until the tile of `other` shows moving pictures, in the colour of that person where it has one."""
        what = f'{self.name} sees {_name(other)} move'
        grows(lambda: (self.picture_of(other) or {}).get('frames', 0), what, by=frames, seconds=seconds)
        look = getattr(getattr(other, 'browser', None), 'look', None)
        if look:
            until(lambda: same_colour(self.picture_of(other)['pixel'], look.colour), f'{what} in their own colour')

    def wait_for_sound_of(self, *others, seconds=15):
        """Waits until the tone of each of them comes out of the loudspeaker. In Firefox tones cannot be read: there as
        many sounds as there are people must have energy that grows."""
        if self.browser.kind == 'firefox':
            before = self._energies()
            until(lambda: sum(now > before.get(mid, 0) for mid, now in self._energies().items()) >= len(others),
                  f'{self.name} hears {len(others)} sounds', seconds)
            return
        for other in others:
            until(lambda: self._hears(tones_of(other)), f'{self.name} hears {_name(other)}', seconds)

    def _hears(self, tones):
        peaks = self.browser.evaluate('() => probe.tones()')
        return any(abs(peak - tone) < 30 for peak in peaks for tone in tones)

    def _energies(self):
        return {entry['mid']: entry['totalAudioEnergy'] or 0
                for entry in self.stats()['inbound-rtp'] if entry['kind'] == 'audio'}

    def wait_until_gone(self, other):
        name = _name(other)
        until(lambda: not self.sees('meet.tile', name=name), f'{self.name} no longer sees {name}')

    def wait_for_sound_to_end(self):
        """Waits until no remote sound has energy any more (Chromium)."""
        until(lambda: not self.browser.evaluate('() => probe.tones()'), f'{self.name} hears nothing')

    def wait_until_silent(self):
        """Waits until this browser has sent no packet of sound or picture for two seconds."""
        seen = []

        def silent():
            seen.append((time.monotonic(), sum(self.count('packetsSent', kind, 'outbound-rtp') for kind in KINDS)))
            return any(then < seen[-1][0] - 2 and count == seen[-1][1] for then, count in seen)

        until(silent, f'{self.name} sends nothing')

    def wait_for_text_or_picture(self, other, identifier):
        text = self.names.text(identifier)
        until(lambda: text in self.browser.text() or other.picture_of(self), f'"{text}" or a picture of {self.name}')

    def stats(self):
        return self.browser.evaluate('() => probe.stats()')

    def count(self, key, kind='video', direction='inbound-rtp'):
        """One statistic, added up over all streams of a kind."""
        return sum(entry[key] or 0 for entry in self.stats()[direction] if entry['kind'] == kind)

    def _places(self, within, values=None):
        return [(self.names.role(outer), self.names(outer, **values or {})) for outer in within or ()]


def _name(other):
    return other if isinstance(other, str) else other.name


def tones_of(other):
    """Firefox's own fake microphone hums at 1000 Hz (a preference of `Firefox`), `beraad-peer` sends a chord."""
    if isinstance(other, str):
        return 262, 330, 392
    return (other.browser.look.tone if other.browser.kind == 'chromium' else 1000),
