// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/amount.hpp"
#include "base/strong_integer.hpp"
#include "base/time.hpp"
#include "ledger/identifiers.hpp"

namespace bezant::sim {

/// A named count: how often something happened, summed over participants.
struct Count {
    std::string name;
    std::uint64_t count = 0;

    friend bool operator==(const Count&, const Count&) = default;
};

/// What an attack tried and what came of it.
struct AttackOutcome {
    std::string name;
    bool succeeded = false;
    std::string detail;  ///< one or two plain sentences, with the numbers
    struct Step {
        Duration at;  ///< since the start
        std::string what;
    };
    std::vector<Step> story;            ///< what happened, step by step, for people
    std::optional<double> theory_odds;  ///< chance that it succeeds by theory, where there is one
    struct Figure {
        std::string name;     ///< for programs: "revenue_share"
        std::string meaning;  ///< for people: "his share of the main chain's blocks"
        double value = 0;
        std::optional<double> theory;  ///< what it should be, where that is known
    };
    std::vector<Figure> figures{};  ///< what can be measured of it
};

/// 0 of nothing.
[[nodiscard]] inline double ratio(std::uint64_t part, std::uint64_t whole) {
    return whole == 0 ? 0 : static_cast<double>(part) / static_cast<double>(whole);
}

/// How blocks fared that travelled compact, between participants with a pool of payments. Bytes are
/// of messages.
struct CompactBlocks {
    std::uint64_t arrived = 0;  ///< compact blocks, also such as were there already
    /// Of these, the first that their receiver got of their block: those that he put together.
    std::uint64_t first = 0;
    /// Of these, those whose payments he did not all hold, and asked for.
    std::uint64_t incomplete = 0;
    std::uint64_t fetched_whole = 0;  ///< blocks that came whole where a copy had not sufficed
    std::uint64_t missing = 0;        ///< payments that were asked for
    std::uint64_t bytes = 0;          ///< of `arrived`
    std::uint64_t missing_bytes = 0;  ///< of the payments that were sent after
    /// Of the blocks of which they were sent, had these come whole.
    std::uint64_t incomplete_whole_bytes = 0;
    std::uint64_t first_bytes = 0;        ///< of `first`
    std::uint64_t first_whole_bytes = 0;  ///< the same, had they come whole

    /// What share of the first had to wait for payments.
    [[nodiscard]] double failure_share() const { return ratio(incomplete, first); }
    /// What share of such a block that is, in bytes.
    [[nodiscard]] double missing_share() const {
        return ratio(missing_bytes, incomplete_whole_bytes);
    }
    [[nodiscard]] double missing_mean() const { return ratio(missing, incomplete); }
    [[nodiscard]] double bytes_mean() const { return ratio(first_bytes, first); }
    [[nodiscard]] double whole_bytes_mean() const { return ratio(first_whole_bytes, first); }

    friend bool operator==(const CompactBlocks&, const CompactBlocks&) = default;
};

/// All that a run comes to; docs/output.md says what each field means.
struct Summary {
    std::string scenario;
    std::uint64_t seed = 0;
    std::string digest;  ///< of a simulation
    std::uint32_t participants = 0;
    Duration virtual_time;
    std::uint64_t events = 0;

    struct Blocks {
        std::uint64_t mined = 0;
        std::uint64_t main_chain = 0;  ///< without genesis
        std::uint64_t stale = 0;
    } blocks;

    struct Transactions {  ///< payments; coinbases are not counted
        std::uint64_t created = 0;
        std::uint64_t confirmed = 0;
        std::uint64_t rejected =
            0;  ///< can never confirm: refused by everyone, or dropped in conflict
        std::uint64_t pending = 0;
    } transactions;

    struct Agreement {
        std::uint32_t tips =
            0;          ///< different best blocks among running participants; 1 is agreement
        Height height;  ///< of the best of them
        BlockHash tip;
    } agreement;

    struct Ledger {
        Amount allocated;  ///< by the genesis block
        Amount issued;     ///< allocated, and mined since: by the rules' own count
        Amount balances;   ///< of all owners: what participants' wallets say, and strangers' coins
        Amount coins;      ///< all unspent coins of the best chain, counted one by one
        std::uint64_t coin_count = 0;  ///< how many they are
        Amount fees;                   ///< paid so far, to miners
        std::vector<Amount> by_participant;
        bool balanced = false;  ///< issued, balances and coins are equal
    } ledger;

    struct Propagation {  ///< from mining a main-chain block to a participant taking it as valid
        std::uint64_t samples = 0;
        Duration p50;
        Duration p90;
        Duration p99;
    } propagation;

    std::vector<Count> rejections;     ///< by reason
    std::vector<Count> dropped_peers;  ///< by misconduct
    std::vector<Count> messages;       ///< delivered, by kind
    std::uint64_t message_bytes = 0;
    std::optional<CompactBlocks> compact_blocks;  ///< where they are in use
    std::uint64_t checker_steps =
        0;  ///< how many times the checkers looked; they abort the run if one fires
    std::optional<AttackOutcome> attack;
};

}  // namespace bezant::sim
