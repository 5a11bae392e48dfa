"""Makes docs/pictures/meeting.png, the picture of the README: two people in a meeting, as they see it.

    .venv/bin/python Tests/ScenarioTests/Browser/picture.py
"""

import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from harness import namespace
from harness.chromium import Chromium
from harness.fakes import Look
from harness.peer import Peer
from harness.person import Person
from harness.places import ROOT
from harness.server import Server

OWN = Look((70, 120, 130), 440)  # the colour of a wall, for nobody is at home in a fake camera


def main():
    if not namespace.inside():
        sys.exit(namespace.run_inside([__file__]))
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        folder = Path(folder)
        server = Server(folder / 'data')
        try:
            link = server.create()
            anna = Person(Chromium(playwright, folder, OWN, language='en'), 'Anna', 'en').join(link)
            with Peer(link, 'Bram'):
                anna.wait_for_picture_of('Bram')
                pictures = ROOT / 'docs' / 'pictures'
                pictures.mkdir(exist_ok=True)
                anna.browser.screenshot(pictures / 'meeting.png')
            anna.browser.close()
        finally:
            server.stop()


if __name__ == '__main__':
    main()
