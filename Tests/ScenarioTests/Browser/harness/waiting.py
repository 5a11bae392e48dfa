"""Tests wait for something to be true; none of them sleeps for a time it guessed."""

import os
import time

# Seconds. A machine that compiles something else meanwhile may need more.
PATIENCE = float(os.environ.get('BERAAD_PATIENCE', 15))


def until(condition, what, seconds=15):
    """The first truthy answer of `condition`; after `seconds` the test fails and says what it waited for."""
    seconds *= PATIENCE / 15
    deadline = time.monotonic() + seconds
    while True:
        answer = condition()
        if answer:
            return answer
        if time.monotonic() > deadline:
            raise AssertionError(f'{what}: not within {seconds} s; last seen: {answer!r}')
        time.sleep(0.05)


def grows(measure, what, by=1, seconds=15):
    """Waits until a count has grown by at least `by` since now, and answers the new count."""
    start = measure() or 0
    return until(lambda: (now := measure() or 0) >= start + by and now, f'{what} grows by {by} from {start}', seconds)
