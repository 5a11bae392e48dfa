"""Fixtures of the browser tests: a meeting server, people with browsers, and what is kept when a test fails."""

import os
import re
import shutil
import sys

import pytest
from playwright.sync_api import sync_playwright

from harness import namespace
from harness.chromium import FLAGS, Chromium, launch
from harness.fakes import LOOKS
from harness.firefox import Firefox, FirefoxProcess
from harness.person import Person
from harness.places import BUILD, OUTPUT
from harness.server import Server

NAMES = ['Anna', 'Bram', 'Chris', 'Dewi']


def pytest_cmdline_main(config):
    """Runs everything again inside a network namespace, unless this already is that run."""
    if namespace.inside() or config.option.collectonly or config.option.help:
        return None
    assert (BUILD / 'beraad').exists(), f'{BUILD} holds no beraad; ./test browser builds it first.'
    config.pluginmanager.getplugin('capturemanager').suspend_global_capture(in_=True)
    return namespace.run_inside(['-m', 'pytest', *sys.argv[1:]])


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item):
    report = yield
    setattr(item, 'failed_' + report.when, report.failed)
    return report


@pytest.fixture
def output(request):
    """The folder for this test's traces and pictures."""
    folder = OUTPUT / re.sub(r'[^\w-]+', '_', request.node.nodeid.split('/')[-1])
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


@pytest.fixture(scope='session')
def playwright():
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope='session')
def processes(playwright, tmp_path_factory):
    """The browser of the person with this number, started once: starting one takes both cores for seconds."""
    chromiums, firefoxes = {}, {}

    def chromium(number):
        if number not in chromiums or not chromiums[number].is_connected():
            chromiums[number] = launch(playwright, tmp_path_factory.mktemp(NAMES[number]), LOOKS[number])
        return chromiums[number]

    def firefox(number, language):
        key = number, language
        if key not in firefoxes or not firefoxes[key].is_running:
            firefoxes[key] = FirefoxProcess(tmp_path_factory.mktemp(NAMES[number]), language=language)
        return firefoxes[key]

    yield chromium, firefox
    for process in (*chromiums.values(), *firefoxes.values()):
        process.close()


@pytest.fixture
def server(tmp_path, output):
    server = Server(tmp_path / 'data')
    yield server
    server.stop()
    (output / 'server.log').write_text(''.join(server.log))


@pytest.fixture
def link(server):
    return server.create()


@pytest.fixture
def people(playwright, processes, tmp_path, output, request, server):
    """Makes people: `people('chromium')`, `people('firefox', language='en')`. Each has a name, a colour and a tone of
    their own. After every test, passed or not, their pages must have been clean."""
    made = []

    def make(kind='chromium', *, language='nl', clean=True, **options):
        number = len(made)
        folder = tmp_path / NAMES[number]
        folder.mkdir()
        # A second try has processes of its own: what the first did to the shared ones is not its concern.
        again = getattr(request.node, 'execution_count', 1) > 1
        chromium, firefox = processes
        if kind == 'chromium':
            process = chromium(number) if options.get('flags', FLAGS) is FLAGS and not again else None
            browser = Chromium(
                playwright, folder, LOOKS[number], process=process, language=language, traced=again, **options)
        else:
            firefoxes = sum(person.browser.kind == 'firefox' for person, _ in made)
            process = None if again else firefox(firefoxes, language)
            browser = Firefox(folder, process=process, language=language, **options)
        person = Person(browser, NAMES[number], language)
        made.append((person, clean))
        return person

    yield make
    try:
        if not getattr(request.node, 'failed_call', True):
            for person, clean in made:
                if clean:
                    must_be_clean(person, server)
    except AssertionError:
        request.node.failed_call = True
        raise
    finally:
        for person, _ in made:
            if getattr(request.node, 'failed_call', True):
                kept = output / person.name
                kept.mkdir()
                person.browser.keep(kept)
            person.browser.close()


@pytest.fixture
def meeting(people, server):
    """A host and two guests who see each other; the first guest reads English."""
    links = server.create_links()
    anna, bram, chris = people().join(links['host']), people(language='en'), people()
    for guest in (bram, chris):
        guest.ask(links['guest'])
    anna.open_people()
    for guest in (bram, chris):
        anna.wait_for('people.admit', name=guest.name)
        anna.admit(guest)
        guest.wait_for('meet')
    for person in (anna, bram, chris):
        for other in (anna, bram, chris):
            if other is not person:
                person.wait_for('meet.tile', name=other.name)
    return anna, bram, chris


def must_be_clean(person, server):
    """What holds at the end of every test: nothing foreign asked for, nothing refused, nothing kept, no link in sight."""
    browser = person.browser
    foreign = [url for url in browser.requests if not re.match(rf'(https?|wss?)://(127\.0\.0\.1|localhost):{server.port}/', url)]
    # Firefox has the marks of lists and of what opens in a font of its own, which it names as an address: nothing is fetched.
    ours = 'about:', 'blob:', *(['data:font/woff2;base64,'] if browser.kind == 'firefox' else [])
    assert [url for url in foreign if not url.startswith(ours)] == [], 'requests to another host'
    assert browser.errors == [], 'errors in the console'
    assert browser.evaluate('() => probe.violations') == [], 'violations of the content security policy'
    assert browser.stored() == ([], []), 'cookies or storage'
    assert '#' not in browser.url() and '#' not in browser.title(), 'a fragment in the address or title'


if os.environ.get('CI') and not shutil.which('unshare'):
    raise RuntimeError('continuous integration needs unshare (util-linux) for the network namespace')
