// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string_view>
#include <variant>
#include <vector>

#include "chain/fact_index.hpp"
#include "ledger/identifiers.hpp"

namespace bezant {

inline constexpr std::uint32_t protocol_version = 1;

// What participants say to each other. In memory a message refers to facts by their index in the
// archive; node/message_codec turns it into the bytes of docs/formats.md and back.

/// First on every connection, from both sides: which network, and how high one's chain is.
struct Hello {
    std::uint32_t version = protocol_version;
    BlockHash genesis;
    std::uint64_t nonce = 0;  ///< random; meeting one's own means having called oneself
    Height height;
};

struct Ping {
    std::uint64_t nonce = 0;
};
struct Pong {
    std::uint64_t nonce = 0;
};

/// "I have these payments."
struct Inventory {
    std::vector<TransactionIndex> payments;
};

/// "Send me these." Answered with a message each, or NotFound.
struct GetData {
    std::vector<TransactionIndex> payments;
    std::vector<BlockIndex> blocks;
};
struct NotFound {
    std::vector<TransactionIndex> payments;
    std::vector<BlockIndex> blocks;
};

struct PaymentMessage {
    TransactionIndex payment = no_transaction;
};

/// "Which headers come after these?" Newest first: a block locator.
struct GetHeaders {
    std::vector<BlockIndex> locator;
};

/// Headers, each the child of the one before. Also how a new block is announced (BIP 130).
struct Headers {
    std::vector<BlockIndex> headers;
};

struct BlockMessage {
    BlockIndex block = no_block;
};

/// Bytes that do not decode, or decode to what cannot be: all that is left of a bad message.
struct Malformed {
    std::string_view fault;  ///< a name from a fixed list: decode reason, or rules reason
};

/// Headers whose first has a parent that is not known here.
struct UnconnectedHeaders {};

using Message = std::variant<Hello, Ping, Pong, Inventory, GetData, NotFound, PaymentMessage,
                             GetHeaders, Headers, BlockMessage, UnconnectedHeaders, Malformed>;

/// "block", "headers", …: names for reports.
[[nodiscard]] std::string_view name_of(const Message& message);

inline constexpr std::size_t headers_per_message_max = 2'000;
inline constexpr std::size_t inventory_per_message_max = 1'000;
inline constexpr std::size_t locator_entries_max = 64;

}  // namespace bezant
