#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Ten participants on ten hosts, over links that delay, stall and break, and through a partition: they agree."""
import json
import os
import random
import subprocess
import sys
import time
import unittest
from decimal import Decimal
from pathlib import Path

import hosts
from nodes import Node, wait_until
from program import SOURCE, ProgramTest

PORT = 7000
PARTITION_SECONDS = 60
LINK_PATIENCE_SECONDS = 240
SIDES = ({0, 1, 2, 6, 7}, {3, 4, 5, 8, 9})
# Of each; a block of all ten about every four seconds; it takes half a second to reach all.
HASH_RATE = 250


def edges():
    text = (SOURCE / "data" / "ten_participants.edges").read_text()
    return [tuple(map(int, line.split())) for line in text.splitlines() if line and not line.startswith("#")]


@unittest.skipUnless(hosts.can_be_made(), "this machine lets us make no network namespaces")
class HostsTest(ProgramTest):
    def setUp(self):
        super().setUp()
        self.data = self.folder / "nodes"
        # A network with money, and wallets that have it.
        self.run_good("up", "--rounds", "1", "--data", self.data, "--set", "mining.hash_rate=20000")
        self.hosts = hosts.Hosts(10)
        self.addCleanup(self.hosts.remove)
        self.folders = sorted(path for path in self.data.iterdir() if path.is_dir())
        self.links = self.start_links()
        self.nodes = [self.start_node(number) for number in range(10)]
        self.owner = [self.call(number, "getnewaddress") for number in range(10)]
        for number in range(10):
            self.call(number, "walletpassphrase", "classroom", 100_000)

    def start_links(self):
        words = [f"{low}:{high}:{self.hosts.gate(low)}:{self.port(low, high)}:{self.hosts.address(high)}:{PORT}"
                 for low, high in edges()]
        process = subprocess.Popen([*self.hosts.inside(self.hosts.switch), sys.executable,
                                    str(Path(__file__).with_name("bad_links.py")), *words],
                                   stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.addCleanup(process.communicate)
        self.assertEqual(process.stdout.readline(), "ready\n")
        return process

    @staticmethod
    def port(low, high):
        return 8000 + 10 * low + high

    def tell_links(self, *words):
        self.links.stdin.write(" ".join(map(str, words)) + "\n")
        self.links.stdin.flush()
        self.assertEqual(self.links.stdout.readline(), "done\n")

    def start_node(self, number):
        folder = self.folders[number]
        calls = [word for low, high in edges() if low == number
                 for word in ("--connect", f"{self.hosts.gate(low)}:{self.port(low, high)}")]
        with (folder / "node.output").open("ab") as output:
            process = subprocess.Popen(
                [*self.hosts.inside(self.hosts.name(number)), os.environ["BEZANT"], "node",
                 "--network", str(self.data / "network.bzt"), "--data", str(folder),
                 "--wallet", str(folder / "wallet.bzw"), "--listen", f"{self.hosts.address(number)}:{PORT}",
                 "--rpc-listen", "127.0.0.1:0", "--outbound", "0", "--hash-rate", str(HASH_RATE),
                 "--log-file", str(folder / "node.log"), *calls],
                stdin=subprocess.DEVNULL, stdout=output, stderr=output)
        self.addCleanup(process.wait)
        self.addCleanup(process.kill)
        return process

    def call(self, number, *words):
        result = subprocess.run(
            [*self.hosts.inside(self.hosts.name(number)), os.environ["BEZANT"], "rpc",
             "--data", str(self.folders[number]), "--wait", "60", *map(str, words)],
            capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL)
        self.assertEqual(result.returncode, 0, result.stderr)
        try:
            return json.loads(result.stdout, parse_float=Decimal)
        except ValueError:
            return result.stdout.strip()

    def mine(self, threads):
        for number in range(10):
            self.call(number, "setmining", threads)

    def tip(self, number):
        """Hash and height as the node's log has them: a call to each would take longer than blocks do."""
        return Node.TIP.findall((self.folders[number] / "node.log").read_text())[-1]

    def tips(self, numbers=range(10)):
        return {self.tip(number)[0] for number in numbers}

    def height(self, number):
        return int(self.tip(number)[1])

    def wait(self, is_so, what):
        wait_until(is_so, what, patience=LINK_PATIENCE_SECONDS, poll=0.05)

    def pay(self, choice):
        """Some pay some; ids of the payments."""
        payers = choice.sample(range(10), 4)
        return [self.call(payer, "sendtoaddress", self.owner[(payer + choice.randint(1, 9)) % 10], "0.25")
                for payer in payers]

    def agree_above(self, height):
        """All mine until they are on one higher block, and stop; a tie that is left is mined away."""
        while True:
            self.mine(1)
            self.wait(lambda: len(self.tips()) == 1 and self.height(0) > height, f"agreement above block {height}")
            self.mine(0)
            time.sleep(2)  # what is under way arrives; if not, the loop goes on
            if len(self.tips()) == 1:
                return

    def pay_and_agree(self, choice):
        """Payments, and as many rounds of mining as it takes until all are in blocks: a link that breaks keeps news of
        a payment from those behind it, but whoever has it mines it."""
        payments = self.pay(choice)
        before = self.height(0)
        while self.height(0) == before or any(self.call(number, "getrawmempool") for number in range(10)):
            self.agree_above(self.height(0))
        items = [item for number in range(10) for item in self.call(number, "listtransactions", 1000)]
        for payment in payments:
            self.assertTrue(any(item["txid"] == payment and item["confirmations"] > 0 for item in items), payment)

    def test_ten_hosts_agree_over_bad_links_and_after_a_partition(self):
        choice = random.Random(1)
        for _ in range(2):
            self.pay_and_agree(choice)
        self.part_and_heal()
        self.pay_and_agree(choice)
        for number in range(10):
            self.call(number, "stop")
        for number, node in enumerate(self.nodes):
            self.assertEqual(node.wait(60), 0)
            self.assertIn("sound", self.run_good("verify", self.folders[number]))

    def part_and_heal(self):
        """Five against five, both of which mine: two chains, and one again."""
        self.tell_links("part", *SIDES[0])
        self.mine(1)
        begun = time.monotonic()
        before = [self.height(min(side)) for side in SIDES]
        self.wait(lambda: time.monotonic() - begun > PARTITION_SECONDS
                  and all(self.height(min(side)) > height for side, height in zip(SIDES, before)),
                  "each side finds blocks of its own")
        self.assertTrue(self.tips(SIDES[0]).isdisjoint(self.tips(SIDES[1])), "two sides, one chain")
        self.tell_links("heal")
        self.agree_above(self.height(0))


if __name__ == "__main__":
    unittest.main()
