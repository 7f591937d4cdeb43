// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/container/static_vector.hpp>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "base/result.hpp"
#include "base/uint256.hpp"
#include "chain/archive.hpp"
#include "ledger/block.hpp"
#include "rules/header_rules.hpp"

namespace bezant {

/// What is kept of a chain of headers that has not shown enough work to be kept itself. Headers are
/// never forgotten, so strangers must not make us keep what costs them little. A chain that is too
/// long for one message is therefore looked at twice (the idea of Bitcoin Core's headers
/// pre-synchronisation, PR 25717):
///
/// - First its work is added up, every header judged by all rules but the clock's. Of each full
///   message, the hash of the last header is all that stays: 32 bytes for 2,000 headers.
/// - Once it has shown enough, it is asked for again from the start, and a message is kept if it
///   ends with the hash that was there before: so every header kept is on a chain with that work.
class HeaderPresync {
public:
    /// Of a chain that branches off after this block, whose header obeys the rules.
    HeaderPresync(BlockIndex start, const Archive& archive);

    /// The block after which the chain branches off.
    [[nodiscard]] BlockIndex start() const { return start_; }
    /// What the next headers of the first look must come after.
    [[nodiscard]] const BlockHash& end() const { return end_; }
    /// All work up to there.
    [[nodiscard]] const Uint256& work() const { return work_; }
    /// Headers looked at so far.
    [[nodiscard]] std::uint64_t seen() const { return seen_; }
    /// No more is remembered of it.
    [[nodiscard]] bool is_full() const { return marks_.size() >= marks_max; }

    /// Looks at headers, each the child of the one before, the first that of end(). Refused with
    /// the first rule that one of them breaks; then this is of no use any longer. Two hashes a
    /// header.
    [[nodiscard]] Result<void, Rejection> look_at(std::span<const BlockHeader> headers,
                                                  const Parameters& parameters);

    /// It has shown enough work, and is asked for again.
    void look_again() { again_ = true; }
    [[nodiscard]] bool is_looking_again() const { return again_; }
    /// Whether these headers, a chain, are the next that were there before.
    [[nodiscard]] bool confirms(std::span<const BlockHeader> headers);

    [[nodiscard]] std::size_t memory_bytes() const {
        return sizeof(*this) + marks_.capacity() * sizeof(BlockHash);
    }

    /// Full messages remembered: 512 KiB for a chain of 32 million headers.
    static constexpr std::size_t marks_max = 16'384;

private:
    [[nodiscard]] ParentContext context() const;
    [[nodiscard]] Result<void, Rejection> append(const BlockHeader& header,
                                                 const Parameters& parameters);

    BlockIndex start_;
    BlockHash end_;
    Height height_;
    boost::container::static_vector<std::uint32_t, median_time_blocks> times_;  ///< newest last
    Uint256 work_;
    std::uint64_t seen_ = 0;
    std::vector<BlockHash> marks_;  ///< the last headers of full messages
    bool again_ = false;
    std::size_t confirmed_ = 0;  ///< of those
    BlockHash confirmed_end_;
};

}  // namespace bezant
