"""Another network to come from: a proxy on this machine that says for whom it speaks.

To a browser its port is as good as the server's own, and 127.0.0.1 a secure place; to a server that trusts proxies here
whoever comes through it comes from an address of its own, as people behind one router do."""

import socket
import threading


class Doorway:
    """`link` of a server that was started with `--trusted-proxy 127.0.0.1`, through another address (RFC 5737)."""

    def __init__(self, server, number):
        self.header = f'X-Forwarded-For: 203.0.113.{number}\r\n'.encode()
        self.target = ('127.0.0.1', server.port)
        self.listener = socket.create_server(('127.0.0.1', 0))
        self.port = self.listener.getsockname()[1]
        self.old = f':{server.port}/'
        threading.Thread(target=self._accept, daemon=True).start()

    def link(self, link):
        """The same link, through this doorway."""
        return link.replace(self.old, f':{self.port}/', 1)

    def _accept(self):
        while True:
            try:
                client, _ = self.listener.accept()
            except OSError:
                return
            try:
                server = socket.create_connection(self.target)
            except OSError:
                client.close()
                continue
            threading.Thread(target=_pass, args=(client, server, self.header), daemon=True).start()
            threading.Thread(target=_pass, args=(server, client, b''), daemon=True).start()

    def close(self):
        self.listener.close()


def _pass(one, other, header):
    """Everything that comes in at one end, out at the other, until either closes; behind the first line stands `header`."""
    try:
        while data := one.recv(65536):
            if header:
                line, rest = data.split(b'\r\n', 1)
                data, header = line + b'\r\n' + header + rest, b''
            other.sendall(data)
    except (OSError, ValueError):
        pass
    for end in (one, other):
        try:
            end.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass
