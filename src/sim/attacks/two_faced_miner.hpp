// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <deque>
#include <optional>

#include "crypto/ed25519.hpp"
#include "sim/actor.hpp"

namespace bezant::sim {

/// What an attack asks of its two-faced miner, as tags of AttackControl::poke.
enum class MinerOrder : std::uint64_t {
    mine_in_secret,  ///< the secret face takes the machine, on top of the public tip
    release,         ///< the secret branch is shown
    live_honestly,   ///< the secret face goes, and its blocks with it
};

/// The actor of a majority attack. He runs two participants with one key: the public one lives
/// among the neighbours, the secret one holds a payment of its own and mines on a branch that
/// nobody sees. As long as it has found nothing it follows the public tip. To release the branch,
/// the two are connected like any two neighbours, but for payments, and for the public chain, which
/// the secret face does not want. His coins are kept for the attack: he makes no payment that he is
/// ordered to.
class TwoFacedMiner final : public Actor {
public:
    TwoFacedMiner(const Seat& seat, const TransactionIndex& secret_payment);

    void handle(const Event& event, Time now, Effects& effects) override;
    void poked(std::uint64_t tag, Time now, Effects& effects) override;
    [[nodiscard]] const Participant* participant() const override { return &public_; }
    [[nodiscard]] bool is_honest() const override { return false; }

private:
    class PublicEffects;
    class SecretEffects;
    struct Carried {
        bool to_secret = false;
        Message message;
    };

    void give(Participant& face, const Event& event, Time now, Effects& effects);
    void switch_mining(Participant& face, bool on, Time now, Effects& effects);
    void begin_in_secret(Time now, Effects& effects);
    void release(Time now, Effects& effects);
    void live_honestly(Time now, Effects& effects);
    void carry_messages(Time now, Effects& effects);
    [[nodiscard]] std::vector<BlockIndex> public_chain() const;

    Archive& archive_;
    SigningKey key_;
    ParticipantOptions secret_options_;
    Random random_;
    const TransactionIndex& secret_payment_;  ///< the attack's

    Participant public_;
    std::optional<Participant> secret_;
    bool mining_ = false;       ///< the machine is on
    bool has_branch_ = false;   ///< the secret face has found a block
    bool is_released_ = false;  ///< the two faces are connected
    std::deque<Carried> carried_;
};

}  // namespace bezant::sim
