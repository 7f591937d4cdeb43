// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <vector>

#include "crypto/ed25519.hpp"
#include "sim/actor.hpp"
#include "sim/attacks/audience.hpp"

namespace bezant::sim {

/// A miner with two faces: two participants with one key. The public one lives among the
/// neighbours; the secret one has the machine, and mines on a branch that nobody sees. What one of
/// them has, the other gets when the miner hands it over, and not before. Whoever attacks with it
/// says when. His coins are kept for that: he makes no payment that he is ordered to.
class SecretMiner : public Actor {
public:
    explicit SecretMiner(const Seat& seat);

    void handle(const Event& event, Time now, Effects& effects) override;
    [[nodiscard]] const Participant* participant() const override { return &public_; }
    [[nodiscard]] bool is_honest() const override { return false; }

protected:
    /// The secret face takes the machine, on top of the public tip, with this payment in its pool
    /// before all others. Linear in the chain.
    void begin_in_secret(std::optional<TransactionIndex> payment, Time now, Effects& effects);
    /// The secret face gets the blocks of the public chain that it lacks, and mines on them if they
    /// are more work than its own branch.
    void follow(Time now, Effects& effects);
    /// The public face gets the secret branch up to this block, and the neighbours are told of it,
    /// even if they have as good a one already.
    void show(BlockIndex last, Time now, Effects& effects);
    /// The secret face goes, and its blocks with it.
    void live_honestly(Time now, Effects& effects);

    [[nodiscard]] bool is_secret() const { return secret_.has_value(); }
    [[nodiscard]] BlockIndex secret_tip() const { return secret_->chain().tip(); }
    /// The best that others have: a header is believed, for the work is in it.
    [[nodiscard]] BlockIndex best_known() const { return public_.chain().best_header(); }
    [[nodiscard]] const BlockTree& blocks() const { return archive_.blocks(); }

private:
    class FaceEffects;

    void give(Participant& face, const Event& event, Time now, Effects& effects);
    void hand_over(Participant& face, BlockIndex last, Time now, Effects& effects);
    void pass_payments(Time now, Effects& effects);
    void switch_mining(Participant& face, bool on, Time now, Effects& effects);

    Archive& archive_;
    SigningKey key_;
    ParticipantOptions secret_options_;
    Random random_;

    Participant public_;
    std::optional<Participant> secret_;
    Audience audience_;
    std::vector<TransactionIndex> accepted_;  ///< payments that the secret face has yet to get
    bool mining_ = false;                     ///< the machine is on
    bool handing_over_ = false;
};

}  // namespace bezant::sim
