// SPDX-License-Identifier: Apache-2.0
#include "rpc/rest.hpp"

#include <fmt/format.h>

#include <array>
#include <boost/json.hpp>
#include <charconv>
#include <optional>
#include <vector>

#include "ledger/codec.hpp"
#include "rpc/address_json.hpp"
#include "rpc/chain_lookup.hpp"
#include "rpc/ledger_json.hpp"
#include "rpc/limits.hpp"
#include "rpc/pool_json.hpp"

namespace bezant::rpc {

namespace {

using RestResult = Result<RestAnswer, RestError>;
using Parts = std::span<const std::string_view>;

enum class Format : std::uint8_t { json, hex, bin };

unexpected<RestError> malformed(std::string message) {
    return unexpected{RestError{.status = 400, .message = std::move(message)}};
}
unexpected<RestError> not_found(std::string message) {
    return unexpected{RestError{.status = 404, .message = std::move(message)}};
}

RestAnswer in_json_format(const json::value& value) {
    return {.content_type = "application/json", .body = json_text(value) + "\n"};
}

RestAnswer in_bytes(const Bytes& bytes, Format format) {
    if (format == Format::hex) return {.content_type = "text/plain", .body = to_hex(bytes) + "\n"};
    return {.content_type = "application/octet-stream",
            .body = std::string{bytes.begin(), bytes.end()}};
}

std::vector<std::string_view> parts_of(std::string_view path) {
    std::vector<std::string_view> parts;
    for (std::size_t slash = path.find('/'); slash != path.npos; slash = path.find('/')) {
        parts.push_back(path.substr(0, slash));
        path.remove_prefix(slash + 1);
    }
    parts.push_back(path);
    return parts;
}

/// Takes ".json", ".hex" or ".bin" off the last part.
std::optional<Format> take_format(std::string_view& last) {
    constexpr std::array<std::pair<std::string_view, Format>, 3> endings{
        {{".json", Format::json}, {".hex", Format::hex}, {".bin", Format::bin}}};
    for (const auto& [ending, format] : endings) {
        if (!last.ends_with(ending)) continue;
        last.remove_suffix(ending.size());
        return format;
    }
    return std::nullopt;
}

Result<std::uint32_t, RestError> number_of(std::string_view text) {
    std::uint32_t number = 0;
    const char* end = text.data() + text.size();
    const auto [stopped, error] = std::from_chars(text.data(), end, number);
    if (error == std::errc{} && stopped == end) return number;
    return malformed("expected a number");
}

template <class Hash>
Result<Hash, RestError> hash_of(std::string_view text) {
    const auto hash = fixed_from_hex_reversed<Hash>(text);
    if (hash) return *hash;
    return malformed("expected 64 hexadecimal digits");
}

/// What a lookup found, or 404.
template <class Value>
Result<Value, RestError> found_or_404(const Result<Value, RpcError>& found) {
    if (found) return *found;
    return not_found(found.error().message);
}

RestResult block(net::RunningNode& node, std::string_view digits, Format format) {
    const auto hash = hash_of<BlockHash>(digits);
    if (!hash) return unexpected{hash.error()};
    const auto found = found_or_404(find_body(node, *hash));
    if (!found) return unexpected{found.error()};
    if (format == Format::json)
        return in_json_format(block_in_json(node, *found, Transactions::whole));
    node.load(*found);
    return in_bytes(encoded(node.archive().assemble(*found)), format);
}

/// Headers of the best chain from this one on; none if it is not on it.
json::array headers_from(net::RunningNode& node, BlockIndex first, std::uint32_t count) {
    const LocalChain& chain = node.participant().chain();
    json::array list;
    if (!chain.is_on_best_chain(first)) return list;
    const std::uint32_t start = node.archive().blocks()[first].height.value;
    for (std::uint32_t i = 0; i < count && i <= chain.height().value - start; ++i)
        list.emplace_back(header_in_json(node, chain.block_at(Height{start + i})));
    return list;
}

RestResult headers(net::RunningNode& node, std::string_view count_text, std::string_view digits) {
    const auto count = number_of(count_text);
    if (!count) return unexpected{count.error()};
    if (*count == 0 || *count > headers_per_answer_max)
        return malformed(fmt::format("expected a count from 1 to {}", headers_per_answer_max));
    const auto hash = hash_of<BlockHash>(digits);
    if (!hash) return unexpected{hash.error()};
    const auto first = found_or_404(find_block(node, *hash));
    if (!first) return unexpected{first.error()};
    return in_json_format(headers_from(node, *first, *count));
}

RestResult block_hash_by_height(net::RunningNode& node, std::string_view text) {
    const auto height = number_of(text);
    if (!height) return unexpected{height.error()};
    const auto found = found_or_404(block_at_height(node, *height));
    if (!found) return unexpected{found.error()};
    return in_json_format(
        json::object{{"blockhash", shown_hash(node.archive().blocks()[*found].hash)}});
}

RestResult transaction(net::RunningNode& node, std::string_view digits) {
    const auto id = hash_of<TransactionId>(digits);
    if (!id) return unexpected{id.error()};
    if (const auto waiting = find_waiting(node, *id)) {
        return in_json_format(transaction_in_json(
            node.archive().transactions()[*waiting].transaction, node.archive().parameters()));
    }
    const auto block = found_or_404(find_confirmed(node, *id));
    if (!block) return unexpected{block.error()};
    const auto found = found_or_404(find_in_block(node, *block, *id));
    if (!found) return unexpected{found.error()};
    return in_json_format(confirmed_in_json(node, *block, *found));
}

RestResult page(const Result<json::object, RpcError>& found) {
    if (found) return in_json_format(*found);
    if (found.error().code == ErrorCode::invalid_parameter) return malformed(found.error().message);
    return not_found(found.error().message);
}

/// A page of what an address did (`addresshistory`) or has (`addressutxos`).
RestResult page_of_address(net::RunningNode& node, Parts parts) {
    const auto count = number_of(parts[1]);
    if (!count) return unexpected{count.error()};
    const auto owner = owner_named(node, parts[2]);
    if (!owner) return malformed(owner.error().message);
    const bool begins = parts.size() == 3;
    if (parts[0] == "addresshistory") {
        if (begins) return page(history_in_json(node, *owner, *count, {}));
        const auto after = hash_of<TransactionId>(parts[3]);
        if (!after) return unexpected{after.error()};
        return page(history_in_json(node, *owner, *count, *after));
    }
    if (begins) return page(coins_in_json(node, *owner, *count, {}));
    const auto after = outpoint_from_text(parts[3]);
    if (!after) return malformed(after.error().message);
    return page(coins_in_json(node, *owner, *count, *after));
}

RestResult address(net::RunningNode& node, std::string_view text) {
    const auto owner = owner_named(node, text);
    if (!owner) return malformed(owner.error().message);
    return page(balance_in_json(node, *owner));
}

/// Paths that give JSON only.
RestResult json_path(net::RunningNode& node, Parts parts) {
    if (parts.size() == 1 && parts[0] == "chaininfo") return in_json_format(chain_in_json(node));
    if (parts.size() == 3 && parts[0] == "headers") return headers(node, parts[1], parts[2]);
    if ((parts.size() == 3 || parts.size() == 4) &&
        (parts[0] == "addresshistory" || parts[0] == "addressutxos"))
        return page_of_address(node, parts);
    if (parts.size() == 2) {
        if (parts[0] == "blockhashbyheight") return block_hash_by_height(node, parts[1]);
        if (parts[0] == "tx") return transaction(node, parts[1]);
        if (parts[0] == "address") return address(node, parts[1]);
        if (parts[0] == "mempool" && parts[1] == "info") return in_json_format(pool_in_json(node));
        if (parts[0] == "mempool" && parts[1] == "contents")
            return in_json_format(payments_in_json(node));
    }
    return not_found("there is nothing at this path");
}

}  // namespace

RestResult answer_rest(net::RunningNode& node, std::string_view path) {
    constexpr std::string_view prefix = "/rest/";
    auto parts = parts_of(path.substr(prefix.size()));
    const auto format = take_format(parts.back());
    if (!format) return not_found("there is nothing at this path: expected one that ends in .json");
    if (parts.size() == 2 && parts[0] == "block") return block(node, parts[1], *format);
    if (*format != Format::json) return not_found("there is nothing at this path but .json");
    return json_path(node, parts);
}

}  // namespace bezant::rpc
