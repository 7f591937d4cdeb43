# SPDX-License-Identifier: Apache-2.0
"""Nodes as processes, for tests that start them, watch their logs and end them."""
import os
import re
import signal
import subprocess
import time

# How long a test waits for what must come, however busy the machine is.
PATIENCE_SECONDS = 60
POLL_SECONDS = 0.005


def wait_until(is_so, what, patience=PATIENCE_SECONDS, poll=POLL_SECONDS):
    """Waits for what a process does; no outcome depends on the time but that of a test that fails."""
    end = time.monotonic() + patience
    while not is_so():
        if time.monotonic() > end:
            raise AssertionError(f"did not come about: {what}")
        time.sleep(poll)


class Node:
    """A running `bezant node`. Its data outlive it in `folder`, its log in `logs`."""

    TIP = re.compile(r" chain   tip ([0-9a-f]{64}) at height (\d+)")

    def __init__(self, folder, *flags, listen="127.0.0.1:0", log=None, logs=None, waits=True,
                 **options):
        """Returns when it listens, or, unless it `waits`, at once. Options are those of a process."""
        self.folder = folder
        folder.mkdir(exist_ok=True)
        said = (logs or folder) / f"{time.monotonic_ns()}.log"
        self.log_path = log or said
        with said.open("wb") as output:
            self.process = subprocess.Popen(
                [os.environ["BEZANT"], "node", "--data", str(folder / "data"), "--listen", listen,
                 "--rpc-listen", "127.0.0.1:0", *map(str, flags)],
                stdin=subprocess.DEVNULL, stdout=output, stderr=output, **options)
        self.address = self.wait_for(r"listening at (\S+)").group(1) if waits else None

    def log(self):
        return self.log_path.read_text()

    def wait_for(self, pattern, patience=PATIENCE_SECONDS):
        """The first match of the pattern in its log."""
        found = []

        def is_there():
            match = re.search(pattern, self.log())
            if match:
                found.append(match)
            elif self.process.poll() is not None:
                raise AssertionError(f"the node ended: {self.log()}")
            return bool(match)

        wait_until(is_there, pattern, patience)
        return found[0]

    def tips(self):
        """(hash, height) of every tip that it has told of, in order."""
        return [(match[0], int(match[1])) for match in self.TIP.findall(self.log())]

    def height(self):
        tips = self.tips()
        return tips[-1][1] if tips else 0

    def wait_for_height(self, height):
        wait_until(lambda: self.height() >= height, f"height {height}")

    def kill(self):
        """Nothing is left to the process: no handler, no destructor, no buffer."""
        self.process.kill()
        self.process.wait(PATIENCE_SECONDS)

    def stop(self, how=signal.SIGTERM):
        """Its exit code after being asked to end."""
        if self.process.poll() is None:
            self.process.send_signal(how)
        return self.process.wait(PATIENCE_SECONDS)
