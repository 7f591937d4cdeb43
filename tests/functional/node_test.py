#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""`bezant node` from its command line: two nodes agree, end when they are told to, and come back."""
import os
import re
import signal
import socket
import subprocess
import unittest

from nodes import PATIENCE_SECONDS, Node, wait_until
from program import ENVIRONMENT, GOOD, INPUT, USAGE, ProgramTest, bezant


class NodeTest(ProgramTest):
    def start(self, name, *flags, **options):
        node = Node(self.folder / name, *flags, **options)
        self.addCleanup(node.stop, signal.SIGKILL)
        return node

    def test_two_nodes_agree_and_end_when_told(self):
        alice = self.start("alice", "--mine", 1, "--hash-rate", 50)
        bob = self.start("bob", "--connect", alice.address)
        bob.wait_for_height(10)
        # Whoever ends does not wait until others have its last block.
        self.run_good("rpc", "--data", alice.folder / "data", "--wait", 60, "setmining", 0)
        wait_until(lambda: bob.tips()[-1] == alice.tips()[-1], "the same tip")
        self.assertEqual(alice.stop(signal.SIGINT), GOOD)
        bob.wait_for("peer 1 is gone")
        self.assertEqual(bob.stop(signal.SIGTERM), GOOD)
        for name in ("alice", "bob"):
            self.assertIn("sound", self.run_good("verify", f"{name}/data"))

    def test_it_comes_back_where_it_was(self):
        alice = self.start("alice", "--mine", 1, "--hash-rate", 100)
        alice.wait_for_height(5)
        alice.stop()
        height = alice.height()
        again = self.start("alice")
        again.wait_for(rf"network local, {height} blocks")
        keys = [re.search(r"this node's key is (\w+)", node.log()).group(1) for node in (alice, again)]
        self.assertEqual(keys[0], keys[1])

    def test_it_takes_the_network_of_a_ledger(self):
        self.run_good("simulate", "--rounds", "1", "--out", "out")
        genesis = re.search(r"^ +0  ([0-9a-f]{16})  genesis", self.run_good("simulate", "--rounds", "1"), re.MULTILINE)
        node = self.start("alice", "--network", self.folder / "out" / "ledger.bzt")
        node.wait_for(r"network classroom, 0 blocks")
        block = self.run_good("rpc", "--data", node.folder / "data", "--wait", 60, "getblockhash", 0)
        self.assertTrue(block.startswith(genesis.group(1)))
        node.stop()
        altered = bytearray((self.folder / "out" / "ledger.bzt").read_bytes())
        altered[-1] ^= 1
        (self.folder / "altered.bzt").write_bytes(altered)
        for wrong, why in [("altered.bzt", "checksum"), ("gone.bzt", "there is no network or file gone.bzt"),
                           (".", "there is no network or file .")]:
            self.assert_refused(USAGE, why, "node", "--data", "other", "--network", wrong)

    def test_it_ends_with_its_input(self):
        with subprocess.Popen([os.environ["BEZANT"], "node", "--data", str(self.folder / "data"), "--no-rpc",
                               "--listen", "127.0.0.1:0", "--until-input-ends"],
                              stdin=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
            self.addCleanup(process.kill)
            said = ""
            while "listening at" not in said:
                said = process.stderr.readline()
            process.stdin.write("this is not read\n")
            process.stdin.close()
            self.assertEqual(process.wait(PATIENCE_SECONDS), GOOD)

    def test_a_lost_connection_is_made_again(self):
        alice = self.start("alice")
        bob = self.start("bob", "--connect", alice.address)
        bob.wait_for("peer 1 connected")
        alice.kill()
        bob.wait_for("peer 1 is gone")
        self.start("alice", listen=alice.address)
        bob.wait_for("peer 2 connected")

    def test_a_neighbour_can_be_called_once(self):
        alice = self.start("alice")
        bob = self.start("bob")
        self.run_good("rpc", "--data", bob.folder / "data", "--wait", 60, "addnode", alice.address, "onetry")
        bob.wait_for("peer 1 connected: to")

    def test_only_allowed_peers_get_in(self):
        alice = self.start("alice")
        key = re.search(r"this node's key is (\w+)", alice.log()).group(1)
        bob = self.start("bob", "--allow-peer", key)
        carol = self.start("carol", "--connect", bob.address, "--log", "debug")
        alice.stop()
        alice = self.start("alice", "--connect", bob.address)
        alice.wait_for("peer 1 connected")
        carol.wait_for("is gone|no connection with")
        bob.wait_for("connected: from")
        self.assertEqual(bob.log().count("connected: from"), 1)

    def test_a_configuration_file_has_the_flags(self):
        (self.folder / "node.toml").write_text('network = "classroom"\nlog = "debug"\nmine = 1\n')
        node = self.start("alice", "--config", self.folder / "node.toml")
        node.wait_for("on network classroom")
        node.wait_for("mined block")
        node.stop()
        given = self.start("bob", "--config", self.folder / "node.toml", "--network", "local")
        given.wait_for("on network local")

    def test_the_example_of_a_configuration_has_every_flag(self):
        flags = re.findall(r"^  --([a-z-]+)", self.run_good("node", "--help"), re.MULTILINE)
        example = self.run_good("config")
        self.assertEqual(re.findall(r"^# ([a-z-]+) = ", example, re.MULTILINE),
                         [flag for flag in flags if flag != "config"])
        # What stands if nothing is said may be said; what is a word for a value is in capital letters.
        said = re.sub(r"^# (?=[a-z-]+ = [^A-Z]+$)", "", example, flags=re.MULTILINE)
        self.assertIn("\noutbound = 8\n", said)
        (self.folder / "node.toml").write_text(said)
        self.start("alice", "--config", self.folder / "node.toml").wait_for("network local, 0 blocks")

    def test_a_wrong_configuration_file_is_refused_with_its_line(self):
        for text, message in (
                ('\nnetwork = \n', "line 2"),
                ('log = "info"\nnetwrok = "local"\n', "line 2: there is no flag --netwrok"),
                ('config = "other.toml"\n', "there is no flag --config"),
                ('network = "moon"\n', "line 1: --network"),
                ('mine = "many"\n', "line 1: "),
                ('[network]\nname = "local"\n', "line 1: network is a table")):
            (self.folder / "bad.toml").write_text(text)
            self.assert_refused(INPUT, message, "node", "--data", self.folder / "x", "--config", "bad.toml")
        self.assert_refused(INPUT, "missing.toml", "node", "--config", "missing.toml")
        self.assertFalse((self.folder / "x").exists())

    def test_hangup_opens_the_log_anew(self):
        log, moved = self.folder / "node.log", self.folder / "node.log.1"
        log.touch()
        node = self.start("alice", "--log-file", log, log=log)
        log.rename(moved)
        node.process.send_signal(signal.SIGHUP)
        wait_until(log.exists, "a new log")
        node.stop()
        self.assertIn("stopped", log.read_text())
        self.assertNotIn("stopped", moved.read_text())

    def test_a_service_manager_hears_when_it_is_ready(self):
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as manager:
            manager.settimeout(PATIENCE_SECONDS)
            manager.bind(str(self.folder / "notify"))
            node = self.start("alice", env={**os.environ, "NOTIFY_SOCKET": str(self.folder / "notify")})
            self.assertEqual(manager.recv(100), b"READY=1")
            self.assertTrue((node.folder / "data/rpc.address").exists(), "it answers when it says so")
        for nowhere in ("/nowhere", "x" * 200):
            self.start(nowhere[1:4], env={**os.environ, "NOTIFY_SOCKET": nowhere}).wait_for("listening")

    def test_its_folder_may_be_named_by_the_environment(self):
        named = {**os.environ, "BEZANT_DATA": str(self.folder / "alice/data")}
        self.start("alice")
        self.assertEqual(self.run_good("rpc", "--wait", 60, "getblockcount", env=named), "0\n")
        self.assert_refused(ENVIRONMENT, "elsewhere/.cookie", "rpc", "--data", "elsewhere", "uptime")
        result = bezant("node", "--no-listen", "--no-rpc", env=named)
        self.assertEqual(result.returncode, ENVIRONMENT)
        self.assertIn("in use by another process", result.stderr)

    def test_wrong_flags_are_refused(self):
        for flags, message in (
                (("--connect", "nonsense"), "nonsense is not an address"),
                (("--allow-peer", "abc"), "abc is not the key of a node"),
                (("--network", "moon"), "--network"),
                (("--hash-rate", "0"), "--hash-rate"),
                (("--listen", "127.0.0.1:99999"), "127.0.0.1:99999"),
                (("--rpc-listen", "nonsense"), "nonsense is not an address"),
                (("--payout", "tbzt1nonsense"), "--payout: "),
                (("--log", "loud"), "--log")):
            self.assert_refused(USAGE, message, "node", "--data", self.folder / "x", *flags)
        self.assertFalse((self.folder / "x").exists())

    def test_a_name_that_is_not_found_may_be_found_another_time(self):
        for flag in ("--connect", "--listen", "--rpc-listen", "--stratum-listen"):
            self.assert_refused(ENVIRONMENT, "cannot find the address of nowhere.invalid:1", "node", "--data",
                                self.folder / "x", flag, "nowhere.invalid:1")

    def test_what_cannot_be_had_is_said(self):
        alice = self.start("alice")
        self.assert_refused(ENVIRONMENT, "in use by another process", "node", "--data",
                            alice.folder / "data", "--no-listen", "--no-rpc")
        self.assert_refused(ENVIRONMENT, "cannot listen at", "node", "--data", self.folder / "bob",
                            "--listen", alice.address, "--no-rpc")
        self.assert_refused(ENVIRONMENT, "other network", "node", "--data", self.other_network(),
                            "--no-listen")
        self.assert_refused(ENVIRONMENT, "/dev/null", "node", "--data", "/dev/null/x", "--no-listen")

    def other_network(self):
        self.start("other", "--network", "classroom").stop()
        return self.folder / "other" / "data"


if __name__ == "__main__":
    unittest.main()
