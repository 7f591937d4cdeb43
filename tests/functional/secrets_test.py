#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""No secret in a log or an error: a session with a wallet, right and wrong, at the most talkative level. All that
node and program said is searched for everything that they knew: words, passwords, cookie and keys, in every
usual form."""
import base64
import hashlib
import hmac
import http.client
import json
import re
import struct
import unittest

from nodes import wait_until
from program import SOURCE, bezant
from wallet_nodes import WalletNodesTest

PASSWORD, WRONG_PASSWORD, PASSPHRASE = "correct horse", "staple battery", "of the words, a part"
TEST_COIN_TYPE = 1


def child(key, chain, index):
    """SLIP-0010 for ed25519, which has hardened children only."""
    digest = hmac.digest(chain, b"\0" + key + struct.pack(">I", index | 1 << 31), "sha512")
    return digest[:32], digest[32:]


def keys_of(words):
    """Every secret between the words and the first keys, by name."""
    seed = hashlib.pbkdf2_hmac("sha512", words.encode(), f"mnemonic{PASSPHRASE}".encode(), 2048)
    digest = hmac.digest(b"ed25519 seed", seed, "sha512")
    key, chain = digest[:32], digest[32:]
    keys = {"seed": seed, "master key": key}
    for index in (44, TEST_COIN_TYPE, 0):
        key, chain = child(key, chain, index)
    for branch in (0, 1):
        branch_key, branch_chain = child(key, chain, branch)
        keys[f"branch {branch}"] = branch_key
        keys |= {f"key {branch}/{index}": child(branch_key, branch_chain, index)[0] for index in range(5)}
    return keys


def entropy_of(words):
    listed = (SOURCE / "data/bip39_english.txt").read_text().split()
    bits = "".join(f"{listed.index(word):011b}" for word in words.split())
    return int(bits[:128], 2).to_bytes(16, "big")


def forms_of(secret):
    """How a secret might be written by accident, in lower case."""
    texts = [secret.hex(), secret[::-1].hex(), base64.b64encode(secret).decode().rstrip("="),
             base64.b32encode(secret).decode().rstrip("="), str(list(secret))[1:-1]]
    return [secret, *(text.lower().encode() for text in texts)]


class SecretsTest(WalletNodesTest):
    def setUp(self):
        super().setUp()
        (self.folder / "passphrase").write_text(PASSPHRASE + "\n")
        self.said = []
        created = self.run_good("wallet", "create", "alice.bzw", "--network", "local", "--password-file",
                                     "password", "--passphrase-file", "passphrase")
        self.words = re.search(r"^((?:[a-z]+ ){11}[a-z]+)$", created, re.MULTILINE).group(1)

    def hear(self, *words):
        """Runs the program; all that it says is searched in the end."""
        result = bezant(*words, folder=self.folder)
        self.said.append((" ".join(map(str, words[-4:])), (result.stdout + result.stderr).encode()))
        return result

    def ask(self, node, *words):
        return self.hear("rpc", "--data", node.folder / "data", "--wait", 60, *words)

    def post(self, node, body, user):
        """A request as some program of one's own may make it."""
        host, port = (node.folder / "data/rpc.address").read_text().split()[0].rsplit(":", 1)
        connection = http.client.HTTPConnection(host, int(port))
        connection.request("POST", "/", body,
                           {"Authorization": "Basic " + base64.b64encode(user.encode()).decode()})
        answer = connection.getresponse()
        self.said.append((f"POST {body[:20]}", str(answer.headers).encode() + answer.read()))
        connection.close()

    def use_wallet(self, node):
        """What a person does, and what goes wrong."""
        self.ask(node, "walletpassphrase", WRONG_PASSWORD, 60)
        self.ask(node, "sendtoaddress", self.ask(node, "getnewaddress").stdout.strip(), "1")
        self.ask(node, "walletpassphrase", PASSWORD, 600)
        wait_until(lambda: self.call(node, "getbalance") > 2, "rewards that can be spent")
        self.assertEqual(self.ask(node, "sendtoaddress", self.call(node, "getnewaddress"), "1").returncode, 0)
        for words in ((PASSWORD, -1), (PASSWORD,), (PASSWORD, 60, PASSWORD), (f'["{PASSWORD}"]', 60), (PASSWORD, PASSWORD),
                      (60, PASSWORD)):
            self.ask(node, "walletpassphrase", *words)
        self.ask(node, PASSWORD)
        self.ask(node, "getbalance", PASSWORD)
        self.ask(node, "help", "walletpassphrase")
        self.ask(node, "walletlock")

    def send_nonsense(self, node, cookie):
        """Requests that cannot be read, with secrets in them; and a wrong cookie."""
        call = {"jsonrpc": "2.0", "id": 1, "method": "walletpassphrase", "params": {"passphrase": PASSWORD, "timeout": 60}}
        good = json.dumps(call)
        named = json.dumps({**call, "params": {"passphrases": PASSWORD, "timeout": [PASSWORD]}})
        for body in (good, good[:-1], named, good.replace("2.0", PASSWORD), json.dumps([call, {"method": [PASSWORD]}])):
            self.post(node, body, cookie)
        self.post(node, json.dumps({**call, "params": PASSWORD}), cookie)
        self.post(node, good, cookie[:-1] + "x")
        self.post(node, good, "user:" + PASSWORD)

    def fail_without_node(self):
        """Errors of the program itself."""
        (self.folder / "wrong").write_text(WRONG_PASSWORD + "\n")
        self.hear("wallet", "show", "alice.bzw")
        self.hear("wallet", "sign-message", "alice.bzw", "--password-file", "wrong", "tbzt1x", "text")
        self.hear("wallet", "restore", "alice.bzw", "--network", "local", "--password-file", "password")
        self.hear("node", "--data", "other", "--wallet", "password", "--no-listen")
        self.hear("rpc", "--data", ".", "uptime")

    def test_nothing_that_is_said_holds_a_secret(self):
        node = self.start("alice", "--log", "debug", "--mine", 1, "--hash-rate", 40)
        wait_until(lambda: (node.folder / "data/rpc.address").exists(), "it answers")
        cookie = (node.folder / "data/.cookie").read_text().strip()
        self.use_wallet(node)
        self.send_nonsense(node, cookie)
        self.fail_without_node()
        node.stop()
        self.said.append(("the log", node.log_path.read_bytes()))
        self.assertIn(b" debug ", self.said[-1][1], "the log is at its most talkative")
        for name, forms in self.secrets(node, cookie).items():
            for where, text in self.said:
                with self.subTest(f"{name} in {where}"):
                    self.assertFalse([form for form in forms if form in text or form in text.lower()])

    def secrets(self, node, cookie):
        words = self.words.split()
        secrets = {f"words {i} to {i + 2}": [" ".join(words[i:i + 3]).encode()] for i in range(10)}
        secrets |= {name: forms_of(text.encode()) for name, text in
                    (("password", PASSWORD), ("wrong password", WRONG_PASSWORD), ("passphrase", PASSPHRASE),
                     ("cookie", cookie), ("cookie's digits", cookie.split(":")[1]))}
        secrets |= {name: forms_of(bytes.fromhex((node.folder / "data" / name).read_text()))
                    for name in ("identity.key", "miner.key")}
        return secrets | {name: forms_of(key) for name, key in {"entropy": entropy_of(self.words),
                                                                **keys_of(self.words)}.items()}


class ToolTest(unittest.TestCase):
    """That what is searched for is what the program knows."""

    def test_keys_are_those_that_the_wallet_derives(self):
        # Published with SLIP-0010, test vector 1 for ed25519: chain m/0'.
        seed = bytes(range(16))
        digest = hmac.digest(b"ed25519 seed", seed, "sha512")
        self.assertEqual(child(digest[:32], digest[32:], 0)[0].hex(),
                         "68e0fe46dfb67e368c75379acec591dad19df3cde26e63b93a8e704f1dade7a3")
        self.assertEqual(entropy_of("legal winner thank year wave sausage worth useful legal winner thank yellow"),
                         b"\x7f" * 16)


if __name__ == "__main__":
    unittest.main()
