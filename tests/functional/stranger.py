# SPDX-License-Identifier: Apache-2.0
"""A peer that says whatever a test wants, written from docs/formats.md with Python's own library.

Keys are made by libsodium, which the program needs anyway.
"""
import base64
import ctypes
import os
import socket
import ssl
import struct
import tempfile

from miners import double_sha256

TIMEOUT_SECONDS = 60
HEADERS_MAX = 2_000
EASY_TARGET = 0x207fffff  # network local: every second hash is low enough
(HELLO, PING, PONG, INVENTORY, GET_DATA, NOT_FOUND, PAYMENT, GET_HEADERS, HEADERS, BLOCK, COMPACT_BLOCK,
 GET_MISSING, MISSING, FEE_FLOOR, GET_ADDRESSES, ADDRESSES, SEND_COMPACT, GET_COMPACT) = range(1, 19)

sodium = ctypes.CDLL("libsodium.so.23")


def der(tag, *parts):
    content = b"".join(parts)
    length = bytes([len(content)]) if len(content) < 128 else struct.pack(">BH", 0x82, len(content))
    return bytes([tag]) + length + content


def pem(name, content):
    text = base64.encodebytes(content).decode()
    return f"-----BEGIN {name}-----\n{text}-----END {name}-----\n"


def fresh_identity():
    """A self-signed certificate with its key, as text; and the public key."""
    public, secret = ctypes.create_string_buffer(32), ctypes.create_string_buffer(64)
    sodium.crypto_sign_keypair(public, secret)
    ed25519 = der(0x30, bytes.fromhex("06032b6570"))
    nobody = der(0x30)
    validity = der(0x30, der(0x17, b"260101000000Z"), der(0x18, b"99991231235959Z"))
    said = der(0x30, der(0xa0, der(2, b"\2")), der(2, b"\1"), ed25519, nobody, validity, nobody,
               der(0x30, ed25519, der(3, b"\0", public.raw)))
    signature = ctypes.create_string_buffer(64)
    sodium.crypto_sign_detached(signature, None, said, ctypes.c_ulonglong(len(said)), secret)
    certificate = der(0x30, said, ed25519, der(3, b"\0", signature.raw))
    key = der(0x30, der(2, b"\0"), ed25519, der(4, der(4, secret.raw[:32])))
    return pem("CERTIFICATE", certificate) + pem("PRIVATE KEY", key), public.raw.hex()


def tls_context(identity, protocol="bezant/1"):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    context.minimum_version = ssl.TLSVersion.TLSv1_3
    if protocol:
        context.set_alpn_protocols([protocol])
    if identity:
        with tempfile.NamedTemporaryFile("w", suffix=".pem") as file:
            file.write(identity)
            file.flush()
            context.load_cert_chain(file.name)
    return context


def dial(address):
    host, port = address.rsplit(":", 1)
    return socket.create_connection((host, int(port)), TIMEOUT_SECONDS)


def size(number):
    if number < 253:
        return bytes([number])
    return struct.pack("<BH", 253, number) if number < 1 << 16 else struct.pack("<BI", 254, number)


def header_on(previous, time, root=bytes(32), wanted=True, first=0):
    """A header with the work that network local wants, or with less."""
    start = struct.pack("<I", 1) + previous + root + struct.pack("<II", time, EASY_TARGET)
    nonce = first
    while True:
        header = start + struct.pack("<I", nonce)
        work = double_sha256(header)
        # The target is 7fffff followed by zeros: the highest byte decides, all but always.
        if (work[31] < 0x7f) == wanted and work[31] != 0x7f:
            return header, work
        nonce += 1


def chain_on(previous, time, count):
    headers = []
    for number in range(count):
        header, previous = header_on(previous, time + number + 1, os.urandom(32) if number == 0 else bytes(32))
        headers.append(header)
    return headers


def headers_message(headers):
    return bytes([HEADERS]) + size(len(headers)) + b"".join(headers)


def hello(genesis, height=0):
    return struct.pack("<BI32s8sI", HELLO, 1, genesis, os.urandom(8), height)


class Stranger:
    """A connection with a node, from the TLS handshake on."""

    def __init__(self, address, genesis, height=0, greets=True):
        identity, self.key = fresh_identity()
        self.stream = tls_context(identity).wrap_socket(dial(address))
        if greets:
            self.say(hello(genesis, height))

    def say(self, message):
        self.say_bytes(struct.pack("<I", len(message)) + message)

    def say_bytes(self, raw):
        self.stream.sendall(raw)

    def hear(self):
        """The next message, or None if the node has hung up."""
        head = self.hear_bytes(4)
        return head and self.hear_bytes(struct.unpack("<I", head)[0])

    def hear_bytes(self, count):
        heard = b""
        while len(heard) < count:
            try:
                more = self.stream.recv(count - len(heard))
            except (ssl.SSLError, ConnectionError):
                return None
            if not more:
                return None
            heard += more
        return heard

    def hear_kind(self, kind):
        """The next message of a kind; those before it are let pass. None if the node has hung up."""
        while (message := self.hear()) is not None and message[0] != kind:
            pass
        return message

    def pong(self):
        """Whether everything that was said has been read and nothing of it was held against us."""
        nonce = os.urandom(8)
        self.say(bytes([PING]) + nonce)
        while (message := self.hear()) is not None:
            if message == bytes([PONG]) + nonce:
                return True
        return False

    def is_dropped(self):
        """Waits until the node hangs up. A node that goes on answers the ping."""
        try:
            return not self.pong()
        except (ssl.SSLError, ConnectionError):
            return True

    def close(self):
        self.stream.close()
