#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""`bezant wallet` from its command line: keys in files, passwords, signing, and all that can go wrong."""
import hashlib
import os
import pty
import select
import stat
import struct
import subprocess
import unittest

from program import CHECK_FAILED, ENVIRONMENT, GOOD, INPUT, USAGE, TIMEOUT_SECONDS, ProgramTest

WORDS = "legal winner thank year wave sausage worth useful legal winner thank yellow"
# docs/formats.md, "Wallet file": the first key of these words on a test network.
FIRST_KEY = bytes.fromhex("ef59533788ec67e2d6aec2ac8566dc9861d9beaad167db3f10d8dc6710a16cc3")
GENESIS = slice(12, 44)


def payment(genesis, key, owner, paid, spent=1_000_000_000):
    """An unsigned payment of one coin, as docs/formats.md specifies it."""
    body = bytes.fromhex("89425a550d0a1a0a") + struct.pack("<I", 1) + genesis
    body += struct.pack("<I", 1) + b"\1" + bytes(32) + struct.pack("<I", 0) + key + bytes(64)
    body += bytes([len(paid)]) + b"".join(struct.pack("<Q", amount) + to for amount, to in paid)
    body += struct.pack("<I", 0) + struct.pack("<Q", spent) + owner
    return body + hashlib.sha256(body).digest()


