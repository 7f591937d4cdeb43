#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""`bezant up`: a scenario's participants as real nodes agree in every round, and leave nothing behind."""
import json
import os
import re
import signal
import subprocess
import unittest
from pathlib import Path

from nodes import PATIENCE_SECONDS, wait_until
from program import ENVIRONMENT, GOOD, INPUT, USAGE, ProgramTest

# A block about every second.
QUICK = ["--set", "mining.hash_rate=10000"]


def nodes_of(folder):
    """Processes of nodes whose data lie there, by the name of their folder."""
    found = {}
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        try:
            words = (entry / "cmdline").read_bytes().split(b"\0")
            state = (entry / "stat").read_text().rpartition(")")[2].split()[0]
        except OSError:  # it has ended meanwhile
            continue
        if state == "Z" or b"node" not in words[1:2] or b"--data" not in words:
            continue
        data = Path(os.fsdecode(words[words.index(b"--data") + 1]))
        if data.parent == folder:
            found[data.name] = int(entry.name)
    return found


class UpTest(ProgramTest):
    def start(self, *words):
        """A running `bezant up` whose nodes' data lie in `nodes`."""
        self.data = self.folder / "nodes"
        self.said = self.folder / "said"
        with self.said.open("wb") as output:
            process = subprocess.Popen([os.environ["BEZANT"], "up", "--data", str(self.data), *words],
                                       stdin=subprocess.DEVNULL, stdout=output, stderr=output)
        self.addCleanup(process.wait)
        self.addCleanup(process.kill)
        return process

    def wait_to_hear(self, process, text):
        def is_said():
            if process.poll() is not None and text not in self.said.read_text():
                raise AssertionError(f"it has ended: {self.said.read_text()}")
            return text in self.said.read_text()
        wait_until(is_said, text)

    def test_ten_nodes_agree_in_every_round(self):
        said = self.run_good("up", "--rounds", "2", *QUICK)
        self.assertIn("(0 Alice)", said)
        rounds = re.findall(r"^  (\d+) of 10 agree on block (\d+)$", said, re.MULTILINE)
        self.assertEqual([count for count, _ in rounds], ["10", "10"])
        self.assertIn("8 payments: 8 confirmed, 0 pending, 0 rejected", said)
        self.assertIn("balanced, to the last unit", said)
        # The scenario's seed plans the payments: as simulated.
        simulated = self.run_good("simulate", "--rounds", "1")
        story = re.compile(r"(\w+) +→ (\w+) +(\d+\.\d+) BZT   fee")
        self.assertEqual(story.findall(said)[:4], story.findall(simulated))

    def test_nothing_is_left_behind(self):
        temporary = self.folder / "temporary"
        temporary.mkdir()
        os.environ["TMPDIR"] = str(temporary)
        self.addCleanup(os.environ.pop, "TMPDIR")
        self.run_good("up", "--rounds", "1", "--participants", "3", *QUICK)
        self.assertEqual(list(temporary.iterdir()), [])

    def test_nodes_that_are_kept_can_be_asked_and_end_together(self):
        process = self.start("--rounds", "1", "--keep", *QUICK)
        self.wait_to_hear(process, "Ctrl-C ends all")
        self.assertEqual(len(nodes_of(self.data)), 10)
        for name in ("0-alice", "9-judy"):
            folder = self.data / name
            self.assertEqual(self.run_good("rpc", "--data", folder, "getconnectioncount"),
                             {"0-alice": "3\n", "9-judy": "1\n"}[name])
        process.send_signal(signal.SIGINT)
        self.assertEqual(process.wait(PATIENCE_SECONDS), GOOD)
        self.assertEqual(nodes_of(self.data), {})
        for name in ("0-alice", "9-judy"):
            self.assertIn("sound", self.run_good("verify", self.data / name))

    def test_the_summary_is_the_one_of_a_simulation(self):
        real = json.loads(self.run_good("up", "--rounds", 1, "--json"))
        simulated = json.loads(self.run_good("simulate", "--rounds", 1, "--json"))
        self.assertEqual(list(real), list(simulated))
        self.assertEqual((real["agreement"]["tips"], real["ledger"]["balanced"], real["digest"]), (1, True, ""))
        for counted in ("participants", "seed"):
            self.assertEqual(real[counted], simulated[counted])
        self.assertEqual(real["transactions"]["created"], simulated["transactions"]["created"])
        self.assertEqual(real["transactions"]["confirmed"], real["transactions"]["created"])
        self.assert_refused(USAGE, "--keep excludes --json", "up", "--json", "--keep")

    def test_an_interrupt_ends_all(self):
        process = self.start("--set", "mining.hash_rate=1")  # a round would take hours
        wait_until(lambda: len(nodes_of(self.data)) == 10, "ten nodes")
        self.wait_to_hear(process, "Round 1")
        process.send_signal(signal.SIGTERM)
        self.assertEqual(process.wait(PATIENCE_SECONDS), ENVIRONMENT)
        self.assertIn("interrupted: all nodes have been ended", self.said.read_text())
        self.assertEqual(nodes_of(self.data), {})

    def test_nodes_never_outlive_it(self):
        process = self.start("--set", "mining.hash_rate=1")
        self.wait_to_hear(process, "Round 1")
        process.kill()
        process.wait()
        wait_until(lambda: nodes_of(self.data) == {}, "the end of all nodes")

    def test_a_node_that_ends_is_named(self):
        process = self.start("--set", "mining.hash_rate=1")
        self.wait_to_hear(process, "Round 1")
        os.kill(nodes_of(self.data)["4-erin"], signal.SIGKILL)
        self.assertEqual(process.wait(PATIENCE_SECONDS), ENVIRONMENT)
        self.assertRegex(self.said.read_text(), r"4-erin|node at 127\.0\.0\.1")
        self.assertEqual(nodes_of(self.data), {})

    def test_what_real_nodes_cannot_do_is_refused(self):
        for words, why in [(["stormy"], "workload is a stream"),
                           (["--set", "network.proof_of_work=sampled"], "proof of work is sampled"),
                           (["--set", "attack.kind=forge"], "has an attack"),
                           (["--set", "chaos.until=5s"], "has faults"),
                           (["--set", "churn.until=5s"], "has faults"),
                           (["--participants", "500"], "each is a process"),
                           (["--set", "nonsense=3"], "unknown key")]:
            self.assert_refused(INPUT, why, "up", *words)

    def test_a_folder_in_use_is_left_alone(self):
        (self.folder / "mine").mkdir()
        (self.folder / "mine" / "thesis").write_text("x")
        self.assert_refused(INPUT, "mine is no empty folder", "up", "--data", "mine")
        self.assertEqual([entry.name for entry in (self.folder / "mine").iterdir()], ["thesis"])


if __name__ == "__main__":
    unittest.main()
