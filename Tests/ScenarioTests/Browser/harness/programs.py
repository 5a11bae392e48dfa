"""Programs that tests start."""

import subprocess


def stop(process, seconds=10):
    """Asks a program to end and waits until it has; false when it had to be killed."""
    process.terminate()
    try:
        process.wait(seconds)
        return True
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
        return False