class WalletTest(ProgramTest):
    def setUp(self):
        super().setUp()
        (self.folder / "password").write_text("correct horse\n")

    def wallet(self, *arguments, words=None):
        return subprocess.run([os.environ["BEZANT"], "wallet", *map(str, arguments)], cwd=self.folder, text=True,
                              input=words or "", capture_output=True, timeout=TIMEOUT_SECONDS, check=False,
                              start_new_session=True)

    def good(self, *arguments, **options):
        result = self.wallet(*arguments, **options)
        self.assertEqual(result.returncode, GOOD, result.stderr)
        return result.stdout

    def refused(self, code, message, *arguments, **options):
        result = self.wallet(*arguments, **options)
        self.assertEqual(result.returncode, code, result.stdout + result.stderr)
        self.assertIn(message, result.stderr)
        for secret in ("correct horse", "sausage", "sausige"):
            self.assertNotIn(secret, result.stdout + result.stderr)

    def restore(self, name="my.bzw"):
        self.good("restore", name, "--network", "local", "--password-file", "password", words=WORDS)
        return self.folder / name

    def at_terminal(self, keys, *arguments):
        """Runs the command with a terminal of its own, and types each answer when it is asked for."""
        program = os.environ["BEZANT"]
        pid, terminal = pty.fork()
        if pid == 0:
            os.chdir(self.folder)
            os.execv(program, [program, "wallet", *map(str, arguments)])
        printed = b""
        keys = list(keys)
        while select.select([terminal], [], [], TIMEOUT_SECONDS)[0]:
            try:
                printed += os.read(terminal, 65536)
            except OSError:  # it has ended
                break
            if keys and printed.rstrip(b" ").endswith((b":", b"[y/N]")):
                os.write(terminal, keys.pop(0))
        os.close(terminal)
        return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), printed.decode()

    def test_words_restore_what_was_created(self):
        for count in (12, 24):
            made = self.good("create", f"{count}.bzw", "--words", count, "--password-file", "password")
            words = next(line for line in made.splitlines() if len(line.split()) == count)
            again = f"{count}-again.bzw"
            self.good("restore", again, "--password-file", "password", words=f"  {words.upper()}\n")
            self.assertEqual(self.good("address", f"{count}.bzw"), self.good("address", again))

    def test_keys_are_those_of_the_words(self):
        path = self.restore()
        self.assertIn(FIRST_KEY, path.read_bytes())
        self.assertEqual(stat.S_IMODE(path.stat().st_mode), 0o600)
        for other in (["--network", "main"], ["--network", "local", "--account", "1"]):
            self.good("restore", "other.bzw", *other, "--password-file", "password", words=WORDS)
            self.assertNotIn(FIRST_KEY, (self.folder / "other.bzw").read_bytes())
            (self.folder / "other.bzw").unlink()
        (self.folder / "passphrase").write_text("TREZOR\n")
        self.good("restore", "other.bzw", "--network", "local", "--password-file", "password",
                  "--passphrase-file", "passphrase", words=WORDS)
        self.assertNotIn(FIRST_KEY, (self.folder / "other.bzw").read_bytes())

    def test_each_address_is_given_away_once(self):
        self.restore()
        given = [self.good("address", "my.bzw").strip() for _ in range(20)]
        self.assertEqual(len(set(given)), 20)
        listed = [line.split()[1] for line in self.good("address", "my.bzw", "--list").splitlines()]
        self.assertEqual(listed, given)
        self.refused(INPUT, "too many addresses", "address", "my.bzw")
        self.assertIn("20 given away", self.good("show", "my.bzw"))
        self.assertEqual(sorted(path.name for path in self.folder.iterdir()), ["my.bzw", "password"])

    def test_what_watches_cannot_sign(self):
        self.restore()
        address = self.good("address", "my.bzw").strip()
        self.good("export", "my.bzw", "watching.bzw")
        self.assertIn("only watches", self.good("show", "watching.bzw"))
        self.assertNotEqual(self.good("address", "watching.bzw").strip(), address)
        self.refused(INPUT, "only watches", "sign-message", "watching.bzw", address, "text",
                     "--password-file", "password")

    def test_messages_are_the_owner_s_or_nobody_s(self):
        self.restore()
        address = self.good("address", "my.bzw").strip()
        signature = self.good("sign-message", "my.bzw", address, "I am Alice.", "--password-file",
                              "password").strip()
        self.assertIn("for network local", self.good("verify-message", address, signature, "I am Alice."))
        other = self.good("address", "my.bzw").strip()
        self.refused(CHECK_FAILED, "did not sign", "verify-message", address, signature, "I am Bob.")
        self.refused(CHECK_FAILED, "did not sign", "verify-message", other, signature, "I am Alice.")
        self.refused(CHECK_FAILED, "did not sign", "verify-message", address, signature, "I am Alice.",
                     "--network", "test")
        self.refused(INPUT, "192", "verify-message", address, signature[1:], "I am Alice.")
        self.refused(INPUT, "", "verify-message", address[:-1], signature, "I am Alice.")
        self.good("create", "stranger.bzw", "--network", "local", "--password-file", "password")
        self.refused(INPUT, "not this wallet's", "sign-message", "stranger.bzw", address, "x",
                     "--password-file", "password")

    def test_payments_are_shown_and_signed(self):
        path = self.restore()
        owner = self.owner(path)
        paid = [(300_000_000, bytes(32)), (699_990_000, owner)]
        prepared = payment(path.read_bytes()[GENESIS], FIRST_KEY, owner, paid)
        (self.folder / "payment.bzu").write_bytes(prepared)
        (self.folder / "payment.hex").write_text(prepared.hex() + "\n")
        sign = ["--yes", "--password-file", "password"]
        shown = self.good("sign", "my.bzw", "payment.bzu", "signed.hex", *sign)
        for text in ("3.00 BZT", "6.9999 BZT", "0.0001 BZT", "(this wallet)"):
            self.assertIn(text, shown)
        self.good("sign", "my.bzw", "payment.hex", "again.hex", *sign)
        signed = (self.folder / "signed.hex").read_text()
        self.assertEqual(signed, (self.folder / "again.hex").read_text())
        transaction = bytes.fromhex(signed)
        self.assertEqual(transaction[:73], prepared[44:117])
        self.assertNotEqual(transaction[73:137], bytes(64))
        # Nothing is written over, and nothing is signed unasked.
        self.refused(INPUT, "is there already", "sign", "my.bzw", "payment.bzu", "my.bzw", *sign)
        self.refused(USAGE, "--yes", "sign", "my.bzw", "payment.bzu", "new.hex", "--password-file", "password")
        foreign = payment(bytes(32), FIRST_KEY, owner, paid)
        (self.folder / "foreign.bzu").write_bytes(foreign)
        self.refused(INPUT, "another network", "sign", "my.bzw", "foreign.bzu", "new.hex", *sign)
        (self.folder / "cut.bzu").write_bytes(prepared[:-1])
        self.refused(INPUT, "not a whole payment", "sign", "my.bzw", "cut.bzu", "new.hex", *sign)
        greedy = payment(path.read_bytes()[GENESIS], FIRST_KEY, owner, [(2_000_000_000, owner)])
        (self.folder / "greedy.bzu").write_bytes(greedy)
        self.refused(INPUT, "more than the coins", "sign", "my.bzw", "greedy.bzu", "new.hex", *sign)
        self.assertFalse((self.folder / "new.hex").exists())

    def owner(self, path):
        """Of the first key, out of its address: five bits a character, after the version."""
        address = self.good("address", path.name).strip()
        letters = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
        bits = "".join(f"{letters.index(c):05b}" for c in address.split("1", 1)[1][1:-6])
        return bytes(int(bits[i:i + 8], 2) for i in range(0, 256, 8))

    def test_a_person_types_the_password(self):
        code, printed = self.at_terminal([b"pass wort\x7fd\r", b"pass word\r"], "create", "t.bzw")
        self.assertEqual(code, GOOD, printed)
        self.assertNotIn("pass w", printed)
        address = self.good("address", "t.bzw").strip()
        code, printed = self.at_terminal([b"pass word\r"], "sign-message", "t.bzw", address, "x")
        self.assertEqual(code, GOOD, printed)
        code, printed = self.at_terminal([b"wrong\r"], "sign-message", "t.bzw", address, "x")
        self.assertEqual(code, INPUT, printed)
        code, printed = self.at_terminal([b"one\r", b"two\r"], "create", "u.bzw")
        self.assertEqual(code, INPUT, printed)
        self.assertIn("differ", printed)
        code, printed = self.at_terminal([b"one\x03"], "create", "u.bzw")
        self.assertEqual(code, USAGE, printed)
        self.assertFalse((self.folder / "u.bzw").exists())

    def test_who_types_wrong_words_is_told_which(self):
        typed = WORDS.replace("sausage", "sausige").encode() + b"\r"
        code, printed = self.at_terminal([typed], "restore", "t.bzw", "--password-file", "password")
        self.assertEqual(code, INPUT, printed)
        self.assertIn("word 6", printed)
        self.assertIn("sausage", printed)
        wrong = ["restore", "t.bzw", "--password-file", "password"]
        self.refused(INPUT, "not in the word list", *wrong, words=WORDS.replace("sausage", "sausige"))
        self.refused(INPUT, "a word is another than it was", *wrong, words=WORDS.replace("year", "yellow"))
        self.refused(INPUT, "words", *wrong, words=WORDS + " legal")
        self.refused(INPUT, "words", *wrong, words="")
        self.refused(INPUT, "too long", *wrong, words="legal " * 1000)
        self.assertFalse((self.folder / "t.bzw").exists())

    def test_files_are_never_written_over(self):
        path = self.restore()
        before = path.read_bytes()
        self.refused(INPUT, "is there already", "create", "my.bzw", "--password-file", "password")
        self.refused(INPUT, "is there already", "restore", "my.bzw", "--password-file", "password", words=WORDS)
        self.refused(INPUT, "is there already", "export", "my.bzw", "my.bzw")
        (self.folder / "link.bzw").symlink_to("nowhere.bzw")
        self.refused(INPUT, "is there already", "create", "link.bzw", "--password-file", "password")
        self.assertEqual(path.read_bytes(), before)

    def test_other_failures_are_told(self):
        path = self.restore()
        address = self.good("address", "my.bzw").strip()
        (self.folder / "wrong").write_text("wrong horse\n")
        (self.folder / "empty").write_text("\n")
        self.refused(INPUT, "password", "sign-message", "my.bzw", address, "x", "--password-file", "wrong")
        self.refused(INPUT, "empty", "create", "new.bzw", "--password-file", "empty")
        self.refused(ENVIRONMENT, "gone", "create", "new.bzw", "--password-file", "gone")
        self.refused(ENVIRONMENT, "cannot read .", "create", "new.bzw", "--password-file", ".")
        self.refused(USAGE, "--password-file", "create", "new.bzw")
        self.refused(ENVIRONMENT, "gone.bzw", "show", "gone.bzw")
        self.refused(ENVIRONMENT, "folder", "show", ".")
        self.refused(ENVIRONMENT, "cannot write", "create", "no/folder/new.bzw", "--password-file", "password")
        self.refused(USAGE, "--genesis", "create", "new.bzw", "--genesis", "12", "--password-file", "password")
        self.refused(USAGE, "", "create", "new.bzw", "--words", "13", "--password-file", "password")
        self.refused(USAGE, "did you mean create?", "crate", "new.bzw")
        self.refused(USAGE, "wants a command of its own")
        self.assertFalse((self.folder / "new.bzw").exists())
        whole = path.read_bytes()
        for size in range(0, len(whole), 500):
            (self.folder / "cut.bzw").write_bytes(whole[:size])
            self.refused(INPUT, "not a whole wallet file", "show", "cut.bzw")
        altered = bytearray(whole)
        altered[-100] ^= 1
        (self.folder / "altered.bzw").write_bytes(altered)
        self.refused(INPUT, "not a whole wallet file", "address", "altered.bzw")

    def test_keys_that_somebody_put_in_are_found(self):
        whole = bytearray(self.restore().read_bytes())
        place = whole.index(FIRST_KEY)
        whole[place] ^= 1
        whole[-32:] = hashlib.sha256(whole[:-32]).digest()
        (self.folder / "forged.bzw").write_bytes(whole)
        address = self.good("address", "forged.bzw").strip()
        self.refused(INPUT, "somebody has altered them", "sign-message", "forged.bzw", address, "x",
                     "--password-file", "password")

    def test_a_network_of_one_s_own(self):
        genesis = "00" * 31 + "07"
        flags = ["--network", "local", "--genesis", genesis]
        self.good("restore", "own.bzw", *flags, "--password-file", "password", words=WORDS)
        self.assertIn(f"genesis {genesis}", self.good("show", "own.bzw"))
        address = self.good("address", "own.bzw").strip()
        signature = self.good("sign-message", "own.bzw", address, "x", "--password-file", "password").strip()
        self.assertIn("good", self.good("verify-message", address, signature, "x", *flags))
        self.refused(CHECK_FAILED, "--genesis", "verify-message", address, signature, "x")


if __name__ == "__main__":
    unittest.main()
