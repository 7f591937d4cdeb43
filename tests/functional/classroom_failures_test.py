#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""How programs that people write to learn about ledgers fail, each as a test that Bezant does not:

    ten participants end with ten different ledgers
    a forged payment of a thousand million coins is accepted
    the same coin is spent twice
    a block's miner is changed without changing its hash
    a hash covers memory addresses

The ledger that the program writes is read here by a reader of its own, ledger_reader.py."""
import json
import unittest

from ledger_reader import CHECKSUM_BYTES, double_sha256, merkle_root, read_ledger, sha256
from program import CHECK_FAILED, ProgramTest, bezant

UNITS_PER_BEZANT = 10**8
SEEDS = range(1, 6)


class ClassroomFailuresTest(ProgramTest):
    def simulate(self, name, *arguments):
        """Runs the classroom into this folder: its summary, events, and ledger file."""
        folder = self.folder / name
        self.run_good("simulate", "--json", "--out", folder, *arguments)
        events = [json.loads(line) for line in (folder / "events.jsonl").read_text().splitlines()]
        summary = json.loads((folder / "summary.json").read_text())
        return summary, events, (folder / "ledger.bzt").read_bytes()

    def test_ten_participants_end_with_ten_different_ledgers(self):
        for seed in SEEDS:
            summary, events, data = self.simulate(f"run{seed}", "--seed", seed)
            last_tips = {event["participant"]: event["block"] for event in events
                         if event["event"] == "tip_moved"}
            self.assertEqual(sorted(last_tips), list(range(10)))
            self.assertEqual(set(last_tips.values()), {summary["agreement"]["tip"]})
            # One tip is one ledger: each block names its parent by its hash, down to the first.
            blocks = read_ledger(data)
            self.assertEqual(blocks[-1].hash, summary["agreement"]["tip"])
            for parent, child in zip(blocks, blocks[1:]):
                self.assertEqual(child.previous, parent.hash)

    def test_a_forged_payment_of_a_thousand_million_coins_is_accepted(self):
        summary, events, data = self.simulate("run", "--attack", "forge", "--rounds", 2)
        forged = {event["payment"] for event in events if event["event"] == "payment_refused"
                  and event["reason"] == "amount_overflow"}
        self.assertTrue(forged, "no such payment was offered")
        self.assertFalse(summary["attack"]["succeeded"])
        accepted = {event["payment"] for event in events if event["event"] == "payment_accepted"}
        self.assertFalse(forged & accepted)
        transactions = [each for block in read_ledger(data) for each in block.transactions]
        self.assertFalse(forged & {each.id for each in transactions})
        self.assertLess(max(amount for each in transactions for amount in each.amounts),
                        10**9 * UNITS_PER_BEZANT)

    def test_the_same_coin_is_spent_twice(self):
        for seed in SEEDS:
            summary, events, data = self.simulate(f"run{seed}", "--seed", seed, "--attack",
                                                  "double-spend", "--rounds", 2)
            self.assertFalse(summary["attack"]["succeeded"])
            attempts = [event for event in events if event["event"] == "double_spend_attempted"]
            self.assertTrue(attempts, "no double spend was attempted")
            rivals = {attempts[0]["held"], attempts[0]["offered"]}
            transactions = [each for block in read_ledger(data) for each in block.transactions]
            self.assertEqual(len(rivals & {each.id for each in transactions}), 1)
            spent = [coin for each in transactions for coin in each.spends]
            self.assertEqual(len(spent), len(set(spent)), "a coin is spent twice")

    def test_a_block_s_miner_is_changed_without_changing_its_hash(self):
        _, _, data = self.simulate("run", "--rounds", 2)
        blocks = read_ledger(data)
        last, coinbase = blocks[-1], blocks[-1].transactions[0]
        self.assertEqual(last.merkle_root,
                         merkle_root([double_sha256(each.data) for each in last.transactions]))
        # Another miner's key in the coinbase: the hash of the block's contents is another.
        other_key = blocks[1].transactions[0].data[41:73]
        key = coinbase.data[41:73]
        if other_key == key:
            other_key = bytes(32)
        altered = bytearray(data)
        altered[coinbase.key_at:coinbase.key_at + 32] = other_key
        body = bytes(altered[:-CHECKSUM_BYTES])
        altered = body + sha256(body)
        block = read_ledger(altered)[-1]
        self.assertNotEqual(block.merkle_root,
                            merkle_root([double_sha256(each.data) for each in block.transactions]))
        (self.folder / "altered.bzt").write_bytes(altered)
        result = bezant("verify", self.folder / "altered.bzt")
        self.assertEqual(result.returncode, CHECK_FAILED, result.stdout)
        self.assertIn("merkle_root_mismatch", result.stderr)
        self.assertIn(f"block {len(blocks) - 1}", result.stderr)

    def test_a_hash_covers_memory_addresses(self):
        # Two processes have their memory at different addresses, and nothing in common but the seed.
        first, first_events, first_data = self.simulate("one", "--rounds", 2)
        second, second_events, second_data = self.simulate("two", "--rounds", 2)
        self.assertEqual(first_data, second_data)
        self.assertEqual(first_events, second_events)
        self.assertEqual(first["digest"], second["digest"])
        # And the hash follows from the bytes alone.
        mined = {event["block"] for event in first_events if event["event"] == "block_mined"}
        for block in read_ledger(first_data)[1:]:
            self.assertIn(block.hash, mined)


if __name__ == "__main__":
    unittest.main()
