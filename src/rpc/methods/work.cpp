// SPDX-License-Identifier: Apache-2.0
// Work for mining programs: getblocktemplate (BIP 22 and 23) and getwork.
#include <algorithm>
#include <boost/json.hpp>

#include "base/hex.hpp"
#include "mining/block_verdict.hpp"
#include "rpc/ledger_json.hpp"
#include "rpc/limits.hpp"
#include "rpc/methods/groups.hpp"
#include "rpc/template_json.hpp"

namespace bezant::rpc {

namespace {

using boost::asio::awaitable;

std::string text_member(const json::object& object, std::string_view name,
                        std::string_view otherwise) {
    const json::value* value = object.if_contains(name);
    if (value == nullptr || !value->is_string()) return std::string{otherwise};
    return std::string{value->get_string()};
}

bool knows_promotion(const json::object& request) {
    const json::value* rules = request.if_contains("rules");
    const auto* list = rules == nullptr ? nullptr : rules->if_array();
    return list != nullptr && std::ranges::find(*list, json::value(promotion_rule)) != list->end();
}

/// Whether a template of this name, which begins with its parent's hash, is still on the tip.
bool is_on_tip(const Call& call, const std::string& long_poll_id) {
    const BlockIndex tip = call.node.participant().chain().tip();
    return long_poll_id.starts_with(shown_hash(call.node.archive().blocks()[tip].hash));
}

awaitable<Answer> get_block_template(const Call& call) {
    const json::object& request = call.arguments.object(0);
    if (text_member(request, "mode", "template") != "template") {
        co_return fail(
            ErrorCode::invalid_parameter,
            "template_request: the only mode is \"template\"; submitblock checks blocks");
    }
    if (is_on_tip(call, text_member(request, "longpollid", "none"))) {
        const bool goes_on = co_await call.watch.wait_for_tip(long_poll_max);
        if (!goes_on) co_return fail(ErrorCode::miscellaneous, "the node stops");
    }
    MiningDesk& mining = call.mining;
    TemplateDesk& desk = knows_promotion(request) ? mining.all_payments : mining.full_trees;
    const auto extranonce =
        numbered_extranonce(mining::GivenBy::block_template, ++mining.templates_given);
    co_return template_in_json(desk.current(), extranonce, call.node.archive().parameters());
}

json::object given_work(const Call& call) {
    const auto given = call.mining.getworks.give_out();
    return {{"data", to_hex(mining::getwork_data(given.header))},
            {"target", to_hex(given.target.to_little_endian())}};
}

/// Whether the header makes a block of ours the tip.
Answer take_work(const Call& call, const std::string& digits) {
    const auto bytes = from_hex(digits);
    const auto header = bytes ? mining::header_in_getwork_data(*bytes) : std::nullopt;
    if (!header) {
        return fail(ErrorCode::invalid_parameter,
                    "parameter 'data': expected 256 hexadecimal digits, as getwork gives them");
    }
    auto block = call.mining.getworks.find(*header);
    if (!block) return json::value(false);
    const auto verdict = mining::submit(call.node, *std::move(block));
    return json::value(verdict.kind == mining::BlockVerdict::Kind::taken);
}

Answer get_work(const Call& call) {
    if (call.arguments.has(0)) return take_work(call, call.arguments.text(0));
    return given_work(call);
}

}  // namespace

std::vector<Method> work_methods() {
    using enum ParameterType;
    constexpr std::string_view group = "Mining";
    return {
        {"getblocktemplate",
         group,
         "A block to be mined, as BIP 22 and 23 describe it",
         {{"template_request", object,
           "`longpollid` of an earlier answer: wait until the tip is another one, for a minute at "
           "most; `rules`, an array: with `merkle-promotion` in it, all payments are given",
           "{}"}},
         "An object: `version`, `previousblockhash`, `transactions` (each `data`, `txid`, `hash`, "
         "`depends`, `fee` in smallest units), `coinbasetxn` (the same; signed by this node, so it "
         "stays as it is but for its extranonce), `coinbasevalue`, `longpollid`, `target`, "
         "`mintime`, `mutable`, `noncerange`, `sizelimit` (bytes), `curtime`, `bits`, `height`. "
         "Unless the caller knows the rule `merkle-promotion`, there are as many transactions as "
         "make a full merkle tree: then Bitcoin's way to fold it gives the right root.",
         {{ErrorCode::invalid_parameter, "a mode other than `template`"}},
         "",
         get_block_template},
        {"getwork",
         group,
         "A header to be mined, or one that was",
         {{"data", text, "a header that has its nonce, framed as it was given; else one is given",
           "null"}},
         "Without `data` an object: `data` (128 bytes: the header padded for SHA-256, each four "
         "bytes turned round) and `target` (its last byte is the highest). With `data` whether it "
         "made a block that is now the tip; only headers given out on this tip do.",
         {{ErrorCode::invalid_parameter, "`data` is not of 256 hexadecimal digits"}},
         "",
         get_work},
    };
}

}  // namespace bezant::rpc
