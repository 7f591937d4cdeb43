#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Runs the commands that README.md and docs/*.md show, and follows their links.

A fenced block marked `console` is a promise: each line that starts with "$ " is a command (a line
that ends in a backslash goes on in the next), and the lines after it are what it prints. The command
must end with status 0 (write `command; echo "status $?"` to show another). If nothing is shown, what
it prints does not matter. Otherwise every line shown must be printed, in this order, one right
after the other; "…" in a line stands for any text, and a line of "…" alone for any number of lines.
Blocks with another mark, such as `sh`, are not run.

The commands of one document share a fresh folder in which `bezant` is on the path, `./run` starts
`bezant simulate`, and the project's folders of data are to be found.

Environment: BEZANT, the program; BEZANT_SOURCE_DIR, the project's folder.
"""
import os
import re
import signal
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path
from urllib.parse import unquote

ROOT = Path(os.environ.get("BEZANT_SOURCE_DIR", Path(__file__).resolve().parent.parent))
ANY = "…"
TIMEOUT_SECONDS = 120
FENCE = re.compile(r"^ *```(\w*)[^\n]*\n(.*?)^ *```", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\(([^)\s]+)\)")


class Command:
    def __init__(self, text, line):
        self.text = text
        self.line = line
        self.shown = []


def commands_of(document):
    """The commands of the document's console blocks, with what they are shown to print."""
    commands = []
    for block in FENCE.finditer(document):
        if block.group(1) == "console":
            first_line = document.count("\n", 0, block.start()) + 2
            commands += commands_of_block(block.group(2).splitlines(), first_line)
    return commands


def commands_of_block(lines, first_line):
    commands = []
    for number, line in enumerate(lines, first_line):
        if commands and not commands[-1].shown and commands[-1].text.endswith("\\"):
            commands[-1].text += "\n" + line
        elif line.startswith("$ "):
            commands.append(Command(line[2:], number))
        elif not commands:
            raise ValueError(f"line {number}: output before the first command of a console block")
        else:
            commands[-1].shown.append(line.rstrip())
    for command in commands:
        while command.shown and not command.shown[-1]:
            command.shown.pop()
    return commands


def line_matches(shown, printed):
    parts = map(re.escape, shown.split(ANY))
    return re.fullmatch(".*".join(parts), printed.rstrip()) is not None


def first_mismatch(shown, printed):
    """None if the printed lines are as shown, or the first shown line that is not there."""
    gap = True
    place = 0
    for line in shown:
        if line.strip() == ANY:
            gap = True
            continue
        while gap and place < len(printed) and not line_matches(line, printed[place]):
            place += 1
        if place == len(printed) or not line_matches(line, printed[place]):
            return line
        place += 1
        gap = False
    return None


def prepare(folder, program):
    for entry in ROOT.iterdir():
        if entry.name in ("README.md", "data", "docs", "scenarios", "tests"):
            (folder / entry.name).symlink_to(entry)
    (folder / "bin").mkdir()
    (folder / "bin/bezant").symlink_to(program)
    run = folder / "run"
    run.write_text(f'#!/bin/sh\nexec "{program}" simulate "$@"\n')
    run.chmod(0o755)
    return {**os.environ, "PATH": f"{folder / 'bin'}:{os.environ['PATH']}", "COLUMNS": "100"}


def end_groups(groups):
    """Ends what commands left running."""
    for group in groups:
        try:
            os.killpg(group, signal.SIGKILL)
        except ProcessLookupError:
            pass


def documents():
    return [ROOT / "README.md", *sorted(ROOT.glob("docs/**/*.md"))]


class Documents(unittest.TestCase):
    def test_commands_do_what_is_shown(self):
        program = Path(os.environ["BEZANT"]).resolve()
        for path in documents():
            with tempfile.TemporaryDirectory() as folder:
                environment = prepare(Path(folder), program)
                groups = []
                try:
                    for command in commands_of(path.read_text()):
                        with self.subTest(f"{path.relative_to(ROOT)}:{command.line}: {command.text}"):
                            self.run_command(command, folder, environment, groups)
                finally:
                    end_groups(groups)

    def run_command(self, command, folder, environment, groups):
        """Runs it in a group of processes of its own, which is added to `groups`."""
        with subprocess.Popen(["bash", "-c", command.text], cwd=folder, env=environment, text=True,
                              stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, start_new_session=True) as process:
            groups.append(process.pid)
            try:
                printed, _ = process.communicate(timeout=TIMEOUT_SECONDS)
            except subprocess.TimeoutExpired:
                end_groups([process.pid])
                self.fail(f"it did not end in {TIMEOUT_SECONDS} s")
        self.assertEqual(process.returncode, 0, f"status; it printed:\n{printed}")
        missing = first_mismatch(command.shown, printed.splitlines())
        self.assertIsNone(missing, f"not printed where it is shown; it printed:\n{printed}")

    def test_links_lead_to_files(self):
        for path in documents():
            prose = FENCE.sub("", path.read_text())
            for target in LINK.findall(prose):
                name = unquote(target.split("#")[0])
                if name and "://" not in target and not target.startswith("mailto:"):
                    with self.subTest(f"{path.relative_to(ROOT)}: {target}"):
                        self.assertTrue((path.parent / name).exists(), "no such file")


class Tool(unittest.TestCase):
    """That this tool notices when a document is wrong."""

    def test_reads_commands_and_what_they_print(self):
        commands = commands_of("```sh\n$ no\n```\ntext\n```console\n$ one \\\n  more\n1\n\n$ two\n```\n")
        self.assertEqual([(c.text, c.line, c.shown) for c in commands],
                         [("one \\\n  more", 6, ["1"]), ("two", 10, [])])

    def test_output_without_a_command_is_an_error(self):
        with self.assertRaises(ValueError):
            commands_of("```console\nbezant\n```\n")

    def test_compares_line_by_line(self):
        self.assertIsNone(first_mismatch(["b", "c"], ["a", "b", "c", "d"]))
        self.assertEqual(first_mismatch(["a", "c"], ["a", "b", "c"]), "c")
        self.assertIsNone(first_mismatch(["a", "…", "c"], ["a", "b", "c"]))
        self.assertEqual(first_mismatch(["c", "…", "a"], ["a", "b", "c"]), "a")
        self.assertEqual(first_mismatch(["a"], []), "a")

    def test_any_text_within_a_line(self):
        self.assertIsNone(first_mismatch(["took … s (exact)"], ["took 0.12 s (exact)"]))
        self.assertEqual(first_mismatch(["took … s"], ["took long"]), "took … s")

    def test_a_failing_command_is_noticed(self):
        with self.assertRaises(AssertionError):
            Documents().run_command(Command("exit 3", 1), "/", dict(os.environ), [])

    def test_other_output_than_shown_is_noticed(self):
        command = Command("echo one", 1)
        command.shown = ["two"]
        with self.assertRaises(AssertionError):
            Documents().run_command(command, "/", dict(os.environ), [])


if __name__ == "__main__":
    if "BEZANT" not in os.environ:
        sys.exit("set BEZANT to the path of the program")
    unittest.main()
