#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""`bezant node --index`: turned on late, killed, turned off and on, it says what all blocks say."""
import unittest
from collections import defaultdict
from decimal import Decimal

from nodes import wait_until
from program import INPUT, bezant
from wallet_nodes import WalletNodesTest

INDEXED = r"up to height \d+ are in the index"


class IndexTest(WalletNodesTest):
    # A block is two hashes. Every one of a chain is asked for in the end: let there be few.
    MINING = ("--mine", 1, "--hash-rate", 20)

    def history_by_blocks(self, node):
        """By address, what every transaction of the chain did to it, the plain way: (txid, received, spent)."""
        coins, history = {}, defaultdict(list)
        for height in range(self.call(node, "getblockcount") + 1):
            for transaction in self.call(node, "getblock", self.call(node, "getblockhash", height), 2)["tx"]:
                touched = defaultdict(lambda: [0, 0])
                for spent in transaction["vin"]:
                    if "txid" in spent:
                        address, value = coins.pop((spent["txid"], spent["vout"]))
                        touched[address][1] += value
                for output in transaction["vout"]:
                    coins[transaction["txid"], output["n"]] = output["address"], output["value"]
                    touched[output["address"]][0] += output["value"]
                for address, (received, spent) in touched.items():
                    history[address].insert(0, (transaction["txid"], received, spent))
        return history, coins

    def history_by_index(self, node, address):
        lines, after = [], []
        while True:
            page = self.call(node, "getaddresshistory", address, 7, *after)
            lines += [(line["txid"], line["received"], line["spent"]) for line in page["transactions"]]
            if "next" not in page:
                return lines
            after = [page["next"]]

    def assert_index_is_right(self, node):
        self.call(node, "setmining", 0)
        node.wait_for(INDEXED)
        height = self.call(node, "getblockcount")
        info = self.call(node, "getindexinfo")
        self.assertEqual(info, {name: {"synced": True, "best_block_height": height}
                                for name in ("txindex", "addressindex")})
        history, coins = self.history_by_blocks(node)
        self.assertTrue(history)
        for address, lines in history.items():
            self.assertEqual(self.history_by_index(node, address), lines)
            balance = sum(received - spent for _, received, spent in lines)
            has = self.call(node, "getaddressbalance", address)
            self.assertEqual((has["balance"], has["txcount"]), (balance, len(lines)))
            mine = {(coin["txid"], coin["vout"]): (address, coin["amount"])
                    for coin in self.call(node, "getaddressutxos", address, 1000)["coins"]}
            self.assertEqual(mine, {place: coin for place, coin in coins.items() if coin[0] == address})
            found = self.call(node, "getrawtransaction", lines[-1][0], 1)
            self.assertEqual((found["txid"], found["in_active_chain"]), (lines[-1][0], True))

    def assert_sound(self, node, *words):
        text = self.run_good("verify", node.folder / "data")
        self.assertIn("sound", text)
        for word in words:
            self.assertIn(word, text)

    def test_an_index_is_built_late_and_kept_through_everything(self):
        node = self.start("alice", *self.MINING)
        wait_until(lambda: self.call(node, "getbalance") > 1, "a reward that can be spent")
        self.call(node, "walletpassphrase", "correct horse", 600)
        payment = self.call(node, "sendtoaddress", self.call(node, "getnewaddress"), "0.7")
        wait_until(lambda: payment not in self.call(node, "getrawmempool"), "its block")
        refused = bezant("rpc", "--data", node.folder / "data", "getrawtransaction", payment, folder=self.folder)
        self.assertEqual(refused.returncode, INPUT)
        self.assertIn("--index", refused.stderr)
        self.assertEqual(self.call(node, "getindexinfo"), {})
        node.stop()
        self.assert_sound(node)

        node = self.start("alice", "--index", *self.MINING)
        node.wait_for_height(node.height() + 5)
        self.assert_index_is_right(node)
        self.call(node, "setmining", 1)
        node.wait_for_height(node.height() + 5)
        node.kill()
        self.assert_sound(node, "and index")

        node = self.start("alice", *self.MINING)
        node.wait_for_height(node.height() + 5)
        node.kill()
        self.assert_sound(node, "and index")

        (self.folder / "node.toml").write_text("index = true\n")
        node = self.start("alice", "--config", self.folder / "node.toml", *self.MINING)
        self.assert_index_is_right(node)
        node.kill()
        self.assert_sound(node, "and index")

    def test_a_block_that_is_left_leaves_the_index(self):
        alice = self.start("alice", "--index", *self.MINING)
        bob = self.start("bob", "--index", *self.MINING)
        alice.wait_for_height(6)
        bob.wait_for_height(3)
        self.call(bob, "setmining", 0)
        wait_until(lambda: self.call(alice, "getblockcount") > self.call(bob, "getblockcount"), "a longer chain")
        self.call(alice, "setmining", 0)
        left = self.call(bob, "getblock", self.call(bob, "getblockhash", 1))["tx"][0]
        self.assertTrue(self.call(bob, "getrawtransaction", left, 1)["in_active_chain"])
        self.call(bob, "addnode", alice.address, "add")
        wait_until(lambda: self.call(alice, "getbestblockhash") == self.call(bob, "getbestblockhash"), "one chain")
        refused = bezant("rpc", "--data", bob.folder / "data", "getrawtransaction", left, folder=self.folder)
        self.assertEqual(refused.returncode, INPUT)
        self.assert_index_is_right(bob)


