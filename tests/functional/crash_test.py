#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Nodes killed at random instants while blocks arrive: every restart is consistent, and no block that
a node told of is lost.

Alice mines, Bob follows; again and again one of them is killed, its store is checked from first to
last, and it is started anew. Environment: BEZANT_SEEDS, how many of 100 as many kills as there
usually are; SEED, to repeat a run.
"""
import os
import random
import signal
import time
import unittest

from nodes import Node
from program import ProgramTest

KILLS = max(2, 16 * int(os.environ.get("BEZANT_SEEDS", 100)) // 100)
SEED = int(os.environ.get("SEED", time.time_ns() % 2**32))
LONGEST_SECONDS = 0.4


class CrashTest(ProgramTest):
    def setUp(self):
        super().setUp()
        self.random = random.Random(SEED)
        self.nodes = {}

    def start(self, name, *flags, **options):
        self.nodes[name] = Node(self.folder / name, *flags, **options)
        self.addCleanup(self.nodes[name].stop, signal.SIGKILL)
        return self.nodes[name]

    def stored_height(self, name):
        """That of the store, which is found sound."""
        account = self.run_good("verify", f"{name}/data")
        self.assertIn("sound", account)
        lines = [line.split() for line in account.splitlines()]
        return next(int(line[1].replace(",", "")) for line in lines if line[:1] == ["height"])

    def test_no_block_told_of_is_lost(self):
        alice = self.start("alice", "--mine", 1, "--hash-rate", 200)
        alice_at = alice.address
        self.start("bob", "--connect", alice_at)
        told = {"alice": 0, "bob": 0}
        for kill in range(KILLS):
            name = self.random.choice(("alice", "bob"))
            self.nodes[name].wait_for_height(told[name] + 1)
            time.sleep(self.random.uniform(0, LONGEST_SECONDS))
            self.nodes[name].kill()
            told[name] = self.nodes[name].height()
            with self.subTest(seed=SEED, kill=kill, node=name):
                self.assertGreaterEqual(self.stored_height(name), told[name])
            flags = ("--mine", 1, "--hash-rate", 200) if name == "alice" else ("--connect", alice_at)
            listen = alice_at if name == "alice" else "127.0.0.1:0"
            self.start(name, *flags, listen=listen)


if __name__ == "__main__":
    unittest.main()
