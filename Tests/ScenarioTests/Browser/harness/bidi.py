"""WebDriver BiDi, as much as these tests need: commands, their answers, and events (W3C webdriver-bidi)."""

import json

import websocket

from .waiting import PATIENCE


class BiDi:
    """One connection. Firefox refuses a connection that names an Origin."""

    def __init__(self, address):
        self.socket = websocket.create_connection(address + '/session', suppress_origin=True, timeout=4 * PATIENCE)
        self.number = 0
        self.events = []

    def __call__(self, method, **parameters):
        """Sends a command and waits for its answer; events that come between are kept."""
        self.number += 1
        self.socket.send(json.dumps({'id': self.number, 'method': method, 'params': parameters}))
        while True:
            message = json.loads(self.socket.recv())
            if message.get('type') == 'event':
                self.events.append(message)
            elif message.get('id') == self.number:
                assert message['type'] == 'success', f'{method}: {message.get("error")}: {message.get("message")}'
                return message['result']

    def close(self):
        self.socket.close()