class AbandonTest(WalletNodesTest):
    def refused(self, node, *words):
        result = bezant("rpc", "--data", node.folder / "data", *words, folder=self.folder)
        self.assertEqual(result.returncode, INPUT, result.stdout + result.stderr)
        return result.stderr

    def test_a_payment_that_will_not_confirm_is_given_up(self):
        alice = self.start("alice", "--mine", 1, "--hash-rate", 20)
        wait_until(lambda: self.call(alice, "getbalance") > 0, "a reward that can be spent")
        self.call(alice, "setmining", 0)
        # The same wallet elsewhere: it will spend the same coins.
        (self.folder / "bob.bzw").write_bytes((self.folder / "alice.bzw").read_bytes())
        bob = self.start("bob", "--connect", alice.address)
        wait_until(lambda: self.call(bob, "getbalance") == self.call(alice, "getbalance"), "the same blocks")
        stranger = self.start("carol")
        address = self.call(stranger, "getnewaddress")
        everything = self.call(alice, "getbalance") - Decimal("0.001")
        bob.stop()
        self.call(alice, "walletpassphrase", "correct horse", 600)
        payment = self.call(alice, "sendtoaddress", address, everything)
        self.assertIn("waits for a block", self.refused(alice, "abandontransaction", payment))
        alice.stop()

        bob = self.start("bob")
        self.call(bob, "walletpassphrase", "correct horse", 600)
        rival = self.call(bob, "sendtoaddress", address, everything - Decimal("0.001"))
        self.call(bob, "setmining", 1)
        wait_until(lambda: rival not in self.call(bob, "getrawmempool"), "its block")
        self.call(bob, "setmining", 0)

        alice = self.start("alice", "--connect", bob.address)
        wait_until(lambda: self.call(alice, "getbestblockhash") == self.call(bob, "getbestblockhash"), "one chain")
        lost = next(item for item in self.call(alice, "listtransactions") if item["txid"] == payment)
        self.assertEqual(lost["status"], "lost")
        self.assertEqual(self.call(alice, "abandontransaction", payment), "")
        self.assertIn("no payment of this id", self.refused(alice, "abandontransaction", payment))
        self.assertIn("is confirmed", self.refused(alice, "abandontransaction", rival))
        self.assertEqual(self.call(alice, "getbalances"), self.call(bob, "getbalances"))
        alice.stop()
        alice = self.start("alice")
        self.assertEqual(self.call(alice, "getrawmempool"), [])
        self.assertNotIn(payment, [item["txid"] for item in self.call(alice, "listtransactions", 1000)])


if __name__ == "__main__":
    unittest.main()
