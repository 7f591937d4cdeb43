#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Wrong flags, scenarios and networks, as people write them: each is refused with where it stands and
what to write instead, and none is taken for something else."""
import os
import unittest

from program import CHECK_FAILED, ENVIRONMENT, INPUT, ProgramTest, bezant

HEAD = 'name = "x"\nparticipants = 3\n'
RING = HEAD + '[topology]\ngenerator = "ring"\n'
FAULT = RING + '[[fault]]\nat = "5 s"\n'

# The scenario's text, and what its refusal must say.
SCENARIOS = [
    ("", "x.toml: topology: nothing says who is connected to whom"),
    (HEAD, "x.toml: topology: nothing says"),
    ("name = 'x'\n[link\n", "x.toml:2: this is not TOML"),
    ("name = 'x'\nname = 'y'\n", "x.toml:2: this is not TOML"),
    ('participants = "ten"\n', "x.toml:1: 'participants' has a value that it cannot have"),
    ("participants = -5\n", "write a whole number from 2 to 100000"),
    ("participants = 99999999999999999999\n", "not representable in 64 bits"),
    ("link = 3\n", "x.toml:1: unknown key 'link'"),
    (RING + "[link]\nlatencey_min = '1 s'\n", "did you mean 'link.latency_min'?"),
    (RING + 'file = "a"\n', "x.toml:3: topology: both a generator and a file"),
    (HEAD + '[topology]\nfile = "gone.edges"\n', "there is no network file 'gone.edges'"),
    (RING + '[workload]\nkind = "stream"\n', "x.toml:6: workload.kind: a stream without end"),
    (RING + "[mining]\nshares = [0.5, 0.2]\n", "x.toml:6: mining.shares: 2 shares for 3"),
    (RING + "[mining]\nshares = [0.5, 0.2, 0.2]\n", "x.toml:6: mining.shares: the shares add up to 0.9"),
    (RING + "[link]\nlatency_min = '1 s'\n", "x.toml:6: link.latency_min: it is above latency_max"),
    (RING + '[network]\nallocation = "0.000000001"\n', "x.toml:6: 'network.allocation' has a value"),
    (RING + '[network]\nallocation = 99999999999\n', 'from "0.00" to "21000000.00"'),
    (RING + "[attack]\nkind = 'forge'\nattacker = 9\n", "x.toml:7: attack.attacker: there is no participant 9"),
    (RING + "[attack]\nkind = 'forge'\nvictim = 0\n", "x.toml:7: attack.victim: the attacker is its own victim"),
    (FAULT + 'kind = "explode"\n', "x.toml:7: 'fault.kind' has a value that it cannot have"),
    (FAULT + 'kind = "crash"\n', "fault[0].participants: a fault strikes nobody"),
    (FAULT + 'kind = "crash"\nparticipants = [7]\n', "x.toml:8: fault[0].participants: there is no participant 7"),
    (FAULT + 'kind = "heal"\n[[fault]]\nat = "6 s"\nkind = "crash"\nparticipants = [3]\n',
     "x.toml:11: fault[1].participants: there is no participant 3"),
    (FAULT + 'kind = "disconnect"\nparticipants = [0]\nneighbour = 9\n',
     "x.toml:9: fault[0].neighbour: there is no such participant"),
    (RING.replace("ring", "line") + '[[fault]]\nat = "5 s"\nkind = "disconnect"\nparticipants = [0]\nneighbour = 2\n',
     "x.toml:9: fault[0].neighbour: there is no link between participants 0 and 2"),
    ("fault = 3\n", "x.toml:1: 'fault' is not a list of tables"),
]

# Flags, and what their refusal must say.
FLAGS = [
    (["--seed", "-1"], "--seed -1: 'seed' has a value that it cannot have"),
    (["--seed", ""], "write a whole number from 0 to"),
    (["--seed", "1e9"], "--seed 1e9: "),
    (["--seed", "99999999999999999999999"], "write a whole number from 0 to"),
    (["--participants", "0"], "--participants 0: "),
    (["--participants", "999999999"], "write a whole number from 2 to 100000"),
    (["--rounds", "0"], "--rounds 0: "),
    (["--topology", ""], "topology: nothing says who is connected to whom"),
    (["--topology", "regular:x"], "'x' is not a whole number"),
    (["--topology", "regular"], "write 'regular:8'"),
    (["--topology", "regular:3", "--participants", "5"], "15 is odd; change either by one"),
    (["--topology", "regular:99"], "use at most 9"),
    (["--pow", ""], 'write one of: "real" "sampled"'),
    (["--attack", "dubble-spend"], 'did you mean "double-spend"?'),
    (["--attack", "forge", "--set", "attack.attacker=99"], "--set attack.attacker=99: attack.attacker: there is no participant 99"),
    (["--set", ""], "this is not KEY=VALUE"),
    (["--set", "=3"], "this is not KEY=VALUE"),
    (["--set", "link.loss="], "write a number from 0 to 1"),
    (["--set", "link.loss=nan"], "write a number from 0 to 1"),
    (["--set", "mining.shares=[1]"], "1 share for 10 participants"),
    (["--set", "topology.generator=ring"], "both a generator and a file"),
]


class WrongInputTest(ProgramTest):
    def test_scenarios(self):
        for text, message in SCENARIOS:
            with self.subTest(text):
                (self.folder / "x.toml").write_text(text)
                self.assert_refused(INPUT, message, "simulate", "x.toml")

    def test_flags(self):
        for flags, message in FLAGS:
            with self.subTest(flags):
                self.assert_refused(INPUT, message, "simulate", *flags)

    def test_files_of_another_kind(self):
        (self.folder / "noise").write_bytes(os.urandom(5000))
        (self.folder / "folder").mkdir()
        self.assert_refused(INPUT, "noise:1: ", "simulate", "noise")
        self.assert_refused(INPUT, "noise:1: ", "simulate", "--topology", "noise")
        self.assert_refused(INPUT, "it is a folder", "simulate", "folder")
        self.assert_refused(INPUT, "it is a folder", "simulate", "--topology", "folder")
        self.assert_refused(INPUT, "there is no scenario or file ''", "simulate", "")
        self.assert_refused(INPUT, "there is no scenario or file 'gone.toml'", "simulate", "gone.toml")
        self.assert_refused(INPUT, "/dev/null is not a whole ledger file", "verify", "/dev/null")

    def test_places_where_nothing_can_be_written(self):
        (self.folder / "file").write_text("")
        closed = self.folder / "closed"
        closed.mkdir(mode=0o500)
        for place in ("file", "file/run", "/proc/run"):
            self.assert_refused(ENVIRONMENT, f"cannot make the folder {place}", "simulate", "--rounds", 1,
                                "--out", place)
        if os.geteuid() != 0:  # to whom nothing is closed
            self.assert_refused(ENVIRONMENT, "ermission denied", "simulate", "--rounds", 1, "--out",
                                "closed/run")

    def test_no_refusal_is_a_crash(self):
        for arguments in ([], [""], ["--"], ["simulate", "--", "--seed"], ["simulate", "-s"], ["verify", ""],
                          ["completions", ""], ["man", "x"]):
            with self.subTest(arguments):
                result = bezant(*arguments, folder=self.folder)
                self.assertGreater(result.returncode, CHECK_FAILED)
                self.assertLessEqual(result.returncode, ENVIRONMENT)
                self.assertIn("bezant: error: ", result.stderr)


if __name__ == "__main__":
    unittest.main()
