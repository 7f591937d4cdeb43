// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>
#include <variant>
#include <vector>

#include "base/amount.hpp"
#include "base/boxed.hpp"
#include "chain/block_findings.hpp"
#include "chain/fact_index.hpp"
#include "ledger/block.hpp"
#include "ledger/identifiers.hpp"
#include "ledger/transaction.hpp"
#include "node/network_address.hpp"

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

    friend bool operator==(const Hello&, const Hello&) = default;
};

struct Ping {
    std::uint64_t nonce = 0;

    friend bool operator==(const Ping&, const Ping&) = default;
};
struct Pong {
    std::uint64_t nonce = 0;

    friend bool operator==(const Pong&, const Pong&) = default;
};

/// "I have these payments."
struct Inventory {
    std::vector<TransactionIndex> payments;

    friend bool operator==(const Inventory&, const Inventory&) = default;
};

/// "Send me these." Answered with a message each, or NotFound.
struct GetData {
    std::vector<TransactionIndex> payments;
    std::vector<BlockIndex> blocks;

    friend bool operator==(const GetData&, const GetData&) = default;
};
struct NotFound {
    std::vector<TransactionIndex> payments;
    std::vector<BlockIndex> blocks;

    friend bool operator==(const NotFound&, const NotFound&) = default;
};

struct PaymentMessage {
    TransactionIndex payment = no_transaction;

    friend bool operator==(const PaymentMessage&, const PaymentMessage&) = default;
};

/// "Which headers come after these?" Newest first: a block locator.
struct GetHeaders {
    std::vector<BlockIndex> locator;
    /// Before the locator: a block that was told of and is not in the archive
    /// (node/header_presync.hpp).
    std::optional<BlockHash> beyond{};

    friend bool operator==(const GetHeaders&, const GetHeaders&) = default;
};

/// Headers, each the child of the one before. Also how a new block is announced (BIP 130).
struct Headers {
    std::vector<BlockIndex> headers;

    friend bool operator==(const Headers&, const Headers&) = default;
};

struct BlockMessage {
    BlockIndex block = no_block;

    friend bool operator==(const BlockMessage&, const BlockMessage&) = default;
};

/// Bytes that do not decode, or decode to what cannot be: all that is left of a bad message.
struct Malformed {
    std::string_view fault;  ///< never a text of the sender's: the field at fault, or rules reason

    friend bool operator==(const Malformed&, const Malformed&) = default;
};

// What a message brings that is not in the archive: it comes whole, and not by index. The
// participant decides whether it becomes a fact, by what it knows and by who sent it.

/// Headers of which one or more are new, each the child of the one before. Nothing else was looked
/// at: neither their work, nor whether the first has a parent here. At least one.
struct NewHeaders {
    std::vector<BlockHeader> headers;

    friend bool operator==(const NewHeaders&, const NewHeaders&) = default;
};

/// A block whose header or body is new. Whether the body is the header's own was not looked at.
struct NewBlock {
    Boxed<Block> block;
    /// What follows from its bytes alone, if whoever drives the participant has worked that out.
    /// Saves work, and changes nothing.
    std::shared_ptr<const BlockFindings> found{};

    friend bool operator==(const NewBlock& left, const NewBlock& right) {
        return left.block == right.block;
    }
};

/// A payment that is new, of a payment's form.
struct NewPayment {
    Boxed<Transaction> payment;
    FullTransactionId full_id;  ///< its own

    friend bool operator==(const NewPayment&, const NewPayment&) = default;
};

// Compact blocks (BIP 152): a block as the short ids of its payments, for who holds most of them.
// What such messages bring beyond ids they bring whole, and not by index: it becomes a fact when
// the merkle root of its block vouches for it, and nothing is kept before.

/// "I read compact blocks", and whether new ones are to be sent without being asked for.
struct SendCompact {
    bool unasked = false;

    friend bool operator==(const SendCompact&, const SendCompact&) = default;
};

/// A transaction of a compact block that is there whole.
struct Prefilled {
    std::uint32_t position = 0;  ///< among all transactions of the block
    Transaction transaction;

    friend bool operator==(const Prefilled&, const Prefilled&) = default;
};

/// 48 bits that name a transaction within one compact block (node/compact_block.hpp).
using ShortId = std::uint64_t;

/// A header, and what the block consists of.
struct CompactBlock {
    BlockIndex block = no_block;
    std::uint64_t nonce = 0;           ///< drawn for this message: the short ids depend on it
    std::vector<ShortId> short_ids;    ///< of what is not prefilled, in the block's order
    std::vector<Prefilled> prefilled;  ///< by position; the coinbase is the first

    friend bool operator==(const CompactBlock&, const CompactBlock&) = default;
};

/// A compact block whose header is new.
struct NewCompactBlock {
    Boxed<BlockHeader> header;
    CompactBlock outline;  ///< of no block yet

    friend bool operator==(const NewCompactBlock&, const NewCompactBlock&) = default;
};

/// "Send me this block in compact form." Answered with a CompactBlock, or with the block itself if
/// it is not one of the newest.
struct GetCompactBlock {
    BlockIndex block = no_block;

    friend bool operator==(const GetCompactBlock&, const GetCompactBlock&) = default;
};

/// "Of this block I lack the transactions at these positions." In order, at least one.
struct GetMissingTransactions {
    BlockIndex block = no_block;
    std::vector<std::uint32_t> positions;

    friend bool operator==(const GetMissingTransactions&, const GetMissingTransactions&) = default;
};

/// Those, in the same order.
struct MissingTransactions {
    BlockIndex block = no_block;
    std::vector<Transaction> transactions;

    friend bool operator==(const MissingTransactions&, const MissingTransactions&) = default;
};

/// "Do not tell me of payments that pay less" (BIP 133).
struct FeeFloor {
    Amount fee_per_kilobyte;

    friend bool operator==(const FeeFloor&, const FeeFloor&) = default;
};

/// "Whom else do you know?" Asked by whoever called, once a connection.
struct GetAddresses {
    friend bool operator==(const GetAddresses&, const GetAddresses&) = default;
};

/// An address, and when it was last up, in seconds since 1970, as far as whoever tells of it knows.
struct HeardAddress {
    NetworkAddress address;
    std::uint32_t heard_at = 0;

    friend bool operator==(const HeardAddress&, const HeardAddress&) = default;
};

/// Participants that can be called: the answer, or news of a few.
struct Addresses {
    std::vector<HeardAddress> addresses;

    friend bool operator==(const Addresses&, const Addresses&) = default;
};

using Message =
    std::variant<Hello, Ping, Pong, Inventory, GetData, NotFound, PaymentMessage, GetHeaders,
                 Headers, BlockMessage, NewHeaders, Malformed, CompactBlock, GetMissingTransactions,
                 MissingTransactions, FeeFloor, SendCompact, GetCompactBlock, GetAddresses,
                 Addresses, NewBlock, NewPayment, NewCompactBlock>;

/// "block", "headers", …: names for reports.
[[nodiscard]] std::string_view name_of(const Message& message);

inline constexpr std::size_t headers_per_message_max = 2'000;
inline constexpr std::size_t inventory_per_message_max = 1'000;
inline constexpr std::size_t locator_entries_max = 64;
inline constexpr std::size_t addresses_per_message_max = 1'000;

}  // namespace bezant
