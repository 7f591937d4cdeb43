# SPDX-License-Identifier: Apache-2.0
"""Nodes with wallets, for tests that pay."""
import json
import signal
from decimal import Decimal

from nodes import Node
from program import ProgramTest


class WalletNodesTest(ProgramTest):
    """A test whose nodes have wallets, each locked up by the words in `password`."""

    def setUp(self):
        super().setUp()
        (self.folder / "password").write_text("correct horse\n")

    def start(self, name, *flags, **options):
        wallet = self.folder / f"{name}.bzw"
        if not wallet.exists():
            self.run_good("wallet", "create", wallet, "--network", "local", "--password-file", "password")
        node = Node(self.folder / name, "--wallet", wallet, *flags, **options)
        self.addCleanup(node.stop, signal.SIGKILL)
        return node

    def call(self, node, *words):
        """The result of a call, which must be good."""
        text = self.run_good("rpc", "--data", node.folder / "data", "--wait", 60, *words)
        try:
            return json.loads(text, parse_float=Decimal)
        except ValueError:
            return text.strip()
