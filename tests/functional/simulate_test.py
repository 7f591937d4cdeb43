#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""`bezant simulate` from its command line: runs scenarios, compares what they come to, and makes every
kind of mistake on the way."""
import json
import unittest

from program import CHECK_FAILED, ENVIRONMENT, INPUT, USAGE, ProgramTest, bezant


class SimulateTest(ProgramTest):
    def summary(self, *arguments):
        return json.loads(self.run_good("simulate", "--json", *arguments))

    def test_ten_agree_and_the_supply_balances(self):
        summary = self.summary()
        self.assertEqual(summary["participants"], 10)
        self.assertEqual(summary["agreement"]["tips"], 1)
        self.assertGreaterEqual(summary["agreement"]["height"], 5)
        ledger = summary["ledger"]
        self.assertTrue(ledger["balanced"])
        self.assertEqual(ledger["issued"], ledger["balances"])
        self.assertEqual(ledger["issued"], ledger["coins"])
        self.assertEqual(ledger["issued"], sum(ledger["by_participant"]))
        self.assertEqual(ledger["issued"],
                         10**10 + summary["blocks"]["main_chain"] * 10**9)
        payments = summary["transactions"]
        self.assertEqual(payments["created"],
                         payments["confirmed"] + payments["rejected"] + payments["pending"])
        self.assertGreater(payments["confirmed"], 0)
        self.assertEqual(summary["blocks"]["mined"],
                         summary["blocks"]["main_chain"] + summary["blocks"]["stale"])

    def test_one_seed_is_one_run(self):
        first, second = self.summary("--seed", 5), self.summary("--seed", 5)
        del first["wall_seconds"], second["wall_seconds"]
        self.assertEqual(first, second)
        self.assertNotEqual(first["digest"], self.summary("--seed", 6)["digest"])

    def test_messages_as_bytes_change_nothing(self):
        plain = self.summary("--rounds", 2)
        through_bytes = self.summary("--rounds", 2, "--set", "encode_messages=true")
        self.assertEqual(plain["digest"], through_bytes["digest"])

    def test_compact_blocks_are_told_of_where_they_are_in_use(self):
        arguments = ["compact", "--set", "workload.blocks=5"]
        compact = self.summary(*arguments)["compact_blocks"]
        self.assertGreater(compact["incomplete"], 0)
        self.assertGreater(compact["arrived"], compact["first"])
        self.assertAlmostEqual(compact["failure_share"], compact["incomplete"] / compact["first"])
        self.assertIn(f"lacked payments{compact['incomplete']:27}", self.run_good("simulate", *arguments))
        self.assertNotIn("compact_blocks", self.summary("--rounds", 1))
        self.assertNotIn("ompact", self.run_good("simulate", "--rounds", 1))

    def test_rounds_are_told(self):
        text = self.run_good("simulate", "--rounds", 2)
        for word in ("Round 2 of 2", "hash ", "previous ", "nonce ", "miner ", "payments ", "spread ",
                     "10 of 10 agree", "balanced, to the last unit", "digest "):
            self.assertIn(word, text)
        self.assertNotIn("\x1b", text, "no colour where it goes to a pipe")

    def test_any_network_and_number(self):
        summary = self.summary("--participants", 25, "--rounds", 1)
        self.assertEqual(summary["participants"], 25)
        self.assertEqual(summary["agreement"]["tips"], 1)
        (self.folder / "pair.edges").write_text("0 1\n")
        summary = self.summary("--topology", "pair.edges", "--rounds", 1)
        self.assertEqual(summary["participants"], 2)

    def test_output_folder_holds_ledger_events_and_summary(self):
        text = self.run_good("simulate", "--rounds", 2, "--json", "--out", "run")
        folder = self.folder / "run"
        self.assertEqual(json.loads(text), json.loads((folder / "summary.json").read_text()))
        events = [json.loads(line) for line in (folder / "events.jsonl").read_text().splitlines()]
        times = [event["time_us"] for event in events]
        self.assertEqual(times, sorted(times))
        self.assertEqual(sum(event["event"] == "block_mined" for event in events),
                         json.loads(text)["blocks"]["mined"])
        self.assertIn("sound, from the first byte", self.run_good("verify", "run/ledger.bzt"))

    def test_labels_of_a_network_are_the_participants_names(self):
        (self.folder / "towns.graphml").write_text(
            '<graphml><graph edgedefault="undirected"><node id="Köln"/><node id="Bonn"/>'
            '<node id="Aachen"/><edge source="Köln" target="Bonn"/>'
            '<edge source="Bonn" target="Aachen"/></graph></graphml>')
        text = self.run_good("simulate", "--topology", "towns.graphml", "--rounds", 2, "--attack",
                             "double-spend", "--set", "attack.attacker=0")
        self.assertIn("(1 Bonn)", text)
        self.assertRegex(text, r"miner     (Köln|Bonn|Aachen), who earns")
        self.assertRegex(text, r"  2 Aachen +\d+\.\d+ +BZT")
        self.assertIn("Köln signs two payments", text)
        self.assertNotIn("participant 0", text)
        self.assertNotIn("Alice", text)

    def test_amounts_are_aligned_on_the_point(self):
        text = self.run_good("simulate", "--rounds", 3)
        for title, rows in (("Balances", 10), ("Supply audit", 5)):
            lines = text.split(f"\n{title} ")[1].splitlines()[1:rows + 1]
            self.assertEqual(len({line.index(".") for line in lines}), 1, lines)
            self.assertEqual(len({line.index(" BZT") for line in lines}), 1, lines)

    def test_what_is_printed_fits_eighty_columns(self):
        runs = [["simulate", "--seed", 4], ["simulate", "--list"], ["simulate", "--help"],
                ["simulate", "--participants", 50, "--rounds", 1],
                ["simulate", "hundred", "--set", "workload.blocks=30"], ["simulate", "stormy"]]
        runs += [["simulate", "--rounds", 3, "--attack", name]
                 for name in ("double-spend", "forge", "tamper", "inflate", "majority")]
        runs += [["simulate", name, "--set", "workload.blocks=30", "--set", "workload.rounds=1"]
                 for name in ("race", "finney", "vector76", "selfish", "optimal-selfish", "withholding",
                              "empty-blocks", "flood", "partition", "time-warp", "eclipse")]
        runs += [["simulate", "compact", "--set", "workload.blocks=3"]]
        runs += [["simulate", "discovery", "--set", "workload.duration=600"]]
        for run in runs:
            for line in self.run_good(*run).splitlines():
                self.assertLessEqual(len(line), 80, f"{run}: {line}")
                self.assertEqual(line, line.rstrip(), f"{run}: {line}")

    def test_a_round_of_several_blocks_says_why(self):
        text = self.run_good("simulate", "--seed", 4)
        self.assertIn("Heidi found another block 4", text)
        self.assertIn("so the round took 3 blocks", text)

    def test_a_split_is_told_at_once(self):
        crash = 'fault=[{kind="crash", at="5 s", participants=[1]}]'
        result = bezant("simulate", "--json", "--set", crash)
        self.assertEqual(result.returncode, CHECK_FAILED)
        self.assertIn("cut off for good from Carol, Dave, Erin, Frank, Ivan and Judy: Alice, Grace "
                      "and Heidi. Why: Bob is down", result.stderr)
        failure = json.loads(result.stdout)["failure"]
        self.assertEqual(failure["check"], "separation")
        self.assertEqual(failure["parts"], [[0, 6, 7], [2, 3, 4, 5, 8, 9]])
        self.assertEqual(json.loads(result.stdout)["virtual_seconds"], 5)

    def test_a_failed_run_still_tells_of_its_attack(self):
        crash = 'fault=[{kind="crash", at="40 s", participants=[1]}]'
        result = bezant("simulate", "--attack", "forge", "--set", crash)
        self.assertEqual(result.returncode, CHECK_FAILED)
        self.assertIn("The attack failed. None of 4 forged payments", result.stdout)

    def test_mistakes_are_named(self):
        self.assert_refused(INPUT, "did you mean classroom?", "simulate", "clasroom")
        self.assert_refused(INPUT, "did you mean 'link.loss'?", "simulate", "--set", "link.los=0.1")
        self.assert_refused(INPUT, "KEY=VALUE", "simulate", "--set", "link.loss")
        self.assert_refused(INPUT, "whole number from 2", "simulate", "--participants", 1)
        self.assert_refused(INPUT, "regular:8", "simulate", "--topology", "rin")
        self.assert_refused(INPUT, "double-spend", "simulate", "--attack", "steal")
        self.assert_refused(INPUT, "real", "simulate", "--pow", "fake")
        self.assert_refused(USAGE, "there is no flag --sed", "simulate", "--sed", 1)
        self.assert_refused(USAGE, "did you mean --seed?", "simulate", "--sed", 1)
        self.assert_refused(USAGE, "did you mean simulate?", "simulte")
        self.assert_refused(USAGE, "commands are: simulate sweep verify")
        self.assert_refused(USAGE, "auto,always,never", "simulate", "--colour", "red")
        self.assert_refused(USAGE, "name of a folder", "simulate", "--out", "")
        (self.folder / "parts.edges").write_text("0 1\n2 3\n")
        self.assert_refused(INPUT, "2 parts", "simulate", "--topology", "parts.edges")
        (self.folder / "file").write_text("")
        self.assert_refused(ENVIRONMENT, "file", "simulate", "--rounds", 1, "--out", "file/run")
        (self.folder / "bad.toml").write_text("name = 'bad'\n[link]\nlos = 0.5\n")
        self.assert_refused(INPUT, "bad.toml:3", "simulate", "bad.toml")

    def test_a_run_that_cannot_converge_says_so(self):
        self.assert_refused(CHECK_FAILED, "no_convergence", "simulate", "--set", "virtual_time_max=2s")


if __name__ == "__main__":
    unittest.main()
