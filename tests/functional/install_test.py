#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""`cmake --install` and `cpack`: everything is in its place, and what is installed needs no sources."""
import gzip
import os
import re
import subprocess
import tempfile
import tomllib
import unittest
from pathlib import Path

from program import SOURCE, ProgramTest

BUILD = Path(os.environ["BEZANT"]).parent
TEXTS = ("share/man/man1/bezant.1.gz", "share/bash-completion/completions/bezant", "share/zsh/vendor-completions/_bezant",
         "share/fish/vendor_completions.d/bezant.fish", "share/doc/bezant/bezant.toml")
OTHERS = ("bin/bezant", "lib/systemd/system/bezant.service", "share/bezant/scenarios/classroom.toml",
          "share/bezant/data/ten_participants.edges", "share/doc/bezant/README.md", "share/doc/bezant/docs/operations.md",
          "share/doc/bezant/deploy/container/compose.yaml", "share/doc/bezant/copyright")


def run(*words, **options):
    return subprocess.run(list(map(str, words)), check=True, capture_output=True, text=True, **options).stdout


def fresh_folder(test):
    """For what all tests of a class look at."""
    folder = tempfile.TemporaryDirectory()
    test.addClassCleanup(folder.cleanup)
    return Path(folder.name)


class InstallTest(ProgramTest):
    @classmethod
    def setUpClass(cls):
        cls.made = fresh_folder(cls)
        run("cmake", "--install", BUILD, "--prefix", cls.made / "usr")

    def test_everything_is_in_its_place(self):
        for name in TEXTS + OTHERS:
            self.assertGreater((self.made / "usr" / name).stat().st_size, 0, name)
        self.assertFalse((self.made / "usr/share/doc/bezant/deploy/debian").exists(), "how packages are made")

    def test_texts_are_those_of_the_program(self):
        said = [self.run_good(*words) for words in (("man",), ("completions", "bash"), ("completions", "zsh"),
                                                    ("completions", "fish"), ("config",))]
        files = [self.made / "usr" / name for name in TEXTS]
        self.assertEqual([gzip.decompress(files[0].read_bytes()).decode(), *(file.read_text() for file in files[1:])], said)

    def test_scenarios_are_found_without_sources(self):
        program = self.made / "usr/bin/bezant"
        (self.folder / "elsewhere").mkdir()
        for scenario in ("classroom", self.made / "usr/share/bezant/scenarios/classroom.toml"):
            self.assertIn("balanced", run(program, "simulate", scenario, "--rounds", 1, cwd=self.folder / "elsewhere"))


@unittest.skipUnless(BUILD.name == "release", "a package is made of the preset release")
class PackageTest(ProgramTest):
    """A package for Debian, taken apart."""

    @classmethod
    def setUpClass(cls):
        cls.made = fresh_folder(cls)
        run("cpack", "-B", cls.made, cwd=BUILD)
        cls.package = next(cls.made.glob("bezant_*.deb"))
        run("dpkg-deb", "-R", cls.package, cls.made / "apart")

    def test_the_package_is_whole(self):
        apart = self.made / "apart"
        for name in TEXTS + OTHERS:
            self.assertTrue((apart / "usr" / name).is_file(), name)
        config = tomllib.loads((apart / "etc/bezant/bezant.toml").read_text())
        self.assertEqual(config, {"network": "main", "data": "/var/lib/bezant"})
        self.assertEqual((apart / "DEBIAN/conffiles").read_text(), "/etc/bezant/bezant.toml\n")
        control = (apart / "DEBIAN/control").read_text()
        depends = re.search(r"^Depends: (.*)$", control, re.MULTILINE).group(1)
        for library in ("adduser", "libc6 (>= ", "librocksdb", "libsodium23", "libsqlite3-0", "libssl3"):
            self.assertIn(library, depends)
        self.assertNotIn("mpi", depends, "a cluster has one of its own")
        version = re.search(r"^Version: (.*)$", control, re.MULTILINE).group(1)
        self.assertEqual(f"bezant {version}\n", self.run_good("--version"))
        changelog = (SOURCE / "deploy/debian/changelog").read_text()
        self.assertTrue(changelog.startswith(f"bezant ({version}) "), "the changelog is of another version")

    def test_lintian_finds_nothing(self):
        self.assertEqual(run("lintian", "--allow-root", "--fail-on", "error,warning", self.package), "")


if __name__ == "__main__":
    unittest.main()
