// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <boost/json.hpp>

#include "base/hex.hpp"
#include "ledger/address.hpp"
#include "ledger/codec.hpp"
#include "mining/block_search.hpp"
#include "mining/block_verdict.hpp"
#include "rpc/ledger_json.hpp"
#include "rpc/limits.hpp"
#include "rpc/methods/groups.hpp"

namespace bezant::rpc {

namespace {

using boost::asio::awaitable;
using mining::BlockSearch;
using mining::BlockVerdict;

/// Nothing if the tries are used up, or the node is gone.
awaitable<std::optional<Block>> search_block(const Call& call, BlockSearch& search) {
    while (!search.is_exhausted()) {
        std::optional<Block> found = search.step();
        const bool goes_on = co_await call.watch.give_way();
        if (!goes_on) co_return std::nullopt;
        if (found) co_return found;
    }
    co_return std::nullopt;
}

awaitable<Answer> generate(const Call& call, std::uint32_t count, BlockSearch search) {
    json::array hashes;
    while (hashes.size() < count) {
        std::optional<Block> found = co_await search_block(call, search);
        if (!found) break;
        const BlockHash hash = block_hash(found->header);
        const BlockVerdict verdict = mining::submit(call.node, *std::move(found));
        if (verdict.rejection)
            co_return fail(ErrorCode::verify_rejected, to_text(*verdict.rejection));
        if (verdict.kind == BlockVerdict::Kind::taken) hashes.emplace_back(shown_hash(hash));
    }
    co_return hashes;
}

awaitable<Answer> generate_to_address(const Call& call) {
    const std::uint32_t count = call.arguments.number(0);
    if (count > generated_blocks_max) {
        co_return fail(ErrorCode::invalid_parameter,
                       fmt::format("parameter 'nblocks': got {}, expected at most {}", count,
                                   generated_blocks_max));
    }
    const auto owner =
        owner_of_address(call.arguments.text(1), call.node.archive().parameters().address_prefix);
    if (!owner) co_return fail(ErrorCode::invalid_address_or_key, owner.error().text);
    co_return co_await generate(call, count,
                                BlockSearch{call.node, *owner, call.arguments.number(2)});
}

/// Why a block is refused, in the words of BIP 22, which programs know.
std::string_view bip22_reason(Reason reason) {
    switch (reason) {
        case Reason::insufficient_work:
            return "high-hash";
        case Reason::unknown_block_version:
            return "bad-version";
        case Reason::malformed_target:
        case Reason::wrong_target:
            return "bad-diffbits";
        case Reason::unknown_parent:
        case Reason::invalid_parent:
            return "bad-prevblk";
        case Reason::time_too_early:
            return "time-too-old";
        case Reason::time_too_late:
            return "time-too-new";
        case Reason::merkle_root_mismatch:
            return "bad-txnmrklroot";
        case Reason::missing_coinbase:
            return "bad-cb-flag";
        default:
            return "rejected";
    }
}

json::value bip22_verdict(const BlockVerdict& verdict) {
    switch (verdict.kind) {
        case BlockVerdict::Kind::taken:
            return nullptr;
        case BlockVerdict::Kind::rival:
            return "inconclusive";
        case BlockVerdict::Kind::known:
            return "duplicate";
        case BlockVerdict::Kind::refused:
            break;
    }
    return json::value(bip22_reason(verdict.rejection->reason));
}

Answer submit_block(const Call& call) {
    const auto bytes = from_hex(call.arguments.text(0));
    if (!bytes) {
        return fail(ErrorCode::deserialization_error,
                    "expected the bytes of a block in hexadecimal digits, two a byte");
    }
    auto block = block_from_bytes(*bytes);
    if (!block) {
        return fail(ErrorCode::deserialization_error,
                    "this is no block: " + to_text(block.error()));
    }
    return bip22_verdict(mining::submit(call.node, *std::move(block)));
}

}  // namespace

std::vector<Method> block_making_methods() {
    using enum ParameterType;
    constexpr std::string_view group = "Mining";
    return {
        {"generatetoaddress",
         group,
         "Make blocks at once, as fast as this processor finds them",
         {{"nblocks", number, "how many"},
          {"address", text, "whom they pay"},
          {"maxtries", number, "nonces that are tried for all of them together", "1000000"}},
         "Their hashes, of as many as were found. The node goes on with its work meanwhile.",
         {{ErrorCode::invalid_parameter, "more than 10000 blocks"},
          {ErrorCode::invalid_address_or_key, "the address is none of this network"},
          {ErrorCode::verify_rejected,
           "a block breaks a rule: so many were made at once that their "
           "times are too far ahead"}},
         "1 tbzt1qlmyyr3tjn5fypl76yarwu7ncc9htu0dj3k9ctnrs206fl3uk4cxst33p28",
         generate_to_address},
        {"submitblock",
         group,
         "Hand in a block that was mined elsewhere",
         {{"hexdata", text, "its bytes in hexadecimal digits"},
          {"parameters", object, "BIP 22 has it; it means nothing here", "{}"}},
         "Null if it is on the best chain now; else, as BIP 22 says, `duplicate` (it was here "
         "already), `inconclusive` (valid, and no better than a block seen before), or why it is "
         "refused: `high-hash`, `bad-diffbits`, `bad-prevblk`, `bad-txnmrklroot`, `bad-cb-flag`, "
         "`bad-version`, `time-too-old`, `time-too-new`, `rejected`. The log says more.",
         {{ErrorCode::deserialization_error, "the digits are no block; the error says where"}},
         "00",
         submit_block},
    };
}

}  // namespace bezant::rpc
