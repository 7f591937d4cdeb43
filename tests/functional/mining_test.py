#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Mining programs that know only Bitcoin's protocols mine for a node: by Stratum v1, getwork and
getblocktemplate; and testers make blocks at once."""
import json
import signal
import unittest
import urllib.request

from miners import RpcMiner, StratumMiner
from nodes import Node
from program import ENVIRONMENT, USAGE, ProgramTest


class MiningTest(ProgramTest):
    def start(self, *flags, network="classroom"):
        self.node = Node(self.folder / "node", "--network", network, *flags)
        self.addCleanup(self.node.stop, signal.SIGKILL)
        self.data = self.folder / "node" / "data"
        return self.node

    def start_stratum(self, *flags, **options):
        self.start("--stratum-listen", "127.0.0.1:0", *flags, **options)
        self.stratum = self.node.wait_for(r"stratum at (\S+)").group(1)

    def rpc(self, *words):
        printed = self.run_good("rpc", "--data", self.data, "--wait", 60, *words)
        return json.loads(printed) if printed.startswith(("{", "[")) else printed.strip()

    def program(self, worker="worker.1"):
        program = StratumMiner(self.stratum, worker)
        self.addCleanup(program.close)
        return program

    def rpc_program(self):
        self.rpc("getblockcount")  # from now on both files are there
        program = RpcMiner((self.data / "rpc.address").read_text().strip(), (self.data / ".cookie").read_text())
        self.addCleanup(program.close)
        return program

    def address(self):
        (self.folder / "password").write_text("correct horse\n")
        self.run_good("wallet", "create", "w.bzw", "--network", "classroom", "--password-file", "password")
        return self.run_good("wallet", "address", "w.bzw").strip()

    def test_a_stratum_program_mines_a_block(self):
        self.start_stratum()
        program = self.program()
        self.assertTrue(program.authorize())
        program.wait_for_job()
        share, block = program.find(program.block_target())
        self.assertEqual(program.submit(share), (True, None))
        self.assertEqual(self.rpc("getbestblockhash"), block)
        job = program.wait_for_job()
        self.assertIs(job[8], True, "what was given before is worth nothing")
        self.assertEqual(program.submit(share)[1][0], 21)
        info = self.rpc("getstratuminfo")
        self.assertEqual(info["clients"], 1)
        worker, = info["workers"]
        self.assertEqual((worker["worker"], worker["accepted"], worker["stale"], worker["blocks"]),
                         ("worker.1", 1, 1, 1))
        self.node.stop()
        self.assertIn("sound", self.run_good("verify", self.data))

    def test_shares_are_judged_as_programs_expect(self):
        self.start_stratum("--stratum-difficulty", "1e-7")
        program = self.program()
        program.authorize()
        program.wait_for_job()
        self.assertGreater(program.share_target(), program.block_target())
        share, _ = program.find(program.share_target())
        self.assertEqual(program.submit(share), (True, None))
        self.assertEqual(program.submit(share)[1][0], 22)
        self.assertEqual(program.submit((*share[:3], program.failing_nonce(share[1])))[1][0], 23)
        stranger = self.program("stranger")
        self.assertEqual(stranger.submit(share)[1][0], 24)

    def test_two_programs_search_different_headers(self):
        self.start_stratum()
        programs = [self.program(f"w{i}") for i in range(2)]
        headers = set()
        for program in programs:
            program.authorize()
            program.wait_for_job()
            headers.add(program.header("00" * program.extranonce2_bytes)[36:68])
        self.assertEqual(len(headers), 2)
        share, _ = programs[0].find(programs[0].block_target())
        programs[0].submit(share)
        self.assertIs(programs[1].wait_for_job()[8], True, "all are told")

    def test_payments_get_into_the_block(self):
        """The branch that a program folds has the payments in it."""
        address = self.address()
        self.start_stratum("--wallet", self.folder / "w.bzw")
        self.rpc("generatetoaddress", 5, address)
        self.rpc("walletpassphrase", "correct horse", 600)
        for _ in range(2):
            self.rpc("sendtoaddress", self.rpc("getnewaddress"), "0.5")
        program = self.program()
        program.authorize()
        program.wait_for_job()
        self.assertEqual(len(program.job[4]), 2)
        share, block = program.find(program.block_target())
        self.assertEqual(program.submit(share), (True, None))
        self.assertEqual(len(self.rpc("getblock", block)["tx"]), 3)
        self.assertEqual(self.rpc("getmempoolinfo")["size"], 0)

    def test_programs_of_rpc_mine_blocks(self):
        address = self.address()
        self.start("--wallet", self.folder / "w.bzw")
        program = self.rpc_program()
        self.assertIs(program.mine_by_getwork(), True)
        self.assertIsNone(program.mine_by_template())
        self.assertEqual(self.rpc("getblockcount"), "2")
        self.rpc("generatetoaddress", 5, address)
        self.rpc("walletpassphrase", "correct horse", 600)
        for _ in range(2):
            self.rpc("sendtoaddress", self.rpc("getnewaddress"), "0.5")
        self.assertIsNone(program.mine_by_template())
        self.assertEqual(self.rpc("getmempoolinfo")["size"], 1, "as many as make a full tree")
        self.assertIs(program.mine_by_getwork(), True)
        self.assertEqual(self.rpc("getmempoolinfo")["size"], 0)

    def test_blocks_are_made_on_demand(self):
        address = self.address()
        self.start()
        hashes = self.rpc("generatetoaddress", 20, address)
        self.assertEqual(len(hashes), 20)
        self.assertEqual(self.rpc("getbestblockhash"), hashes[-1])
        paid = self.rpc("getblock", hashes[0], 2)["tx"][0]["vout"][0]["address"]
        self.assertEqual(paid, address)

    def test_a_hard_network_is_given_up(self):
        self.start(network="main")
        address = "bzt1qlmyyr3tjn5fypl76yarwu7ncc9htu0dj3k9ctnrs206fl3uk4cxsq74l4j"
        self.assertEqual(self.rpc("generatetoaddress", 1, address, 100_000), [])

    def test_metrics_count_shares(self):
        self.start_stratum()
        program = self.program()
        program.authorize()
        program.wait_for_job()
        program.submit(program.find(program.share_target())[0])
        self.rpc("getblockcount")
        where = (self.data / "rpc.address").read_text().strip()
        with urllib.request.urlopen(f"http://{where}/metrics") as answer:
            page = answer.read().decode()
        self.assertIn('bezant_stratum_shares_total{worker="worker.1",outcome="accepted"} 1\n', page)
        self.assertIn("bezant_stratum_clients 1\n", page)

    def test_a_hostile_program_harms_nobody(self):
        self.start_stratum()
        program = self.program()
        program.authorize()
        for garbage in ("\0" * 100, "{" * 1000, "x" * 100_000, '{"id":1,"method":"mining.submit","params":[1]}'):
            hostile = self.program()
            hostile.say(garbage)
            try:
                while hostile.lines.readline():
                    if garbage.startswith('{"id"'):
                        break
            except OSError:
                pass
        program.wait_for_job()
        share, block = program.find(program.block_target())
        self.assertEqual(program.submit(share), (True, None))
        self.assertEqual(self.rpc("getbestblockhash"), block)

    def test_wrong_flags_are_refused(self):
        self.assert_refused(USAGE, "nonsense is not an address", "node", "--data", self.folder / "x",
                            "--stratum-listen", "nonsense")
        self.assert_refused(ENVIRONMENT, "is not loopback", "node", "--data", self.folder / "x", "--no-listen",
                            "--no-rpc", "--stratum-listen", "0.0.0.0:0")


if __name__ == "__main__":
    unittest.main()
