#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""`bezant verify` from its command line: a sound ledger, and every kind of file that is none."""
import os
import unittest

from program import CHECK_FAILED, ENVIRONMENT, INPUT, USAGE, ProgramTest, bezant


class VerifyTest(ProgramTest):
    def ledger(self):
        self.run_good("simulate", "--rounds", 2, "--json", "--out", "run")
        return bytearray((self.folder / "run" / "ledger.bzt").read_bytes())

    def assert_not_sound(self, data, *codes):
        path = self.folder / "bad.bzt"
        path.write_bytes(data)
        result = bezant("verify", path)
        self.assertIn(result.returncode, codes, result.stdout + result.stderr)
        self.assertIn("bezant: error: ", result.stderr)
        self.assertNotIn("sound", result.stdout)
        return result.stderr

    def test_sound_ledger_is_accounted_for(self):
        self.ledger()
        text = self.run_good("verify", "run/ledger.bzt")
        for word in ("height", "work", "supply", "transactions", "checked"):
            self.assertIn(word, text)

    def test_alterations_name_block_and_check(self):
        data = self.ledger()
        data[len(data) * 3 // 4] ^= 1
        self.assertIn("block ", self.assert_not_sound(data, CHECK_FAILED, INPUT))

    def test_truncation_anywhere_is_noticed(self):
        data = self.ledger()
        for size in range(0, len(data), max(1, len(data) // 40)):
            self.assert_not_sound(data[:size], CHECK_FAILED, INPUT)
        self.assert_not_sound(data + b"\0", INPUT)

    def test_other_files_are_refused(self):
        self.assert_not_sound(b"", INPUT)
        self.assert_not_sound(b"\x89PNG\r\n\x1a\n" + bytes(1000), INPUT)
        self.assert_not_sound(os.urandom(5000), INPUT)
        self.assert_refused(ENVIRONMENT, "nothing.bzt", "verify", "nothing.bzt")
        self.assert_refused(ENVIRONMENT, "folder", "verify", ".")
        self.assert_refused(USAGE, "", "verify")


if __name__ == "__main__":
    unittest.main()
