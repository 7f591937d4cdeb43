// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "sim/attack.hpp"
#include "sim/attacks/secret_miner.hpp"

namespace bezant::sim {

/// What an attack asks of its branch miner.
enum class MinerOrder : std::uint8_t {
    mine_in_secret,  ///< the secret face takes the machine, on top of the public tip
    show,            ///< the secret branch is shown, up to some height
    match,           ///< the same, as soon as others tell of a block of that height
    live_honestly,   ///< the secret face goes, and its blocks with it
};

/// Gives him the order, to be carried out at once. The height is of the last block to be shown.
void order_miner(AttackControl& control, ParticipantId miner, MinerOrder order, Height shown = {});

/// A secret miner who does as he is told. His branch begins with the payment that he was given; as
/// long as he has found no block of it, he follows the public chain.
class BranchMiner final : public SecretMiner {
public:
    /// The payment is the attack's, which names it before it gives the first order.
    BranchMiner(const Seat& seat, const TransactionIndex& payment)
        : SecretMiner(seat), payment_(payment) {}

    void handle(const Event& event, Time now, Effects& effects) override;
    void poked(std::uint64_t tag, Time now, Effects& effects) override;

private:
    void match(Time now, Effects& effects);

    const TransactionIndex& payment_;
    std::optional<Height> matched_;  ///< what is to be shown when others have as much
};

}  // namespace bezant::sim
