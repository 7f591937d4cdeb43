// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>

#include "sim/attack.hpp"

namespace bezant::sim {

/// What an attacker and his victim have with each other: one coin, spent twice, by a payment to the
/// victim and one back to the attacker; and what the victim has seen of it.
class Trade {
public:
    Trade() = default;
    Trade(ParticipantId attacker, ParticipantId victim) : attacker_(attacker), victim_(victim) {}

    /// Signs both, of the attacker's largest coin on this tip; false if he has none above the fee.
    bool sign(AttackControl& control, Amount fee, BlockIndex tip);

    /// To be called with each of the victim's notices.
    void victim_noticed(const Archive& archive, const Notice& notice);

    [[nodiscard]] ParticipantId attacker() const { return attacker_; }
    [[nodiscard]] ParticipantId victim() const { return victim_; }
    [[nodiscard]] bool is_signed() const { return to_victim_ != no_transaction; }
    [[nodiscard]] const TransactionIndex& to_victim() const { return to_victim_; }
    [[nodiscard]] const TransactionIndex& back() const { return back_; }
    [[nodiscard]] bool is_one_of_both(TransactionIndex payment) const {
        return payment == to_victim_ || payment == back_;
    }
    [[nodiscard]] Amount amount() const { return amount_; }

    /// The victim has the payment in his pool, and was not told of another one before.
    [[nodiscard]] bool is_accepted() const { return accepted_; }
    /// Blocks of the victim's chain on the payment, its own included; 0 if it is not there.
    [[nodiscard]] std::uint32_t confirmations() const { return confirmations_; }
    /// The most that there ever were.
    [[nodiscard]] std::uint32_t confirmations_seen() const { return confirmations_seen_; }
    /// How many blocks the victim's chain went back when it lost the payment; 0 if it did not.
    [[nodiscard]] std::size_t undone() const { return undone_; }

    /// At the end: the coin is back, and the victim has nothing.
    [[nodiscard]] bool is_reversed(const World& world) const;

private:
    void victim_moved(const Archive& archive, const TipChange& change);

    ParticipantId attacker_ = 0;
    ParticipantId victim_ = 0;
    TransactionIndex to_victim_ = no_transaction;
    TransactionIndex back_ = no_transaction;
    Amount amount_;
    bool accepted_ = false;
    bool warned_ = false;
    std::optional<BlockIndex> paid_in_;
    std::uint32_t confirmations_ = 0;
    std::uint32_t confirmations_seen_ = 0;
    std::size_t undone_ = 0;
};

}  // namespace bezant::sim
