#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""`bezant rpc` against a node that a test plays: what is sent, what is shown, what it ends with."""
import base64
import http.server
import json
import threading
import unittest

from program import CHECK_FAILED, ENVIRONMENT, GOOD, INPUT, USAGE, ProgramTest, bezant

COOKIE = "__cookie__:" + "5e" * 32


class PlayedNode(http.server.BaseHTTPRequestHandler):
    """Answers every call with the server's `answer`, and remembers what it was asked."""

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.asked.append((self.headers["Authorization"], json.loads(body)))
        self.send_response(self.server.status)
        self.send_header("Content-Length", str(len(self.server.answer)))
        self.end_headers()
        self.wfile.write(self.server.answer)

    def log_message(self, *arguments):
        pass


class RpcTest(ProgramTest):
    def setUp(self):
        super().setUp()
        self.node = http.server.HTTPServer(("127.0.0.1", 0), PlayedNode)
        self.node.asked = []
        self.node.status = 200
        threading.Thread(target=self.node.serve_forever, daemon=True).start()
        self.addCleanup(self.node.server_close)
        self.addCleanup(self.node.shutdown)
        self.write_cookie()

    def write_cookie(self):
        cookie = self.folder / ".cookie"
        cookie.touch(0o600)
        cookie.write_text(COOKIE)

    def rpc(self, *words, answer=b'{"jsonrpc":"2.0","result":null,"id":1}'):
        self.node.answer = answer
        return bezant("rpc", "--data", self.folder, "--port", self.node.server_port, *words)

    def test_sends_the_cookie_and_the_call(self):
        self.assertEqual(self.rpc("setban", "192.0.2.1", "add", "60").returncode, GOOD)
        authorization, call = self.node.asked[0]
        self.assertEqual(authorization, "Basic " + base64.b64encode(COOKIE.encode()).decode())
        self.assertEqual(call, {"jsonrpc": "2.0", "id": 1, "method": "setban",
                                "params": ["192.0.2.1", "add", 60]})

    def test_arguments_may_be_named(self):
        self.assertEqual(self.rpc("--named", "getblockhash", "height=7").returncode, GOOD)
        self.assertEqual(self.node.asked[0][1]["params"], {"height": 7})
        wrong = self.rpc("--named", "getblockhash", "7")
        self.assertEqual(wrong.returncode, USAGE)
        self.assertIn("'7' is not of the form NAME=VALUE", wrong.stderr)

    def test_shows_results_for_people(self):
        for result, shown in ((b'"text"', "text\n"), (b'{"a":0.10000000}', '{\n  "a": 0.10000000\n}\n'),
                              (b"null", ""), (b"[]", "[]\n")):
            answer = b'{"jsonrpc":"2.0","result":' + result + b',"id":1}'
            self.assertEqual(self.rpc("x", answer=answer).stdout, shown)

    def test_ends_with_what_kind_of_refusal_it_was(self):
        for number, code in ((-26, CHECK_FAILED), (-32601, USAGE), (-32602, USAGE), (-5, INPUT), (-32603, ENVIRONMENT)):
            answer = json.dumps({"error": {"code": number, "message": "why"}, "id": 1}).encode()
            refused = self.rpc("x", answer=answer)
            self.assertEqual(refused.returncode, code)
            self.assertEqual(refused.stderr, f"bezant: error: why ({number})\n")

    def test_says_what_is_wrong_outside(self):
        self.node.status = 401
        self.assertIn("does not take this cookie", self.rpc("x").stderr)
        self.node.status = 200
        self.assertIn("is no node", self.rpc("x", answer=b"<html>").stderr)
        (self.folder / ".cookie").unlink()
        self.assert_refused(ENVIRONMENT, ".cookie: No such file", "rpc", "--data", self.folder, "uptime")
        self.write_cookie()
        self.node.shutdown()
        self.node.server_close()
        self.assert_refused(ENVIRONMENT, "cannot reach a node at 127.0.0.1:", "rpc", "--data", self.folder,
                            "--port", self.node.server_port, "uptime")

    def test_a_method_is_needed(self):
        self.assert_refused(USAGE, "no method is named", "rpc")


if __name__ == "__main__":
    unittest.main()
