#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Shows that check_layers.py finds each kind of fault: every test breaks one rule in a small tree
that is otherwise good."""
import tempfile
import unittest
from pathlib import Path

from check_layers import LINES_MAX, Checker

LICENCE = "// SPDX-License-Identifier: Apache-2.0\n"
GOOD = {
    "src/base/bytes.hpp": LICENCE + "#pragma once\n#include <vector>\n",
    "src/crypto/hash.hpp": LICENCE + '#pragma once\n#include "base/bytes.hpp"\n',
    "src/crypto/hash.cpp": LICENCE + '#include "crypto/hash.hpp"\n#include <sodium.h>\n',
    "src/chain/archive.hpp": LICENCE + '#pragma once\n#include "crypto/hash.hpp"\n',
    "src/storage/disk.cpp": LICENCE + '#include "chain/archive.hpp"\n#include <fstream>\n',
    "src/sim/world.hpp": LICENCE + "#pragma once\n#include <ostream>\n",
    "src/report/odds.cpp": LICENCE + "double odds() { return std::pow(0.5, 6.0); }\n",
    "apps/main.cpp": LICENCE + '#include "apps/flags.hpp"\n#include "report/table.hpp"\n#include <chrono>\n',
    "apps/flags.hpp": LICENCE + "#pragma once\n",
    "src/report/table.hpp": LICENCE + "#pragma once\n",
    "tests/unit/base/bytes_test.cpp": LICENCE + '#include "base/bytes.hpp"\n#include "tests/support.hpp"\n',
    "tests/support.hpp": LICENCE + "#pragma once\n",
}


def findings(changes, exceptions=None):
    with tempfile.TemporaryDirectory() as root:
        for name, text in {**GOOD, **changes}.items():
            path = Path(root, name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        return Checker(root, exceptions or {}).run()


class CheckLayers(unittest.TestCase):
    def assert_finds(self, expected, name, text, beside=None, exceptions=None):
        found = findings({**(beside or {}), name: text}, exceptions)
        self.assertEqual(len(found), 1, found)
        self.assertIn(expected, found[0])
        self.assertTrue(found[0].startswith(name + ":"), found[0])

    def assert_names(self, what, code, name="src/node/participant.cpp"):
        self.assert_finds(f"names {what}", name, LICENCE + code)

    def test_a_good_tree_has_no_findings(self):
        self.assertEqual(findings({}), [])

    def test_a_layer_does_not_include_a_later_one(self):
        self.assert_finds("base may not include crypto", "src/base/hex.cpp",
                          LICENCE + '#include "crypto/hash.hpp"\n')
        self.assert_finds("sim may not include report", "src/sim/run.cpp",
                          LICENCE + '#include "report/table.hpp"\n')

    def test_storage_and_net_do_not_include_beyond_their_port(self):
        self.assert_finds("storage may not include sim", "src/storage/world.cpp",
                          LICENCE + '#include "sim/world.hpp"\n')
        self.assert_finds("net may not include sim", "src/net/tcp.cpp", LICENCE + '#include "sim/world.hpp"\n')

    def test_the_wallet_stands_beside_the_rules(self):
        self.assert_finds("wallet may not include chain", "src/wallet/keyring.cpp",
                          LICENCE + '#include "chain/archive.hpp"\n')
        found = findings({"src/wallet/keyring.hpp": LICENCE + "#pragma once\n",
                          "src/node/participant.cpp": LICENCE + '#include "wallet/keyring.hpp"\n',
                          "src/rpc/wallet.cpp": LICENCE + '#include "wallet/keyring.hpp"\n',
                          "apps/wallet.cpp": LICENCE + '#include "wallet/keyring.hpp"\n'})
        self.assertEqual(found, ["src/node/participant.cpp:2: node may not include wallet (src/wallet/keyring.hpp)"])
        self.assert_names("a random device", "#include <random>\n", "src/wallet/keyring.cpp")
        self.assert_names("a file", "#include <fstream>\n", "src/wallet/wallet_file.cpp")

    def test_statistics_are_of_numbers(self):
        self.assert_finds("statistics may not include crypto", "src/statistics/mean.cpp",
                          LICENCE + '#include "crypto/hash.hpp"\n')
        self.assert_names("a clock", "#include <chrono>\n", "src/statistics/mean.cpp")
        self.assertEqual(findings({"src/statistics/law.cpp": LICENCE + "auto x = std::log(2.0);\n"}), [])

    def test_fidelity_stands_on_the_simulator_and_takes_its_logarithms(self):
        self.assert_finds("fidelity may not include report", "src/fidelity/forks.cpp",
                          LICENCE + '#include "report/table.hpp"\n')
        self.assert_names("a clock", "#include <chrono>\n", "src/fidelity/forks.cpp")
        self.assert_names("a thread", "#include <thread>\n", "src/fidelity/forks.cpp")
        self.assertEqual(findings({
            "src/statistics/mean.hpp": LICENCE + "#pragma once\n",
            "src/fidelity/forks.cpp": LICENCE + '#include "sim/world.hpp"\n#include "statistics/mean.hpp"\n'
                                                "#include <ostream>\nauto x = std::log(2.0);\n"}), [])
        self.assert_finds("sim may not include fidelity", "src/sim/world.cpp",
                          LICENCE + '#include "fidelity/check.hpp"\n', {
                              "src/fidelity/check.hpp": LICENCE + "#pragma once\n"})

    def test_sweeps_run_beside_each_other_over_reports(self):
        sweep = {"src/sweep/sweep.hpp": LICENCE + "#pragma once\n"}
        self.assertEqual(findings({
            **sweep, "src/sweep/run.cpp": LICENCE + '#include "report/table.hpp"\n#include <thread>\n'}), [])
        self.assert_finds("sweep may not include rpc", "src/sweep/run.cpp", LICENCE + '#include "rpc/server.hpp"\n', {
            "src/rpc/server.hpp": LICENCE + "#pragma once\n"})
        for layer in ("sim", "report", "fidelity", "statistics"):
            self.assert_finds(f"{layer} may not include sweep", f"src/{layer}/run.cpp",
                              LICENCE + '#include "sweep/sweep.hpp"\n', sweep)

    def test_mpi_knows_sweeps_and_nothing_knows_mpi(self):
        mpi = {"src/mpi/port.hpp": LICENCE + "#pragma once\n", "src/sweep/port.hpp": LICENCE + "#pragma once\n"}
        self.assertEqual(findings({
            **mpi, "src/mpi/port.cpp": LICENCE + '#include "sweep/port.hpp"\n#include "base/bytes.hpp"\n'}), [])
        self.assert_finds("mpi may not include sim", "src/mpi/run.cpp", LICENCE + '#include "sim/world.hpp"\n')
        self.assert_finds("mpi may not include report", "src/mpi/run.cpp", LICENCE + '#include "report/table.hpp"\n')
        self.assert_finds("sweep may not include mpi", "src/sweep/run.cpp", LICENCE + '#include "mpi/port.hpp"\n', mpi)

    def test_no_layer_includes_the_program_or_the_tests(self):
        self.assert_finds("report may not include apps", "src/report/plot.cpp",
                          LICENCE + '#include "apps/flags.hpp"\n')
        self.assert_finds("apps may not include tests", "apps/verify.cpp",
                          LICENCE + '#include "tests/support.hpp"\n')

    def test_an_unknown_folder_is_no_layer(self):
        self.assert_finds("not one of the layers", "src/utils/misc.cpp",
                          LICENCE + '#include "base/bytes.hpp"\n')

    def test_includes_are_full_paths(self):
        self.assert_finds("full path", "src/base/hex.cpp", LICENCE + '#include "bytes.hpp"\n')
        self.assert_finds("full path", "src/base/hex.cpp", LICENCE + '#include "../base/bytes.hpp"\n')

    def test_quotation_marks_are_for_the_projects_own_files(self):
        self.assert_finds("quotation marks", "src/base/hex.cpp", LICENCE + "#include <base/bytes.hpp>\n")
        self.assert_finds("quotation marks", "src/base/hex.cpp", LICENCE + '#include "vector"\n')

    def test_every_file_names_its_licence(self):
        self.assert_finds("licence", "src/base/hex.cpp", "int x();\n")
        self.assert_finds("licence", "tools/tool.py", "print()\n")

    def test_headers_are_read_once(self):
        self.assert_finds("#pragma once", "src/base/hex.hpp", LICENCE + "int x();\n")

    def test_headers_do_not_include_each_other(self):
        found = findings({
            "src/base/one.hpp": LICENCE + '#pragma once\n#include "base/two.hpp"\n',
            "src/base/two.hpp": LICENCE + '#pragma once\n#include "base/one.hpp"\n',
        })
        self.assertEqual(len(found), 1, found)
        self.assertIn("src/base/one.hpp > src/base/two.hpp > src/base/one.hpp", found[0])

    def test_clocks(self):
        for code in ["#include <chrono>\n", "auto t = clock_gettime(x);\n", "auto t = time(nullptr);\n",
                     "auto t = std::time(&x);\n", "auto t = bezant::chrono::now();\n"]:
            self.assert_names("a clock", code)

    def test_threads(self):
        for code in ["#include <thread>\n", "#include <mutex>\n", "thread_local int x;\n", "std::jthread t;\n"]:
            self.assert_names("a thread", code)

    def test_sockets_and_files(self):
        self.assert_names("a socket", "#include <sys/socket.h>\n")
        self.assert_names("a socket", "#include <boost/asio.hpp>\n")
        self.assert_names("a file", "#include <fstream>\n")
        self.assert_names("a file", 'auto f = fopen("x", "r");\n')
        self.assert_names("a file", "void f() { std::cout << 1; }\n", name="src/report/text.cpp")

    def test_random_devices(self):
        for code in ["#include <random>\n", "auto x = rand();\n", "std::srand(1);\n",
                     "std::random_device device;\n"]:
            self.assert_names("a random device", code)

    def test_the_environment(self):
        self.assert_names("the environment", 'auto x = std::getenv("HOME");\n')

    def test_functions_that_differ_between_mathematics_libraries(self):
        self.assert_names("a transcendental function", "auto x = std::log(2.0);\n", name="src/sim/law.cpp")

    def test_streams_are_for_sim_and_report(self):
        self.assert_names("a stream", "#include <ostream>\n")

    def test_assert_is_not_used_anywhere(self):
        self.assert_names("assert", "void f() { assert(true); }\n", name="tests/unit/base/x_test.cpp")

    def test_unfinished_work(self):
        self.assert_finds("unfinished", "src/base/hex.cpp", LICENCE + "// TODO" + ": more\n")

    def test_long_files(self):
        self.assert_finds("split the file", "src/base/hex.cpp", LICENCE + "int x();\n" * LINES_MAX)

    def test_libsodium_is_in_one_file(self):
        self.assert_finds("names libsodium, as src/crypto/hash.cpp", "src/crypto/sign.cpp",
                          LICENCE + "#include <sodium.h>\n")
        self.assert_finds("names libsodium", "src/crypto/sign.cpp", LICENCE + "auto x = sodium_init();\n")
        self.assert_finds("names libsodium", "src/crypto/seal.cpp",
                          LICENCE + "auto x = crypto_pwhash_argon2id(y);\n")
        self.assert_finds("names libsodium", "src/crypto/seal.cpp",
                          LICENCE + "auto x = crypto_aead_xchacha20poly1305_ietf_encrypt(y);\n")

    def test_comments_and_literals_may_mention_anything(self):
        self.assertEqual(findings({
            "src/node/participant.cpp": LICENCE + "// no std::thread, no rand()\n/* time(nullptr)\n std::cout */\n"
                                                  'const char* x = "std::thread \\" rand()"; int n = 1\'000\'000;\n'
                                                  'const char* y = R"(rand())"; char z = \'"\';\n'}), [])

    def test_code_after_digit_separators_is_read(self):
        self.assert_names("a random device", "int n = 1'000; auto x = rand(); int m = 2'000;\n")

    def test_names_that_only_resemble_the_forbidden_pass(self):
        self.assertEqual(findings({
            "src/node/participant.cpp": LICENCE + "int block_time(int); int x = block_time(0); static_assert(true);\n"
                                                  "auto y = operand(1); auto z = header.time;\n"}), [])

    def test_an_exception_allows_what_it_names_and_nothing_else(self):
        exception = {("src/sim/world.cpp", "a clock"): "because"}
        self.assertEqual(findings({"src/sim/world.cpp": LICENCE + "#include <chrono>\n"}, exception), [])
        self.assert_finds("names a thread", "src/sim/world.cpp",
                          LICENCE + "#include <chrono>\n#include <thread>\n", exceptions=exception)

    def test_an_exception_that_is_not_needed_is_a_finding(self):
        found = findings({}, {("src/sim/world.hpp", "a clock"): "because"})
        self.assertEqual(found, ["src/sim/world.hpp:1: the exception for a clock is not needed any more"])


if __name__ == "__main__":
    unittest.main()
