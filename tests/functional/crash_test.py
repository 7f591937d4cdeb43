#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Nodes killed at random instants while blocks and payments arrive: every restart is consistent, and nothing
that a node told of is lost.

Alice mines and pays, Bob follows and is paid; again and again one of them is killed, its store is checked from
first to last, it is started anew, and asked for all that it has ever answered. In one test the kill is all that
happens; in the other the power fails, and of what was not synced any part may be gone (power_cut.py).

Environment: BEZANT_SEEDS, how many of 100 as many kills as there usually are; BEZANT_KILLS, how many; SEED, to
repeat a run; BEZANT_POWER_CUT, the library by which a disk can lose power.
"""
import http.client
import os
import random
import re
import signal
import threading
import time
import unittest
from contextlib import closing
from decimal import Decimal

from miners import RpcMiner
from nodes import Node, wait_until
from power_cut import Disk
from program import GOOD, bezant
from wallet_nodes import WalletNodesTest

KILLS = int(os.environ.get("BEZANT_KILLS", max(2, 10 * int(os.environ.get("BEZANT_SEEDS", 100)) // 100)))
SEED = int(os.environ.get("SEED", time.time_ns() % 2**32))
LONGEST_SECONDS = 0.4
# Of all kills, those that come while a node starts, and within which time.
EARLY_CHANCE = 0.25
EARLY_SECONDS = 0.15
LONGEST_PAUSE_SECONDS = 0.02  # between two calls
# That one call lists.
LISTED_MAX = 10_000


def setUpModule():
    print(f"SEED={SEED}", flush=True)


def all_transactions(node):
    listed = []
    while len(listed) % LISTED_MAX == 0:
        more = node.call("listtransactions", LISTED_MAX, len(listed))
        if not more:
            break
        listed += more
    return listed


class Person:
    """Somebody's node in all its lives, and what it has answered. With `loses_power`, its disk keeps nothing but
    what was synced for certain."""

    def __init__(self, folder, loses_power):
        self.folder = folder
        folder.mkdir()
        self.logs = folder.with_name(folder.name + ".logs")
        self.logs.mkdir()
        self.loses_power, self.disk = loses_power, None
        self.listen = "127.0.0.1:0"
        self.keys = set()
        self.height = 0
        self.addresses, self.bans, self.payments = [], set(), []

    def start(self, *flags, **options):
        (self.folder / "data" / "rpc.address").unlink(missing_ok=True)  # of the life before
        if self.loses_power:
            self.disk = Disk(self.folder)
            options["env"] = {**os.environ, **self.disk.environment}
        self.node = Node(self.folder, "--wallet", self.folder / "wallet.bzw", *flags, listen=self.listen,
                         logs=self.logs, **options)

    def kill(self, random):
        """How many changes had not been synced."""
        self.node.kill()
        self.height = max(self.height, self.node.height())
        self.keys.update(re.findall(r"this node's key is (\w+)", self.node.log()))
        return self.disk.cut_power(random) if self.disk else 0

    def caller(self):
        address = self.folder / "data" / "rpc.address"
        wait_until(lambda: address.exists() or self.node.process.poll() is not None, "calls are taken")
        return closing(RpcMiner(address.read_text().strip(), (address.parent / ".cookie").read_text()))


class Calls(threading.Thread):
    """Calls a node until it is gone or that is to end, and pays the payee, if there is one."""

    def __init__(self, person, payee, seed):
        super().__init__(daemon=True)
        self.person, self.payee = person, payee
        self.random = random.Random(seed)
        self.is_over = threading.Event()
        self.start()

    def run(self):
        try:
            with self.person.caller() as self.node:
                if self.payee:
                    self.node.call("walletpassphrase", "correct horse", 3600)
                while not self.is_over.is_set():
                    self.random.choices((self.pay, self.take_address, self.ban, self.look), (4, 2, 1, 1))[0]()
                    time.sleep(self.random.uniform(0, LONGEST_PAUSE_SECONDS))
        except (OSError, http.client.HTTPException, ValueError):
            pass  # it was killed

    def end(self):
        self.is_over.set()
        self.join()

    def answer(self, method, *params):
        """What a call is answered with; None if it is refused."""
        try:
            return self.node.call(method, *params)
        except AssertionError:
            return None

    def pay(self):
        if self.payee and self.payee.addresses:
            amount = Decimal(self.random.randint(1, 10**6)).scaleb(-8)
            payment = self.answer("sendtoaddress", self.payee.addresses[-1], f"{amount:.8f}")
            self.person.payments += [payment] if payment else []

    def take_address(self):
        address = self.answer("getnewaddress")
        self.person.addresses += [address] if address else []

    def ban(self):
        host = f"198.18.{self.random.randrange(256)}.{self.random.randrange(256)}/32"
        self.answer("setban", host, "add", 86_400)
        self.person.bans.add(host)

    def look(self):
        self.person.height = max(self.person.height, self.node.call("getblockcount"))


class CrashTest(WalletNodesTest):
    def begin(self, loses_power):
        self.random = random.Random(SEED)
        self.alice = Person(self.folder / "alice", loses_power)
        self.bob = Person(self.folder / "bob", loses_power)
        self.calls = {}
        for person in (self.alice, self.bob):
            self.run_good("wallet", "create", person.folder / "wallet.bzw", "--network", "local",
                          "--password-file", "password")
            self.start(person)
            self.live(person)

    def start(self, person, **options):
        if person is self.alice:
            person.start("--mine", 1, "--hash-rate", 100, **options)
            person.listen = person.node.address or person.listen
        else:
            person.start("--connect", self.alice.listen, **options)
        self.addCleanup(person.node.stop, signal.SIGKILL)

    def live(self, person):
        payee = self.bob if person is self.alice else None
        self.calls[person] = Calls(person, payee, self.random.random())

    def die(self, person, longest_seconds):
        time.sleep(self.random.uniform(0, longest_seconds))
        unsynced = person.kill(self.random)
        self.calls[person].join()
        self.check_store(person)
        return unsynced

    def check_store(self, person):
        """The ledger is sound, and all blocks that were told of are in it."""
        if not (person.folder / "data" / "store" / "CURRENT").exists():
            return self.assertEqual(person.height, 0)
        account = self.run_good("verify", person.folder / "data")
        self.assertIn("sound", account)
        lines = [line.split() for line in account.splitlines()]
        height = next(int(line[1].replace(",", "")) for line in lines if line[:1] == ["height"])
        return self.assertGreaterEqual(height, person.height)

    def check_answers(self, person):
        """All that it has answered in former lives is so in this."""
        person.keys.update(re.findall(r"this node's key is (\w+)", person.node.log()))
        self.assertEqual(len(person.keys), 1, "it is who it was")
        with person.caller() as node:
            listed = {each["txid"]: each["status"] for each in all_transactions(node)}
            for payment in person.payments:
                self.assertIn(listed[payment], ("waiting", "confirmed"))
            self.assertEqual(person.bans - {each["address"] for each in node.call("listbanned")}, set())
            try:
                self.assertNotIn(node.call("getnewaddress"), person.addresses)
            except AssertionError as refused:
                self.assertIn("-12", str(refused), "too many are not used yet")

    def crash(self, loses_power):
        """How many changes had not been synced when a node died, in all."""
        self.begin(loses_power)
        unsynced = kills = 0
        while kills < KILLS:
            person = self.random.choice((self.alice, self.bob))
            unsynced += self.die(person, LONGEST_SECONDS)
            kills += 1
            while kills < KILLS and self.random.random() < EARLY_CHANCE:
                self.start(person, waits=False)
                unsynced += self.die(person, EARLY_SECONDS)
                kills += 1
            self.start(person)
            self.check_answers(person)
            self.live(person)
        self.check_money()
        return unsynced

    def check_money(self):
        """What Alice paid has come to Bob, to the last unit."""
        for calls in self.calls.values():
            calls.end()
        with self.alice.caller() as alice, self.bob.caller() as bob:
            wait_until(lambda: all(each["status"] == "confirmed" for each in all_transactions(alice)),
                       "all is confirmed", poll=0.2)
            alice.call("setmining", 0)
            wait_until(lambda: alice.call("getbestblockhash") == bob.call("getbestblockhash"), "they agree")
            paid = sum(Decimal(str(to["amount"])) for each in all_transactions(alice)
                       if each["category"] == "send" for to in each["counterparts"])
            self.assertEqual(Decimal(str(bob.call("getbalance"))), paid)

    def test_nothing_told_of_is_lost_by_a_kill(self):
        self.crash(loses_power=False)

    def test_nothing_told_of_is_lost_by_a_power_cut(self):
        self.assertGreater(self.crash(loses_power=True), 0, "there was something to lose")


class KeyTest(WalletNodesTest):
    """What `bezant wallet` has printed stays so, without any node."""

    def on_disk(self, *words):
        """What a command prints; then the power fails."""
        disk = Disk(self.disk)
        result = bezant("wallet", *words, folder=self.folder, env={**os.environ, **disk.environment})
        self.assertEqual(result.returncode, GOOD, result.stderr)
        disk.cut_power(self.random)
        return result.stdout

    def test_no_key_is_lost_by_a_power_cut(self):
        self.random = random.Random(SEED)
        self.disk = self.folder / "disk"
        self.disk.mkdir()
        self.on_disk("create", "disk/my.bzw", "--network", "local", "--password-file", "password")
        self.on_disk("export", "disk/my.bzw", "disk/watching.bzw")
        addresses = [self.on_disk("address", "disk/my.bzw") for _ in range(10)]
        self.assertEqual(len(set(addresses)), 10, "an address is given away once")
        self.assertIn("local", self.run_good("wallet", "show", "disk/watching.bzw"))


if __name__ == "__main__":
    unittest.main()
