"""A server that is killed while people write to it, over and over, at moments drawn by lot: what it had confirmed is there again
after each start, and nothing else. Prints each round, and ends with a verdict and with 1 if anything was lost.

    .venv/bin/python Tests/ScenarioTests/Browser/kill.py [KILLS] [SEED]
"""

import random
import sys
import tempfile
import time
from pathlib import Path

from harness import namespace
from harness.accounts import Desk, set_up_token
from harness.ledger import Ledger, write_until_killed
from harness.server import Server

LONGEST = 3  # seconds of writing before it is killed


def main(kills=50, seed=1):
    if not namespace.inside():
        sys.exit(namespace.run_inside([__file__, *sys.argv[1:]]))
    draw, ledger, faults = random.Random(int(seed)), Ledger(int(seed)), []
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / 'data'
        server = Server(data)
        try:
            desk = Desk(server.port)
            status, answer = desk.set_up(set_up_token(server))
            assert status == 201, answer
            for number in range(int(kills)):
                known = len(ledger.accounts)
                after = draw.uniform(0.02, LONGEST)
                written = write_until_killed(server, ledger, desk.cookie, after)
                began = time.monotonic()
                server = Server(data, '--port', str(server.port))
                back = time.monotonic() - began
                # Hashing a password is slow on purpose: those of this round, and in the end all.
                last = number == int(kills) - 1
                found = ledger.check(desk, ledger.accounts if last else ledger.accounts[known:])
                print(f'kill {number + 1} after {after:.2f} s: {written} confirmed, back in {back:.2f} s, {len(ledger.plans)} '
                      f'plans, {len(ledger.accounts)} accounts: {"; ".join(found) or "all there"}', flush=True)
                faults += found
        finally:
            server.stop()
    print('VERDICT: ' + (f'{len(faults)} things were lost or came from nowhere' if faults else
                         f'{ledger.answered} things were confirmed, and after each kill all of them were there'))
    sys.exit(1 if faults else 0)


if __name__ == '__main__':
    main(*sys.argv[1:])
