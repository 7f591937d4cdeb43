#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Nodes that are recorded and replayed: whatever they went through, and however they ended, the
same participant comes out of the record, without the node's keys, its network and its store.
"""
import json
import os
import re
import shutil
import unittest
from decimal import Decimal

from nodes import wait_until
from program import ENVIRONMENT, INPUT, bezant
from wallet_nodes import WalletNodesTest


# How the record of a node ends that was killed when little went on.
KILLED = ("after_event", "in_event")


class ReplayTest(WalletNodesTest):
    def start(self, name, *flags, record=True, **options):
        """A node with a wallet; its record is NAME.bzr, or the first of NAME.bzr.2, … that is free."""
        if record:
            flags = (*flags, "--record", self.folder / f"{name}.bzr")
        return super().start(name, *flags, **options)

    def state(self, node):
        return self.call(node, "getbestblockhash"), sorted(self.call(node, "getrawmempool"))

    def replay(self, record):
        """What `bezant replay --json` says of a record that comes out the same."""
        return json.loads(self.run_good("replay", record, "--json"))

    def assert_comes_out(self, record, state, *endings):
        report = self.replay(record)
        self.assertEqual((report["tip"], sorted(report["mempool"])), state)
        self.assertIn(report["ending"], endings)
        self.assertIsNone(report["parted_at"])
        self.assertEqual(self.replay(record), report, "a replay leaves the record as it was")
        return report

    def test_mining_paying_stopping_and_being_killed(self):
        alice = self.start("alice", "--mine", 1, "--hash-rate", 60)
        bob = self.start("bob", "--connect", alice.address)
        wait_until(lambda: self.call(alice, "getbalance") > 0, "a reward that can be spent")
        self.call(alice, "walletpassphrase", "correct horse", 600)
        first = self.call(alice, "sendtoaddress", self.call(bob, "getnewaddress"), "1.5")
        wait_until(lambda: self.call(bob, "getbalance") == Decimal("1.5"), "the payment is confirmed")
        self.call(alice, "setmining", 0)
        # Others read what the participant has: blocks, coins and payments that nobody hands in.
        for height in range(0, self.call(alice, "getblockcount"), 3):
            self.call(alice, "getblock", self.call(alice, "getblockhash", height), 0)
        self.call(alice, "gettxout", first, 0)
        second = self.call(alice, "sendtoaddress", self.call(bob, "getnewaddress"), "0.25")
        wait_until(lambda: self.call(bob, "getrawmempool") == [second], "the payment waits")
        wait_until(lambda: self.state(alice) == self.state(bob), "they agree")
        states = self.state(alice), self.state(bob)
        self.assertEqual(states[0][1], [second])

        bob.kill()
        self.assertEqual(alice.stop(), 0)
        shutil.rmtree(alice.folder / "data")
        report = self.assert_comes_out("alice.bzr", states[0], "clean")
        told = re.search(r"recorded (\d+) events in \S+, digest ([0-9a-f]{32})", alice.log())
        self.assertEqual((report["events"], report["digest"]), (int(told[1]), told[2]))
        self.assert_comes_out("bob.bzr", states[1], *KILLED)
        for name in ("alice", "bob"):
            self.assertEqual((self.folder / f"{name}.bzr").stat().st_mode & 0o777, 0o600)
            self.assertFalse((self.folder / f"{name}.bzr.store").exists())

        # A second life begins with what the first has stored, and has a record of its own.
        bob = self.start("bob", "--mine", 1, "--hash-rate", 60)
        height = bob.height()
        bob.wait_for_height(height + 3)
        self.call(bob, "setmining", 0)
        state = self.state(bob)
        bob.kill()
        shutil.rmtree(bob.folder / "data")
        report = self.assert_comes_out("bob.bzr.2", state, *KILLED)
        self.assert_comes_out("bob.bzr", states[1], *KILLED)
        self.assertIn("sound", self.run_good("verify", "bob.bzr.2.store"))

    def test_a_record_says_what_it_is(self):
        alice = self.start("alice", "--mine", 1, "--hash-rate", 200)
        alice.wait_for_height(3)
        self.assertEqual(alice.stop(), 0)
        text = self.run_good("replay", "alice.bzr")
        for line in ("network       local", "recorded      2", "waiting       0 payments",
                     "the node ended as it should", "the same, event by event, as was recorded"):
            self.assertIn(line, text)
        trace = self.run_good("replay", "alice.bzr", "--trace", "--until", 3)
        self.assertRegex(trace, r"(?m)^1 \d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{6} started$")
        self.assertIn("mining switched on", trace)
        self.assertIn("    mines job 1 on ", trace)
        self.assertRegex(trace, r"events +3 in")
        self.assertIn("not reached", trace)

    def test_no_secret_is_in_a_record(self):
        alice = self.start("alice", "--mine", 1, "--hash-rate", 200)
        alice.wait_for_height(2)
        alice.stop()
        alice = self.start("alice")
        alice.stop()
        records = [path for path in self.folder.glob("alice.bzr*") if path.is_file()]
        records += [path for path in self.folder.glob("alice.bzr*/**/*") if path.is_file()]
        self.assertGreater(len(records), 3)
        keys = [(alice.folder / "data" / name).read_bytes().strip() for name in ("miner.key", "identity.key")]
        for record in records:
            held = record.read_bytes()
            for key in keys:
                self.assertNotIn(key, held)
                self.assertNotIn(bytes.fromhex(key.decode()), held)

    def test_what_cannot_be_replayed_is_refused(self):
        alice = self.start("alice", "--mine", 1, "--hash-rate", 200)
        alice.wait_for_height(3)
        alice.stop()
        whole = (self.folder / "alice.bzr").read_bytes()
        (self.folder / "torn.bzr").write_bytes(whole[:-1])
        self.assertIn("its last bytes are not whole", self.run_good("replay", "torn.bzr"))
        damaged = bytearray(whole)
        damaged[len(whole) // 2] ^= 1
        (self.folder / "damaged.bzr").write_bytes(damaged)
        self.assert_refused(INPUT, "damaged at byte", "replay", "damaged.bzr")
        self.assert_refused(INPUT, "no record", "replay", "password")
        self.assert_refused(ENVIRONMENT, "cannot read nothing.bzr", "replay", "nothing.bzr")
        nowhere = bezant("replay", "alice.bzr", folder=self.folder, env={**os.environ, "TMPDIR": "/nowhere"})
        self.assertEqual(nowhere.returncode, ENVIRONMENT)
        self.assertIn("where temporary files go", nowhere.stderr)
        self.start("alice").stop()
        shutil.rmtree(self.folder / "alice.bzr.2.store")
        self.assert_refused(INPUT, "there is no store in", "replay", "alice.bzr.2")


if __name__ == "__main__":
    unittest.main()
