"""A network of its own for one run.

Firefox never checks 127.0.0.1 as a media address and gathers nothing without a default route; so server and browsers
stand together in a network namespace with one address, 10.77.0.1, from which nothing can leave. Loopback stays for the
page and for driving the browsers. A cut is a rule of nftables in that namespace. A relay that loses packets stands at
10.77.0.2, on the media port's own number.

There is no IPv6 but on loopback: an address of it is ready a second or two after its interface, and Chromium breaks off
whatever it is loading then (ERR_NETWORK_CHANGED).

Nobody in it may raise a priority: Chromium would, run by root, and Firefox and the server would starve on few cores.
"""

import contextlib
import os
import subprocess
import sys

ADDRESS = '10.77.0.1'
RELAY = '10.77.0.2'
MARK = 'BERAAD_NAMESPACE'
SET_UP = f'''set -e
echo 1 >/proc/sys/net/ipv6/conf/default/disable_ipv6
ip link set lo up
ip addr add {RELAY}/32 dev lo
ip link add v0 type veth peer name v1
ip addr add {ADDRESS}/24 dev v0
ip link set v0 up
ip link set v1 up
ip route add default dev v0
exec setpriv --bounding-set -sys_nice -- "$@"'''


def inside():
    """Is this process in such a namespace?"""
    return os.environ.get(MARK) == 'yes'


def run_inside(arguments):
    """Runs this Python with `arguments` in a new namespace and answers its exit status; root, or a user namespace."""
    how = ['unshare', '--net'] if os.geteuid() == 0 else ['unshare', '--map-root-user', '--net']
    command = [*how, 'bash', '-c', SET_UP, '_', sys.executable, *arguments]
    return subprocess.run(command, env={**os.environ, MARK: 'yes'}, check=False).returncode


def nft(rules):
    subprocess.run(['nft', '-f', '-'], input=rules, text=True, check=True)


@contextlib.contextmanager
def cut(*, tcp=(), udp=()):
    """Drops everything from and to these ports while the block runs: the network is gone, the programs are not."""
    rules = [
        f'{protocol} {end} {port} drop'
        for protocol, ports in (('tcp', tcp), ('udp', udp))
        for port in ports
        for end in ('sport', 'dport')
    ]
    # Each brace and rule on a line of its own: nft takes a closing brace only where a statement could begin.
    nft('\n'.join(['table inet cut {', 'chain input {', 'type filter hook input priority 0;', *rules, '}', '}', '']))
    try:
        yield
    finally:
        nft('delete table inet cut')
