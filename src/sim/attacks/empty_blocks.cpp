// SPDX-License-Identifier: Apache-2.0
#include "sim/attacks/empty_blocks.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "sim/attacks/miner_share.hpp"
#include "sim/attacks/roles.hpp"
#include "sim/world.hpp"

namespace bezant::sim {

namespace {

constexpr PartsPerMillion empty_blocks_share_usual = 400'000;
constexpr std::uint32_t empty_blocks_blocks_usual = 100;

/// Honest but for his pool, in which there is no room: so there is nothing to put into a block.
class EmptyMiner final : public Actor {
public:
    explicit EmptyMiner(const Seat& seat)
        : participant_(seat.archive, seat.key, without_room(seat.options), seat.random,
                       seat.stored) {}

    void handle(const Event& event, Time now, Effects& effects) override {
        participant_.handle(event, now, effects);
    }
    [[nodiscard]] const Participant* participant() const override { return &participant_; }
    [[nodiscard]] bool is_honest() const override { return false; }

private:
    static ParticipantOptions without_room(ParticipantOptions options) {
        options.mempool.bytes_max = 0;
        options.mempool.orphans_max = 0;
        return options;
    }

    Participant participant_;
};

}  // namespace

void EmptyBlocks::prepare(Scenario& scenario, Graph& /*graph*/) {
    hash_share_ = settings_.hash_share.value_or(empty_blocks_share_usual);
    give_share(scenario, settings_.attacker, hash_share_);
    make_stream(scenario.workload, empty_blocks_blocks_usual);
}

std::unique_ptr<Actor> EmptyBlocks::take(Seat& seat, AttackControl& /*control*/) {
    if (seat.id != settings_.attacker) return nullptr;
    return std::make_unique<EmptyMiner>(seat);
}

void EmptyBlocks::noticed(AttackControl& control, ParticipantId /*who*/, const Notice& notice) {
    const World& world = control.world();
    const Archive& archive = world.archive();
    if (const auto* accepted = std::get_if<PaymentAccepted>(&notice); accepted != nullptr)
        waiting_.try_emplace(accepted->payment, best_height_);
    const auto* moved = std::get_if<TipMoved>(&notice);
    if (moved == nullptr || archive.blocks()[moved->change.to].height <= best_height_) return;
    for (const BlockIndex block : moved->change.connected) {
        const Height height = archive.blocks()[block].height;
        if (height <= best_height_) continue;
        best_height_ = height;
        for (const TransactionIndex payment : archive.body(block)) {
            const auto waited = waiting_.find(payment);
            // One that was in a block already comes back with the neighbours of its second.
            if (waited == waiting_.end() || waited->second == Height{UINT32_MAX}) continue;
            ++confirmed_;
            waited_blocks_ += height.value - waited->second.value;
            waited->second = Height{UINT32_MAX};
        }
        if (archive.body(block).size() == 1 && story_.steps().empty()) {
            story_.tell(world.elapsed(),
                        fmt::format("block {} is empty, though {} payments wait", height.value,
                                    std::ranges::count_if(waiting_, [](const auto& entry) {
                                        return entry.second != Height{UINT32_MAX};
                                    })));
        }
    }
}

AttackOutcome EmptyBlocks::outcome(const World& world) const {
    const MinerShare found = share_of_miner(world, settings_.attacker);
    const double share = static_cast<double>(hash_share_) / one_million;
    const double waited =
        confirmed_ == 0 ? 0.0
                        : static_cast<double>(waited_blocks_) / static_cast<double>(confirmed_);
    AttackOutcome outcome{.name = "empty-blocks",
                          .succeeded = found.his > 0,
                          .detail = {},
                          .story = story_.steps(),
                          .theory_odds = {},
                          .figures = {}};
    outcome.figures = {
        {"empty_share", "share of the blocks that are his, and empty", found.revenue(), share},
        {"waited_blocks", "blocks until a payment was confirmed", waited, 1 / (1 - share)}};
    outcome.detail = fmt::format(
        "{} of {} blocks confirm nothing, and break no rule. A payment waited for {:.2f} blocks on "
        "the mean instead of 1. He forgoes all fees, and cannot keep a payment out: the others "
        "confirm it.",
        found.his, found.main_chain(), waited);
    return outcome;
}

}  // namespace bezant::sim
