#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The texts that the program prints about itself: version, help, manual page, completions."""
import re
import subprocess
import unittest

from program import SOURCE, USAGE, ProgramTest

COMMANDS = ("simulate", "sweep", "verify", "node", "replay", "rpc", "wallet", "completions", "man", "config")

WALLET_COMMANDS = ("create", "restore", "show", "address", "export", "sign", "sign-message", "verify-message")


class TextsTest(ProgramTest):
    def test_version_is_the_project_s(self):
        version = re.search(r"VERSION (\d+\.\d+\.\d+)", (SOURCE / "CMakeLists.txt").read_text())[1]
        self.assertEqual(self.run_good("--version"), f"bezant {version}\n")

    def test_every_help_has_an_example_and_names_its_flags(self):
        self.assertIn("Exit codes", self.run_good("--help"))
        for command in COMMANDS:
            self.assertIn("Example: ", self.run_good(command, "--help"))
        for command in WALLET_COMMANDS:
            self.assertIn("Example: ", self.run_good("wallet", command, "--help"))

    def test_manual_page_is_troff_of_all_commands(self):
        page = self.run_good("man")
        self.assertTrue(page.startswith(".TH BEZANT 1"))
        for command in COMMANDS:
            self.assertIn(f".SH bezant {command}\n", page)
        for command in WALLET_COMMANDS:
            self.assertIn(f".SH bezant wallet {command}\n".replace("-", "\\-"), page)

    def test_bash_completes_commands_and_flags(self):
        script = self.run_good("completions", "bash")
        probe = script + """
COMP_WORDS=(bezant sim); COMP_CWORD=1; _bezant; echo "${COMPREPLY[@]}"
COMP_WORDS=(bezant simulate --at); COMP_CWORD=2; _bezant; echo "${COMPREPLY[@]}"
COMP_WORDS=(bezant wallet res); COMP_CWORD=2; _bezant; echo "${COMPREPLY[@]}"
COMP_WORDS=(bezant wallet create --w); COMP_CWORD=3; _bezant; echo "${COMPREPLY[@]}"
"""
        result = subprocess.run(["bash", "-c", probe], capture_output=True, text=True, check=True)
        self.assertEqual(result.stdout.split("\n")[:4], ["simulate", "--attack", "restore", "--words"])
        for shell in ("zsh", "fish"):
            self.assertIn("bezant", self.run_good("completions", shell))
        self.assert_refused(USAGE, "shell", "completions", "tcsh")


if __name__ == "__main__":
    unittest.main()
