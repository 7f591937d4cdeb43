// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <string>

#include "base/hex.hpp"
#include "ledger/parameters.hpp"
#include "net/running_node.hpp"
#include "rpc/json_text.hpp"

namespace bezant::rpc {

// Facts of the ledger as members of results. Names are bitcoind's where the meaning is the same.

/// A hash as it is shown: the last byte first.
template <class Hash>
[[nodiscard]] std::string shown_hash(const Hash& hash) {
    return to_hex_reversed(hash.view());
}

/// The four bytes of a compact target, as bitcoind's "bits".
[[nodiscard]] std::string shown_bits(CompactTarget target);
/// A 256-bit number in hexadecimal digits, the most significant first.
[[nodiscard]] std::string shown_number(const Uint256& number);

/// How many times harder a target is than the easiest of Bitcoin (and of the main network), for
/// people to read.
[[nodiscard]] double difficulty_of(CompactTarget target);

[[nodiscard]] json::object output_in_json(const Output& output, std::size_t position,
                                          const Parameters& parameters);
[[nodiscard]] json::object transaction_in_json(const Transaction& transaction,
                                               const Parameters& parameters);
/// The same, and in which block it is: that of one which the participant has.
[[nodiscard]] json::object confirmed_in_json(net::RunningNode& node, BlockIndex block,
                                             TransactionIndex transaction);
/// Bytes in hexadecimal digits.
[[nodiscard]] std::string transaction_in_hex(const Transaction& transaction);

/// What a header says, and where it lies seen from the participant's best chain. Confirmations are
/// -1 for a block that is not on it.
[[nodiscard]] json::object header_in_json(net::RunningNode& node, BlockIndex block);

/// The participant's best chain, as getblockchaininfo tells it.
[[nodiscard]] json::object chain_in_json(net::RunningNode& node);

enum class Transactions : std::uint8_t { by_id, whole };
/// A block whose body the participant has.
[[nodiscard]] json::object block_in_json(net::RunningNode& node, BlockIndex block,
                                         Transactions transactions);

}  // namespace bezant::rpc
