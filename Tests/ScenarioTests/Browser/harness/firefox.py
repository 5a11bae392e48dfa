"""Debian's Firefox ESR through WebDriver BiDi, with the same methods as `Chromium`."""

import base64
import json
import re
import shutil
import subprocess
import threading

from .bidi import BiDi
from .places import FILES
from .programs import stop
from .waiting import until

PREFERENCES = {
    'media.navigator.streams.fake': True,
    'media.navigator.permission.disabled': True,
    'media.autoplay.default': 0,
    'media.autoplay.blocking_policy': 0,
    'media.peerconnection.ice.obfuscate_host_addresses': False,
    'app.update.enabled': False,
    'media.gmp-manager.updateEnabled': False,
    'network.captive-portal-service.enabled': False,
    'network.connectivity-service.enabled': False,
    'datareporting.policy.dataSubmissionEnabled': False,
    'toolkit.telemetry.server': '',
    'browser.shell.checkDefaultBrowser': False,
    'media.navigator.audio.fake_frequency': 1000,
}


class FirefoxProcess:
    """A running Firefox with its own profile; it may serve one test after another."""

    def __init__(self, folder, *, language='nl'):
        profile = folder / 'profile'
        profile.mkdir(parents=True)
        languages = {'nl': 'nl-NL, nl', 'en': 'en-GB, en'}[language]
        preferences = {**PREFERENCES, 'intl.accept_languages': languages}
        (profile / 'user.js').write_text(
            ''.join(f'user_pref({json.dumps(key)}, {json.dumps(value)});\n' for key, value in preferences.items())
        )
        self.process = subprocess.Popen(
            [shutil.which('firefox-esr'), '--headless', '--no-remote', '--profile', str(profile),
             '--remote-debugging-port=0', 'about:blank'],
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        )
        self.log = []
        threading.Thread(target=self._read, daemon=True).start()
        try:
            self._open_door()
        except BaseException:
            self.close()
            raise

    def _open_door(self):
        found = until(lambda: re.search(r'ws://127\.0\.0\.1:\d+', ''.join(self.log)), 'Firefox opens its door', 60)
        self.bidi = BiDi(found[0])
        self.bidi('session.new', capabilities={'alwaysMatch': {
            'acceptInsecureCerts': True, 'unhandledPromptBehavior': {'default': 'accept'},
        }})
        self.bidi('session.subscribe', events=['log.entryAdded', 'network.beforeRequestSent'])

    def _read(self):
        for line in self.process.stdout:
            self.log.append(line)

    @property
    def is_running(self):
        return self.process.poll() is None

    def close(self):
        stop(self.process)


