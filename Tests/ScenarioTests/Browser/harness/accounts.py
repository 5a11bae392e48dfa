"""Accounts: made and signed in through the pages, or over HTTP as the page does it."""

import http.client
import json
import re

from .waiting import until

PASSWORD = 'juiste paarden batterij nietje'
EMAIL = 'anna@example.org'


def site(server):
    """The name by which a browser keeps the cookie of whoever is signed in, and passkeys."""
    return f'http://localhost:{server.port}'


def set_up_token(server):
    """Of the link for the first account, which the server prints."""
    found = until(lambda: re.search(r'/setup#([\w-]{43})\b', ''.join(server.log)), 'the server prints a set-up link')
    return found[1]


def set_up(person, server, name='Anna'):
    """The first account, through the page, which is signed in then and at home."""
    person.browser.open(f'{site(server)}/setup#{set_up_token(server)}')
    fill(person, {'account.email': EMAIL, 'account.name': name, 'account.password': PASSWORD}, 'account.setUp')
    person.wait_for('home.start')


def sign_in(person, server):
    person.browser.open(f'{site(server)}/sign-in')
    fill(person, {'account.email': EMAIL, 'account.password': PASSWORD}, 'account.signIn')
    person.wait_for('home.start')


def fill(person, fields, go):
    person.wait_for(go)
    for identifier, text in fields.items():
        person.browser.fill('textbox', person.names(identifier), text)
    person.click(go)


class Desk:
    """Somebody with an account, over HTTP. A server that is not there is a `ConnectionError`, or an answer that broke off."""

    def __init__(self, port):
        self.port, self.cookie = port, None

    def __call__(self, method, path, body=None):
        """Status and answer of one request."""
        connection = http.client.HTTPConnection('127.0.0.1', self.port, timeout=10)
        try:
            headers = {'Cookie': self.cookie} if self.cookie else {}
            if body is not None:
                headers['Content-Type'] = 'application/json'
            connection.request(method, path, None if body is None else json.dumps(body), headers)
            answer = connection.getresponse()
            content = answer.read()
            cookie = answer.getheader('Set-Cookie')
            if cookie:
                self.cookie = cookie.split(';')[0]
            return answer.status, json.loads(content) if content else None
        finally:
            connection.close()

    def set_up(self, token, email=EMAIL, name='Anna'):
        return self('POST', '/api/v1/account', {'token': token, 'email': email, 'name': name, 'password': PASSWORD})

    def sign_in(self, email=EMAIL):
        return self('POST', '/api/v1/account/session', {'email': email, 'password': PASSWORD})
