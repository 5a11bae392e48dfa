"""Debian's Chromium through Playwright: one process per person, for each has a camera and a microphone of its own.
A process may serve one test after another: each has a context of its own, which keeps nothing for the next."""

import shutil

from .fakes import write_picture, write_sound
from .places import FILES
from .waiting import PATIENCE

FLAGS = [
    '--use-fake-device-for-media-stream',
    '--use-fake-ui-for-media-stream',
    '--autoplay-policy=no-user-gesture-required',
    '--allow-loopback-in-peer-connection',
    '--disable-features=WebRtcHideLocalIpsWithMdns',
    '--disable-backgrounding-occluded-windows',
    '--disable-renderer-backgrounding',
]
NO_DEVICES = ['--deny-permission-prompts', *(flag for flag in FLAGS if 'fake' not in flag)]


def launch(playwright, folder, look, flags=FLAGS):
    """A Chromium whose camera and microphone give `look`, unless `flags` are others than the usual."""
    return playwright.chromium.launch(executable_path=shutil.which('chromium'), args=arguments(folder, look, flags))


def arguments(folder, look, flags):
    options = list(flags)
    if flags is FLAGS:
        options += [
            f'--use-file-for-fake-video-capture={write_picture(folder / "camera.y4m", look.colour, look.rate)}',
            f'--use-file-for-fake-audio-capture={write_sound(folder / "microphone.wav", look.tone)}',
        ]
    return options


class Chromium:
    """One browser with one page, in a process of its own or, for a while, in `process`; what it keeps is gone with it, unless it
    has a folder `profile` as people's own browsers have. The names of its methods are shared with `Firefox`."""

    kind = 'chromium'

    def __init__(self, playwright, folder, look, *, process=None, profile=None, language='nl', script='', flags=FLAGS,
                 traced=False, **context):
        self.look = look
        self.shared = process is not None
        locale = {'nl': 'nl-NL', 'en': 'en-GB'}[language]
        context = {'locale': locale, 'viewport': {'width': 1280, 'height': 800}, **context}
        if profile:
            self.context = playwright.chromium.launch_persistent_context(
                profile, executable_path=shutil.which('chromium'), args=arguments(folder, look, flags), **context)
            self.browser = None
        else:
            self.browser = process or launch(playwright, folder, look, flags)
            self.context = self.browser.new_context(**context)
        # Every look at the page costs a copy of it then, so only a second try is traced.
        self.traced = traced
        if traced:
            self.context.tracing.start(snapshots=True)
        self.context.add_init_script(path=FILES / 'probe.js')
        if script:
            self.context.add_init_script(script)
        self.page = self.context.new_page()
        self.page.set_default_timeout(2000 * PATIENCE)
        self.errors, self.requests = [], []
        self.page.on('console', lambda line: line.type == 'error' and self.errors.append(line.text))
        self.page.on('pageerror', lambda error: self.errors.append(str(error)))
        self.page.on('request', lambda request: self.requests.append(request.url))
        self.page.on('websocket', lambda socket: self.requests.append(socket.url))

    def open(self, url):
        # A link that differs only behind # would not load the page again.
        self.page.goto('about:blank')
        self.page.goto(url)

    def find(self, role, name, within=None):
        place = self.page
        for outer_role, outer_name in within or ():
            place = place.get_by_role(outer_role, name=outer_name, exact=True)
        return place.get_by_role(role, name=name, exact=True)

    def shows(self, role, name, within=None):
        return self.find(role, name, within).first.is_visible()

    def click(self, role, name, within=None):
        self.find(role, name, within).first.click()

    def fill(self, role, name, text):
        self.find(role, name).first.fill(text)

    def text(self):
        return self.page.locator('body').inner_text()

    def evaluate(self, script):
        return self.page.evaluate(script)

    def video_in(self, role, name):
        """What the video of this group shows: middle pixel and frames, or nothing."""
        videos = self.find(role, name).locator('video')
        return videos.first.evaluate('(video) => probe.look(video)') if videos.count() else None

    def url(self):
        return self.page.url

    def title(self):
        return self.page.title()

    def screenshot(self, path):
        self.page.screenshot(path=path)

    def stored(self):
        """Cookies and everything else the browser keeps for a site."""
        return self.context.cookies(), self.context.storage_state()['origins']

    def keep(self, folder):
        """What a person wants to see after a failure."""
        self.screenshot(folder / 'page.png')
        if self.traced:
            self.context.tracing.stop(path=folder / 'trace.zip')
        (folder / 'console.txt').write_text('\n'.join(self.errors))

    def close(self):
        self.context.close()
        if self.browser and not self.shared:
            self.browser.close()
