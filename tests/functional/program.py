# SPDX-License-Identifier: Apache-2.0
"""What the functional tests share: the program under test, run as a person would run it.

Environment: BEZANT, the program; BEZANT_SOURCE_DIR, the project's folder.
"""
import os
import subprocess
import tempfile
import unittest
from pathlib import Path

SOURCE = Path(os.environ.get("BEZANT_SOURCE_DIR", Path(__file__).resolve().parents[2]))
TIMEOUT_SECONDS = 300

# The documented exit codes.
GOOD, CHECK_FAILED, USAGE, INPUT, ENVIRONMENT = range(5)


def bezant(*arguments, folder=None, text=True, **options):
    """Runs `bezant ARGUMENTS`; the result has returncode, stdout and stderr."""
    return subprocess.run([os.environ["BEZANT"], *map(str, arguments)], cwd=folder, text=text,
                          stdin=subprocess.DEVNULL, capture_output=True, timeout=TIMEOUT_SECONDS,
                          check=False, **options)


class ProgramTest(unittest.TestCase):
    """A test with a fresh folder of its own, `self.folder`."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)

    def run_good(self, *arguments, **options):
        """What the program prints when all is well; anything else fails the test."""
        result = bezant(*arguments, folder=self.folder, **options)
        self.assertEqual(result.returncode, GOOD, result.stderr)
        return result.stdout

    def assert_refused(self, code, message, *arguments):
        """The program ends with this exit code and says this on standard error."""
        result = bezant(*arguments, folder=self.folder)
        self.assertEqual(result.returncode, code, result.stdout + result.stderr)
        self.assertIn(message, result.stderr)