class Firefox:
    """One browser with one page, in a process of its own or, for a while, in `process`: there in a user context, which
    shares nothing with another one and keeps nothing for the next."""

    kind = 'firefox'

    def __init__(self, folder, *, process=None, language='nl', script=''):
        self.shared = process is not None
        self.process = process or FirefoxProcess(folder, language=language)
        self.bidi = self.process.bidi
        self.bidi.events.clear()
        self.space = self.bidi('browser.createUserContext')['userContext']
        probe = ''.join((FILES / name).read_text('utf-8') for name in ('probe.js', 'roles.js'))
        self.bidi('script.addPreloadScript', functionDeclaration=f'() => {{ {probe}\n{script} }}', userContexts=[self.space])
        self.tab = self.bidi('browsingContext.create', type='tab', userContext=self.space)['context']
        self.bidi('browsingContext.setViewport', context=self.tab, viewport={'width': 1280, 'height': 800})

    @property
    def errors(self):
        self.bidi('session.status')  # an answer to anything brings the events that came before it
        return [
            event['params'].get('text') or '' for event in self.bidi.events
            if event['method'] == 'log.entryAdded' and event['params']['level'] == 'error'
            and event['params']['source'].get('context') in (None, self.tab)
        ]

    @property
    def requests(self):
        self.bidi('session.status')
        return [
            event['params']['request']['url'] for event in self.bidi.events
            if event['method'] == 'network.beforeRequestSent' and event['params'].get('context') == self.tab
        ]

    def open(self, url):
        for address in ('about:blank', url):
            self.bidi('browsingContext.navigate', context=self.tab, url=address, wait='complete')

    def find(self, role, name, within=None):
        """The elements with this role and name, as BiDi names them."""
        path = json.dumps([*(within or ()), (role, name)])
        found = self.bidi(
            'script.callFunction', target={'context': self.tab}, awaitPromise=False, resultOwnership='none',
            functionDeclaration=f'() => {path}.reduce((roots, step) => probe.find(...step, roots), [document])',
        )
        assert found['type'] == 'success', found['exceptionDetails']['text']
        return found['result']['value']

    def shows(self, role, name, within=None):
        return bool(self.find(role, name, within))

    def click(self, role, name, within=None):
        element = until(lambda: self.find(role, name, within), f'{role} {name!r} in Firefox')[0]
        self._call('(element) => element.scrollIntoView({block: "center"})', element)
        origin = {'type': 'element', 'element': {'sharedId': element['sharedId']}}
        self.bidi('input.performActions', context=self.tab, actions=[{
            'type': 'pointer', 'id': 'mouse', 'actions': [
                {'type': 'pointerMove', 'x': 0, 'y': 0, 'origin': origin},
                {'type': 'pointerDown', 'button': 0}, {'type': 'pointerUp', 'button': 0},
            ],
        }])

    def fill(self, role, name, text):
        self.click(role, name)
        element = self.find(role, name)[0]
        self._call('(element) => element.select()', element)
        keys = [{'type': kind, 'value': letter} for letter in text for kind in ('keyDown', 'keyUp')]
        self.bidi('input.performActions', context=self.tab, actions=[{'type': 'key', 'id': 'keys', 'actions': keys}])

    def text(self):
        return self.evaluate('() => document.body.innerText')

    def evaluate(self, script):
        """Calls a function in the page, with a person's activation, and answers what it answers."""
        return self._result(self.bidi(
            'script.callFunction', target={'context': self.tab}, awaitPromise=True, userActivation=True,
            functionDeclaration=f'async () => JSON.stringify((await ({script})()) ?? null)',
        ))

    def _call(self, function, element):
        return self._result(self.bidi(
            'script.callFunction', target={'context': self.tab}, awaitPromise=True, userActivation=True,
            arguments=[{'sharedId': element['sharedId']}],
            functionDeclaration=f'async (element) => JSON.stringify((await ({function})(element)) ?? null)',
        ))

    @staticmethod
    def _result(answer):
        assert answer['type'] == 'success', answer['exceptionDetails']['text']
        return json.loads(answer['result']['value'])

    def video_in(self, role, name):
        groups = self.find(role, name)
        return self._call('(element) => probe.look(element.querySelector("video"))', groups[0]) if groups else None

    def url(self):
        return self.evaluate('() => location.href')

    def title(self):
        return self.evaluate('() => document.title')

    def screenshot(self, path):
        picture = self.bidi('browsingContext.captureScreenshot', context=self.tab)['data']
        path.write_bytes(base64.b64decode(picture))

    def stored(self):
        cookies = self.bidi('storage.getCookies', partition={'type': 'storageKey', 'userContext': self.space})['cookies']
        kept = self.evaluate('() => [...Object.keys(localStorage), ...Object.keys(sessionStorage)]')
        return cookies, kept

    def keep(self, folder):
        self.screenshot(folder / 'page.png')
        (folder / 'console.txt').write_text('\n'.join(self.errors))

    def close(self):
        self.bidi('browsingContext.close', context=self.tab)
        self.bidi('browser.removeUserContext', userContext=self.space)
        if not self.shared:
            self.bidi.close()
            self.process.close()
