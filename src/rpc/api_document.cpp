// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "rpc/limits.hpp"
#include "rpc/method_text.hpp"

namespace bezant::rpc {

namespace {

constexpr std::string_view introduction = R"md(# Calling a node

Made by `bezant rpc --document > docs/api.md` from the table that answers calls: do not edit it by hand.

A node answers calls on loopback (port 7332 on the network `main`, 17332 on `test`, 27332 on `local`, 37332 on
`classroom`), over HTTP/1.1 with keep-alive and pipelining.

| request | answer | cookie |
|---|---|---|
| `POST /` | JSON-RPC 2.0, the methods below | needed |
| `GET /events` | what happens, over a WebSocket | needed |
| `GET /rest/…` | what anyone may read, below | none |
| `GET /metrics` | figures for Prometheus | none |
| `GET /health` | 200 while the node answers | none |

```sh
bezant rpc getblockchaininfo
bezant rpc getblock $(bezant rpc getbestblockhash) 2
curl --user "$(cat ~/.bezant/local/.cookie)" http://127.0.0.1:27332/ \
    --data '{"jsonrpc":"2.0","id":1,"method":"uptime"}'
```

## Who may call

- **The cookie.** When it starts, a node writes a file `.cookie` into its data folder that only its owner can read:
  `__cookie__:` and 64 hexadecimal digits, drawn anew each time, gone when the node stops. It is sent as HTTP Basic
  authorization, and compared in a time that does not tell how much of it was right. Without it: 401.
- **Loopback.** A node answers on no other address unless it is told twice: the address, and that others may call.
  Nothing is encrypted here; put TLS in front of it.
- **Browsers.** A page of somebody else must not reach a node by its reader's browser. Requests whose `Host` is a name
  other than `localhost` (an address is fine: a name can be made to point anywhere) or that come from a page of
  another `Origin` are refused with 403, readable or not.

## Bounds

Each is a constant in `src/rpc/limits.hpp`.

| what | at most | beyond it |
|---|---|---|
)md";

constexpr std::string_view after_bounds = R"md(
The head is judged before the body is read: who may not call cannot make a node hold a body.

## JSON-RPC

Calls are those of [JSON-RPC 2.0](https://www.jsonrpc.org/specification): arguments by position or by name, batches,
notifications (no `id`, no answer; alone, they are answered by 204). A call without `"jsonrpc": "2.0"` is answered as
bitcoind answers version 1: both `result` and `error`, one of them null. The status is 200 whenever there is JSON to read.

Names of methods and members are bitcoind's where the meaning is the same. Amounts are numbers of BZT with exactly
eight decimals, made from whole units without floating point; a program that needs them exact reads the digits. Hashes
are shown last byte first. Times are seconds since 1970.

Errors have a number and a sentence that says what was wrong, and where it helps what was got and expected:

| code | when |
|---|---|
| -32700 | the request is no JSON, or nested too deeply |
| -32600 | it is no call: no `method`, an `id` of another kind, an empty batch, a batch too long |
| -32601 | there is no such method; the nearest is named |
| -32602 | an argument is missing, unknown, or one too many |
| -3, -8 | an argument is of another type; is not a value that it may have |

Those of single methods are named with them.

## REST

Paths are bitcoind's where it has such. An unknown block or payment is answered by 404, a malformed request by 400.

| path | answer |
|---|---|
| `/rest/chaininfo.json` | as getblockchaininfo |
| `/rest/block/HASH.json`, `.hex`, `.bin` | the block with its transactions; its bytes |
| `/rest/headers/COUNT/HASH.json` | up to 2,000 headers of the best chain, from this one on |
| `/rest/blockhashbyheight/HEIGHT.json` | `blockhash` |
| `/rest/tx/ID.json` | a payment that waits for a block; if the node keeps an index, any transaction of the best chain |
| `/rest/address/ADDRESS.json` | as getaddressbalance |
| `/rest/addresshistory/COUNT/ADDRESS.json`, `/rest/addresshistory/COUNT/ADDRESS/AFTER.json` | as getaddresshistory |
| `/rest/addressutxos/COUNT/ADDRESS.json`, `/rest/addressutxos/COUNT/ADDRESS/AFTER.json` | as getaddressutxos |
| `/rest/mempool/info.json` | as getmempoolinfo |
| `/rest/mempool/contents.json` | as getrawmempool with `verbose` |

## Events

A WebSocket at `/events` is told what happens, each event an object in a text message: `event`, `time`
(seconds since 1970), `time_us` (microseconds since then), and

| event | with |
|---|---|
| `block_connected`, `block_disconnected` | `hash`, `height`: it joins or leaves the best chain |
| `block_mined` | `hash`, `height`: by this node |
| `block_left_stale` | `hash`, `height`: valid, but with no more work than what is held |
| `block_refused` | `hash`, `height`, `reason` |
| `payment_accepted` | `txid`: it waits for a block now |
| `double_spend_attempted` | `held` and `offered`, ids of payments that spend one coin; `pays_us` |
| `peer_connected`, `peer_gone` | `id`, `addr`, `inbound` |

What the listener says means nothing. Who does not read as fast as things happen is let go, and begins anew.
)md";

std::string bounds() {
    const auto row = [](std::string_view what, auto bound, std::string_view beyond) {
        return fmt::format("| {} | {} | {} |\n", what, bound, beyond);
    };
    const auto wait = [](Duration span) {
        return fmt::format("{} s", unix_seconds(Time{} + span));
    };
    return row("bytes of target and headers", head_bytes_max, "431") +
           row("bytes of a body", body_bytes_max, "413") +
           row("arrays and objects within each other", json_depth_max, "error -32700") +
           row("calls in a batch", calls_per_batch_max, "error -32600") +
           row("bytes of the answers to a batch", answer_bytes_max,
               "the calls that are left get error -1") +
           row("connections", connections_max, "503") +
           row("events that wait for a listener", events_waiting_max,
               "it is let go with close code 1013") +
           row("wait for a request's head, on a new or an idle connection", wait(head_wait_max),
               "the connection ends") +
           row("wait for its body", wait(body_wait_max), "the connection ends") +
           row("wait for an answer to be taken", wait(answer_wait_max), "the connection ends");
}

std::string parameters_of(const Method& method) {
    if (method.parameters.empty()) return "";
    std::string text = "| parameter | type | if left out | meaning |\n|---|---|---|---|\n";
    for (const Parameter& parameter : method.parameters) {
        text += fmt::format(
            "| `{}` | {} | {} | {} |\n", parameter.name, to_text(parameter.type),
            parameter.otherwise ? fmt::format("`{}`", *parameter.otherwise) : "an error",
            parameter.meaning);
    }
    return text + "\n";
}

std::string section_of(const Method& method) {
    std::string text =
        fmt::format("\n### {}\n\n`{}`\n\n{}.\n\n", method.name, usage_of(method), method.summary);
    text += parameters_of(method);
    text += fmt::format("Result: {}\n", method.result);
    if (!method.errors.empty()) text += "\nErrors:\n\n";
    for (const ErrorCase& error : method.errors)
        text += fmt::format("- {}: {}\n", static_cast<int>(error.code), error.when);
    return text + fmt::format("\nExample: `bezant rpc {}{}{}`\n", method.name,
                              method.example.empty() ? "" : " ", method.example);
}

}  // namespace

std::string api_document() {
    std::string text = std::string{introduction} + bounds() + std::string{after_bounds};
    for (const std::string_view group : method_groups()) {
        text += fmt::format("\n## {}\n", group);
        for (const Method& method : methods()) {
            if (method.group == group) text += section_of(method);
        }
    }
    return text;
}

}  // namespace bezant::rpc
