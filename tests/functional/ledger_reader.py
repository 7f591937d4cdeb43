# SPDX-License-Identifier: Apache-2.0
"""A reader of ledger files that shares nothing with the program: written from docs/formats.md, with the
hashes of Python's own library."""
import hashlib
from dataclasses import dataclass

MAGIC = b"\x89BZT\r\n\x1a\n"
HEADER_BYTES = 80
CHECKSUM_BYTES = 32
COINBASE_OUTPUT_INDEX = 2**32 - 1


def sha256(data):
    return hashlib.sha256(data).digest()


def double_sha256(data):
    return sha256(sha256(data))


def tagged_hash(tag, data):
    return sha256(sha256(tag) + sha256(tag) + data)


def merkle_root(leaves):
    while len(leaves) > 1:
        pairs = [leaves[i:i + 2] for i in range(0, len(leaves), 2)]
        leaves = [double_sha256(b"".join(pair)) if len(pair) == 2 else pair[0] for pair in pairs]
    return leaves[0] if leaves else bytes(32)


class Reader:
    """Takes bytes one field after the other."""

    def __init__(self, data, at=0):
        self.data = data
        self.at = at

    def take(self, count):
        self.at += count
        return self.data[self.at - count:self.at]

    def number(self, count):
        return int.from_bytes(self.take(count), "little")

    def size(self):
        first = self.number(1)
        return self.number(1 << (first - 0xfc)) if first >= 0xfd else first


@dataclass
class Transaction:
    data: bytes
    id: str       # as people see it
    spends: list  # (transaction id, output index), but of a coinbase
    owners: list
    amounts: list
    key_at: int   # where in the file the first input's public key is


@dataclass
class Block:
    header: bytes
    hash: str
    previous: str
    merkle_root: bytes
    transactions: list


def shown(hash_bytes):
    return hash_bytes[::-1].hex()


def read_transaction(reader):
    begin = reader.at
    parts = [reader.take(4)]
    spends, owners, amounts = [], [], []
    count_at = reader.at
    inputs = reader.size()
    parts.append(reader.data[count_at:reader.at])
    key_at = reader.at + 36
    for _ in range(inputs):
        name = reader.take(36)
        parts += [name, reader.take(32)]
        reader.take(64)  # the signature, which the id leaves out
        index = int.from_bytes(name[32:], "little")
        if index != COINBASE_OUTPUT_INDEX:
            spends.append((shown(name[:32]), index))
    rest_at = reader.at
    for _ in range(reader.size()):
        amounts.append(reader.number(8))
        owners.append(reader.take(32))
    reader.take(4)
    parts.append(reader.data[rest_at:reader.at])
    identity = tagged_hash(b"bezant/transaction-id", b"".join(parts))
    return Transaction(bytes(reader.data[begin:reader.at]), shown(identity), spends, owners, amounts,
                       key_at)


def read_block(reader):
    header = bytes(reader.take(HEADER_BYTES))
    transactions = [read_transaction(reader) for _ in range(reader.size())]
    return Block(header, shown(double_sha256(header)), shown(header[4:36]), header[36:68], transactions)


def read_ledger(data):
    """The blocks of a ledger file, genesis first."""
    if data[:8] != MAGIC or sha256(data[:-CHECKSUM_BYTES]) != data[-CHECKSUM_BYTES:]:
        raise ValueError("not a ledger file, or damaged")
    reader = Reader(data, 12)
    for _ in range(2):
        reader.take(reader.size())  # name, address prefix
    reader.take(1 + 4 + 4 + 4 + 8 + 4 + 4 + 4 + 4 + 4)
    genesis_bytes = reader.number(4)
    blocks = [read_block(Reader(bytes(reader.take(genesis_bytes))))]
    for _ in range(reader.number(4)):
        reader.take(4)  # its length
        blocks.append(read_block(reader))
    if reader.at != len(data) - CHECKSUM_BYTES:
        raise ValueError("bytes after the last block")
    return blocks
