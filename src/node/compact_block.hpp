// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "chain/archive.hpp"
#include "crypto/short_hash.hpp"
#include "node/message.hpp"

namespace bezant {

/// Names transactions within one compact block (BIP 152): SipHash-2-4 of the full id, of which 48
/// bits are kept, under a key that follows from the header and the message's nonce. So nobody can
/// make payments beforehand that will be taken for one another.
class ShortIds {
public:
    ShortIds(const BlockHeader& header, std::uint64_t nonce);

    [[nodiscard]] ShortId of(const FullTransactionId& full_id) const;

private:
    ShortHashKey key_;
};

/// The block in compact form, the coinbase prefilled. Its body must be here. One short hash a
/// payment.
[[nodiscard]] CompactBlock make_compact_block(const Archive& archive, BlockIndex block,
                                              std::uint64_t nonce);

/// What any compact block is: the coinbase's place is prefilled, and every prefilled position is
/// one of the block's, in order. Bytes that say otherwise are not read as one.
[[nodiscard]] bool is_well_formed(const CompactBlock& message);

/// A body that is put together from a compact block, from payments that its receiver holds, and
/// from what is sent after. Whether it is the block's own, the merkle root tells
/// (Archive::add_body): short ids of different payments may be equal.
class PartialBlock {
public:
    /// The message is well formed. O(n log n) in its transactions.
    PartialBlock(const BlockHeader& header, const CompactBlock& message);

    [[nodiscard]] BlockIndex block() const { return block_; }
    [[nodiscard]] const ShortIds& short_ids() const { return short_ids_; }

    /// A payment that the receiver holds, whose short id this is. It takes the place of that id, if
    /// there is one; a place that two different payments could take is left to be asked for, and so
    /// are places of equal ids. Gives the same in whichever order payments are offered. O(log n).
    void offer(TransactionIndex payment, ShortId id);

    /// The positions that are empty, in order.
    [[nodiscard]] std::vector<std::uint32_t> missing() const;

    /// Fills the empty positions. False, and nothing is filled, unless there are as many
    /// transactions as empty positions, each with the short id of its place.
    [[nodiscard]] bool fill(std::span<const Transaction> transactions);

    /// Whether a payment is in it that was found by its short id alone.
    [[nodiscard]] bool has_guesses() const { return guesses_ != 0; }

    /// All transactions in order, once none is missing.
    [[nodiscard]] std::span<const BodyPart> parts() const { return parts_; }

    [[nodiscard]] std::size_t memory_bytes() const;

private:
    enum class State : std::uint8_t { empty, guessed, ambiguous, sent };

    /// A position that is not prefilled.
    struct Place {
        ShortId id = 0;
        std::uint32_t position = 0;
        State state = State::empty;

        [[nodiscard]] bool is_missing() const {
            return state == State::empty || state == State::ambiguous;
        }
    };

    void name_places(const CompactBlock& message);
    void mark_equal_ids();
    [[nodiscard]] std::vector<Place*> missing_places();

    BlockIndex block_;
    ShortIds short_ids_;
    std::vector<BodyPart> parts_;
    std::vector<Place> places_;  ///< ordered by id: a stranger chose them, so no hash table
    std::size_t guesses_ = 0;
};

}  // namespace bezant
