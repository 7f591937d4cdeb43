# SPDX-License-Identifier: Apache-2.0
"""Mining programs that know nothing of Bezant: only Bitcoin's header and hash, and the protocols by
which its mining programs get their work. Written from what those programs do, with Python's own
library."""
import base64
import hashlib
import http.client
import json
import socket
import struct

TIMEOUT_SECONDS = 60
DIFFICULTY_ONE = 0xffff << 208
NONCES_MAX = 5_000_000


def double_sha256(data):
    return hashlib.sha256(hashlib.sha256(data).digest()).digest()


def turn_words_round(data):
    """Each four bytes in the opposite order."""
    return b"".join(data[i:i + 4][::-1] for i in range(0, len(data), 4))


def number_of(hash_bytes):
    return int.from_bytes(hash_bytes, "little")


def target_of(bits):
    return (bits & 0xffffff) << 8 * ((bits >> 24) - 3)


def search(header, target, first=0):
    """A nonce with which the header of 80 bytes has a hash at or below the target, and the header."""
    for nonce in range(first, first + NONCES_MAX):
        tried = header[:76] + struct.pack("<I", nonce)
        if number_of(double_sha256(tried)) <= target:
            return nonce, tried
    raise AssertionError("no nonce found")


def bitcoins_merkle_root(leaves):
    """As Bitcoin folds it: a last node without a partner is paired with itself."""
    while len(leaves) > 1:
        if len(leaves) % 2:
            leaves = leaves + leaves[-1:]
        leaves = [double_sha256(leaves[i] + leaves[i + 1]) for i in range(0, len(leaves), 2)]
    return leaves[0]


class RpcMiner:
    """Speaks JSON-RPC 1.0 over HTTP, as mining programs do."""

    def __init__(self, address, cookie):
        host, port = address.rsplit(":", 1)
        self.connection = http.client.HTTPConnection(host, int(port), timeout=TIMEOUT_SECONDS)
        self.authorization = "Basic " + base64.b64encode(cookie.encode()).decode()

    def call(self, method, *params):
        body = json.dumps({"method": method, "params": params, "id": 0})
        self.connection.request("POST", "/", body, {"Authorization": self.authorization,
                                                    "Content-Type": "application/json"})
        answer = json.loads(self.connection.getresponse().read())
        if answer["error"] is not None:
            raise AssertionError(f"{method}: {answer['error']}")
        return answer["result"]

    def close(self):
        self.connection.close()

    def mine_by_getwork(self):
        work = self.call("getwork")
        data = bytes.fromhex(work["data"])
        target = int.from_bytes(bytes.fromhex(work["target"]), "little")
        header = turn_words_round(data)[:80]
        _, solved = search(header, target)
        return self.call("getwork", (turn_words_round(solved) + data[80:]).hex())

    def mine_by_template(self):
        """The verdict on a block made of a template: None if it was taken."""
        template = self.call("getblocktemplate", {"capabilities": ["coinbasetxn"], "rules": ["segwit"]})
        transactions = [bytes.fromhex(template["coinbasetxn"]["data"])]
        transactions += [bytes.fromhex(each["data"]) for each in template["transactions"]]
        root = bitcoins_merkle_root([double_sha256(each) for each in transactions])
        bits = int(template["bits"], 16)
        header = struct.pack("<I", template["version"])
        header += bytes.fromhex(template["previousblockhash"])[::-1] + root
        header += struct.pack("<III", template["curtime"], bits, 0)
        _, solved = search(header, int(template["target"], 16))
        return self.call("submitblock", (solved + bytes([len(transactions)]) + b"".join(transactions)).hex())


class StratumMiner:
    """Speaks Stratum v1, as cpuminer does."""

    def __init__(self, address, worker="worker.1"):
        host, port = address.rsplit(":", 1)
        self.socket = socket.create_connection((host, int(port)), TIMEOUT_SECONDS)
        self.lines = self.socket.makefile("r")
        self.worker = worker
        self.difficulty = self.job = None
        self.calls = 0
        (_, self.extranonce1, self.extranonce2_bytes), error = self.call("mining.subscribe", "tester/1.0")
        assert error is None

    def close(self):
        self.lines.close()
        self.socket.close()

    def authorize(self):
        return self.call("mining.authorize", self.worker, "x")[0]

    def call(self, method, *params):
        """The result and the error that it is answered by; notices that come first are followed."""
        self.calls += 1
        self.say(json.dumps({"id": self.calls, "method": method, "params": params}))
        while True:
            message = self.hear()
            if message.get("id") == self.calls:
                return message["result"], message["error"]

    def say(self, line):
        self.socket.sendall(line.encode() + b"\n")

    def hear(self):
        """The next message. What a notice says is remembered."""
        line = self.lines.readline()
        if not line:
            raise AssertionError("the server hung up")
        message = json.loads(line)
        if message.get("method") == "mining.set_difficulty":
            self.difficulty = message["params"][0]
        elif message.get("method") == "mining.notify":
            self.job = message["params"]
        return message

    def wait_for_job(self):
        while self.hear().get("method") != "mining.notify":
            pass
        return self.job

    def header(self, extranonce2):
        _, previous, before, behind, branch, version, bits, time, _ = self.job
        root = double_sha256(bytes.fromhex(before + self.extranonce1 + extranonce2 + behind))
        for partner in branch:
            root = double_sha256(root + bytes.fromhex(partner))
        return (bytes.fromhex(version)[::-1] + turn_words_round(bytes.fromhex(previous)) + root
                + bytes.fromhex(time)[::-1] + bytes.fromhex(bits)[::-1] + bytes(4))

    def share_target(self):
        return int(DIFFICULTY_ONE / self.difficulty)

    def block_target(self):
        return target_of(int(self.job[6], 16))

    def find(self, target, extranonce2=1, first=0):
        """A share: what it takes to submit it, and its hash as people see it."""
        extranonce2 = extranonce2.to_bytes(self.extranonce2_bytes, "big").hex()
        nonce, solved = search(self.header(extranonce2), target, first)
        return (self.job[0], extranonce2, self.job[7], f"{nonce:08x}"), double_sha256(solved)[::-1].hex()

    def failing_nonce(self, extranonce2):
        """One whose hash is no share."""
        header, nonce = self.header(extranonce2)[:76], 0
        while number_of(double_sha256(header + struct.pack("<I", nonce))) <= self.share_target():
            nonce += 1
        return f"{nonce:08x}"

    def submit(self, share):
        return self.call("mining.submit", self.worker, *share)
