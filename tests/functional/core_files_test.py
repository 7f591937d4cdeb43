#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""A crash leaves no core file of a program that holds secrets, even where the machine is set to keep them."""
import os
import resource
import signal
import subprocess
import sys
import unittest

from nodes import PATIENCE_SECONDS, wait_until
from program import ProgramTest
from wallet_nodes import WalletNodesTest

CRASHES = (signal.SIGABRT, signal.SIGSEGV)
# The administrator may read all memory: without this one power root is a user like others.
AS_A_USER = ["setpriv", "--bounding-set=-sys_ptrace", "--inh-caps=-sys_ptrace"] if os.geteuid() == 0 else []


# The sanitizers would catch the signal, and keep cores from being left themselves.
ENVIRONMENT = {**os.environ, **{name: os.environ.get(name, "") + ":handle_segv=0:disable_coredump=0"
                                for name in ("ASAN_OPTIONS", "TSAN_OPTIONS")}}


def keep_core_files():
    """What `ulimit -c unlimited` does, for this process and those that it starts."""
    hard = resource.getrlimit(resource.RLIMIT_CORE)[1]
    resource.setrlimit(resource.RLIMIT_CORE, (hard, hard))


def leaves_core(process, crash):
    """Whether a process that is made to crash leaves a core, in a file or to whoever collects them."""
    process.send_signal(crash)
    ended = os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOWAIT)
    process.wait(PATIENCE_SECONDS)
    if ended.si_status != crash:
        raise AssertionError(f"it ended otherwise than by {crash.name}: {ended}")
    return ended.si_code == os.CLD_DUMPED


class CoreFilesTest(WalletNodesTest):
    def setUp(self):
        super().setUp()
        keep_core_files()

    def start_unlocked(self, *flags):
        node = self.start("alice", *flags, cwd=self.folder, env=ENVIRONMENT)
        self.call(node, "walletpassphrase", "correct horse", 600)
        return node

    def any_program_leaves_core(self):
        """Whether this machine lets any program leave a core: what the other answers are held to."""
        with subprocess.Popen([sys.executable, "-c", "import sys; sys.stdin.read()"], cwd=self.folder,
                              stdin=subprocess.PIPE) as process:
            return leaves_core(process, signal.SIGABRT)

    def test_a_node_with_an_open_wallet_leaves_none(self):
        for crash in CRASHES:
            with self.subTest(crash.name):
                self.assertFalse(leaves_core(self.start_unlocked().process, crash))

    def test_a_node_that_may_leaves_one_as_any_program(self):
        node = self.start_unlocked("--core-files")
        self.assertEqual(leaves_core(node.process, signal.SIGSEGV), self.any_program_leaves_core())


class OtherCommandsTest(ProgramTest):
    """Those that know a password or a cookie, while they wait."""

    WAITING = (("rpc", "--data", "nowhere", "--wait", "600", "uptime"),
               ("wallet", "restore", "my.bzw", "--network", "local", "--password-file", "password"))

    def setUp(self):
        super().setUp()
        keep_core_files()
        (self.folder / "password").write_text("correct horse\n")

    def start(self, *words):
        process = subprocess.Popen([*AS_A_USER, os.environ["BEZANT"], *words], cwd=self.folder,
                                   env=ENVIRONMENT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        self.addCleanup(process.communicate)
        self.addCleanup(process.kill)
        wait_until(lambda: self.is_limited(process) or process.poll() is not None, f"{words} without core files")
        return process

    def is_limited(self, process):
        with open(f"/proc/{process.pid}/limits", encoding="ascii") as limits:
            line = next(line for line in limits if line.startswith("Max core file size"))
        return line.split()[4:6] == ["0", "0"]

    def test_they_leave_none(self):
        for words in self.WAITING:
            with self.subTest(" ".join(words)):
                self.assertFalse(leaves_core(self.start(*words), signal.SIGABRT))

    def may_be_read(self, process):
        """Whether another program of the same user may look into it: who may follow this link may trace it."""
        return subprocess.run([*AS_A_USER, "readlink", f"/proc/{process.pid}/exe"], capture_output=True,
                              check=False).returncode == 0

    def test_nobody_can_read_their_memory(self):
        with subprocess.Popen([*AS_A_USER, "cat"], stdin=subprocess.PIPE) as other:
            wait_until(lambda: self.may_be_read(other), "any program may be read")
        for words in self.WAITING:
            with self.subTest(" ".join(words)):
                process = self.start(*words)
                wait_until(lambda: not self.may_be_read(process), "its memory is closed")


if __name__ == "__main__":
    unittest.main()
