#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""People on real nodes pay each other: wallets, calls, a restart in between, and no money lost."""
import unittest
from contextlib import closing
from decimal import Decimal

from miners import RpcMiner
from nodes import wait_until
from program import ENVIRONMENT, GOOD, INPUT, USAGE, bezant
from wallet_nodes import WalletNodesTest


class PaymentTest(WalletNodesTest):
    def refused(self, node, *words):
        """What is said to a call that is refused, and the exit code."""
        result = bezant("rpc", "--data", node.folder / "data", *words, folder=self.folder)
        return result.stderr, result.returncode

    def start_two(self):
        """A miner with money, and a neighbour."""
        alice = self.start("alice", "--mine", 1, "--hash-rate", 40)
        bob = self.start("bob", "--connect", alice.address)
        wait_until(lambda: self.call(alice, "getbalance") > 0, "a reward that can be spent")
        self.call(alice, "walletpassphrase", "correct horse", 600)
        return alice, bob

    def test_a_payment_arrives_and_is_confirmed(self):
        alice, bob = self.start_two()
        address = self.call(bob, "getnewaddress")
        payment = self.call(alice, "sendtoaddress", address, "1.5")
        wait_until(lambda: self.call(bob, "getbalance") == Decimal("1.5"), "the payment")
        received = self.call(bob, "listtransactions")[0]
        self.assertEqual((received["txid"], received["category"]), (payment, "receive"))
        sent = next(item for item in self.call(alice, "listtransactions", 1000) if item["txid"] == payment)
        self.assertEqual(sent["counterparts"], [{"address": address, "amount": Decimal("1.5")}])
        self.assertEqual(sent["sent"] - sent["received"], Decimal("1.5") + sent["fee"])
        coins = self.call(bob, "listunspent")
        self.assertEqual([(coin["txid"], coin["address"]) for coin in coins], [(payment, address)])

    def test_a_killed_node_knows_its_money_and_its_payments(self):
        alice, bob = self.start_two()
        address = self.call(bob, "getnewaddress")
        self.call(alice, "setmining", 0)
        payment = self.call(alice, "sendtoaddress", address, "0.00000001")
        before = self.call(alice, "getbalances")
        alice.kill()
        bob.kill()
        alice = self.start("alice", listen=alice.address)
        self.assertEqual(self.call(alice, "getbalances"), before)
        self.assertIn(payment, self.call(alice, "getrawmempool"), "handed in again")
        bob = self.start("bob", "--connect", alice.address)
        self.assertNotEqual(self.call(bob, "getnewaddress"), address, "an address is given away once")
        self.call(alice, "setmining", 1)
        wait_until(lambda: self.call(bob, "getbalance") == Decimal("0.00000001"), "the payment")

    def test_keys_that_were_made_while_unlocked_outlive_a_kill(self):
        """More payments than there were keys for change: those made since are in the file, too."""
        alice, bob = self.start_two()
        address = self.call(bob, "getnewaddress")
        keys = self.call(alice, "getwalletinfo")["keypoolsize"] // 2
        where = alice.folder / "data"
        payments = []
        with closing(RpcMiner((where / "rpc.address").read_text().strip(), (where / ".cookie").read_text())) as caller:
            while caller.call("getwalletinfo")["keypoolsize"] < 4 * keys:
                payments.append(caller.call("sendtoaddress", address, "0.00000001"))
                if len(payments) % 20 == 0:  # so many may rest on each other while they wait, and few more
                    wait_until(lambda: not caller.call("getrawmempool"), "their blocks")
        self.call(alice, "setmining", 0)
        before = self.call(alice, "getbalances")
        alice.kill()
        alice = self.start("alice")
        self.assertEqual(self.call(alice, "getbalances"), before, "without being unlocked")
        known = {each["txid"] for each in self.call(alice, "listtransactions", 10_000)}
        self.assertLessEqual(set(payments), known)

    def test_what_cannot_be_paid_is_refused_with_a_word(self):
        alice, bob = self.start_two()
        address = self.call(bob, "getnewaddress")
        for words, message, code in (
                (("sendtoaddress", address, "1e9"), "(-6)", INPUT),
                (("sendtoaddress", "tbzt1nonsense", "1"), "(-5)", INPUT),
                (("sendtoaddress", address, "0"), "'amount'", 2),
                (("sendtoaddress", address, "0.000000001"), "at most eight decimals", 2),
                (("walletpassphrase", "wrong", "60"), "(-14)", INPUT)):
            said, ended = self.refused(alice, *words)
            self.assertIn(message, said)
            self.assertEqual(ended, code, said)
        self.call(alice, "walletlock")
        self.assertIn("(-13)", self.refused(alice, "sendtoaddress", address, "1")[0])
        self.assertNotIn("correct horse", alice.log() + bob.log())

    def test_a_person_pays_and_sees_it_without_knowing_of_calls(self):
        alice, bob = self.start_two()
        self.call(alice, "walletlock")
        address = self.call(bob, "getnewaddress")

        def wallet(node, command, *words):
            return self.run_good("wallet", command, *words, "--data", node.folder / "data")

        said = wallet(alice, "send", address, "1.5", "--password-file", "password")
        self.assertIn(f"1.50 BZT to {address}\npayment ", said)
        payment = said.split()[-1]
        self.assertEqual(self.call(alice, "getwalletinfo")["unlocked_until"], 0, "locked again")
        wait_until(lambda: self.call(bob, "getbalance") == Decimal("1.5"), "the payment")
        self.assertRegex(wallet(bob, "balance"), r"can be spent +1\.50 +BZT\n")
        history = wallet(bob, "history", "--count", 1)
        self.assertRegex(history, r"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d +\+1\.50 BZT  \d+ confirmations?\n    from tbzt1")
        self.assertIn(f"payment {payment}\n", history)
        self.assertRegex(wallet(alice, "history", "--count", 1000), rf"-1\.5\d+ BZT .*\n    to   {address}\n")
        self.assertIn(" BZT  mined, ", wallet(alice, "history", "--count", 1000))
        (self.folder / "wrong").write_text("wrong horse\n")
        for words, message, code in (
                ((address, "1", "--password-file", "wrong"), "(-14)", INPUT),
                ((address, "0", "--password-file", "password"), "'0' is no amount", USAGE),
                ((address, "1e9", "--password-file", "password"), "'1e9' is no amount", USAGE),
                ((address, "1000000", "--password-file", "password"), "(-6)", INPUT),
                (("tbzt1nonsense", "1", "--password-file", "password"), "(-5)", INPUT)):
            self.assert_refused(code, message, "wallet", "send", *words, "--data", alice.folder / "data")
        self.assertEqual(self.call(alice, "getwalletinfo")["unlocked_until"], 0, "locked all the same")
        self.assert_refused(ENVIRONMENT, "is the node running?", "wallet", "balance", "--data", "nowhere")

    def test_a_node_that_stops_takes_its_cookie_with_it(self):
        alice = self.start("alice")
        self.assertEqual(self.call(alice, "getwalletinfo")["unlocked_until"], 0)
        self.call(alice, "stop")
        self.assertEqual(alice.process.wait(60), GOOD)
        self.assertEqual(sorted(path.name for path in (alice.folder / "data").iterdir()),
                         ["identity.key", "miner.key", "store"])
        self.assertEqual(self.refused(alice, "getblockcount")[1], ENVIRONMENT)

    def test_a_wallet_of_another_network_is_refused(self):
        self.run_good("wallet", "create", "main.bzw", "--network", "main", "--password-file", "password")
        self.assert_refused(ENVIRONMENT, "main.bzw cannot be used", "node", "--data", "x", "--wallet",
                            "main.bzw", "--no-listen", "--no-rpc")
        self.assert_refused(INPUT, "password", "node", "--data", "x", "--wallet", "password")


if __name__ == "__main__":
    unittest.main()
