// SPDX-License-Identifier: Apache-2.0
#include "sim/attacks/withholding.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "node/forwarding_effects.hpp"
#include "sim/attacks/miner_share.hpp"
#include "sim/attacks/roles.hpp"
#include "sim/world.hpp"

namespace bezant::sim {

namespace {

constexpr PartsPerMillion withholding_share_usual = 200'000;
constexpr std::uint32_t withholding_blocks_usual = 30;

/// A participant who is honest but for the bodies of his own blocks.
class Withholder final : public Actor {
public:
    explicit Withholder(const Seat& seat)
        : participant_(seat.archive, seat.key, seat.options, seat.random, seat.stored) {}

    void handle(const Event& event, Time now, Effects& effects) override {
        HeadersOnly kept{effects, withheld_};
        participant_.handle(event, now, kept);
    }
    [[nodiscard]] const Participant* participant() const override { return &participant_; }
    [[nodiscard]] bool is_honest() const override { return false; }

private:
    class HeadersOnly final : public ForwardingEffects {
    public:
        HeadersOnly(Effects& target, std::set<BlockIndex>& withheld)
            : ForwardingEffects(target), withheld_(withheld) {}

        void notice(const Notice& notice) override {
            if (const auto* mined = std::get_if<BlockMined>(&notice))
                withheld_.insert(mined->block);
            target().notice(notice);
        }
        void send(PeerId peer, Message message) override {
            const auto* body = std::get_if<BlockMessage>(&message);
            if (body != nullptr && withheld_.contains(body->block)) return;
            const auto* compact = std::get_if<CompactBlock>(&message);
            if (compact != nullptr && withheld_.contains(compact->block))
                message = Headers{.headers = {compact->block}};
            target().send(peer, std::move(message));
        }

    private:
        std::set<BlockIndex>& withheld_;
    };

    Participant participant_;
    std::set<BlockIndex> withheld_;
};

}  // namespace

void Withholding::prepare(Scenario& scenario, Graph& /*graph*/) {
    timeout_ = scenario.participant.request_timeout;
    give_share(scenario, settings_.attacker,
               settings_.hash_share.value_or(withholding_share_usual));
    make_stream(scenario.workload, withholding_blocks_usual);
}

std::unique_ptr<Actor> Withholding::take(Seat& seat, AttackControl& /*control*/) {
    if (seat.id != settings_.attacker) return nullptr;
    return std::make_unique<Withholder>(seat);
}

void Withholding::noticed(AttackControl& control, ParticipantId who, const Notice& notice) {
    const World& world = control.world();
    const auto* mined = std::get_if<BlockMined>(&notice);
    const auto* dropped = std::get_if<PeerDropped>(&notice);
    if (mined != nullptr && who == settings_.attacker && blocks_++ == 0) {
        first_found_ = world.elapsed();
        story_.tell(world.elapsed(),
                    fmt::format("{} finds block {}, tells the neighbours its header, and does not "
                                "answer those who ask for it",
                                called(who), world.archive().blocks()[mined->block].height.value));
    }
    if (dropped == nullptr || dropped->misconduct != Misconduct::withheld_data) return;
    if (!world.graph().has_edge(who, settings_.attacker)) return;
    if (drops_++ == 0) waited_ = world.elapsed() - first_found_;
    if (by_.insert(who).second)
        story_.tell(world.elapsed(),
                    fmt::format("{} has waited long enough, and drops him", called(who)));
}

AttackOutcome Withholding::outcome(const World& world) const {
    const MinerShare share = share_of_miner(world, settings_.attacker);
    AttackOutcome outcome{.name = "withholding",
                          .succeeded = share.his > 0,
                          .detail = {},
                          .story = story_.steps(),
                          .theory_odds = 0.0,
                          .figures = {}};
    outcome.figures = {
        {"blocks_withheld", "blocks that he found and withheld", static_cast<double>(blocks_), {}},
        {"blocks_taken", "of them in the main chain", static_cast<double>(share.his), 0.0},
        {"blocks_of_others", "the others' blocks in it", static_cast<double>(share.others), {}},
        {"drops", "times that a neighbour dropped him", static_cast<double>(drops_), {}},
        {"waited_seconds", "seconds that the first one waited",
         static_cast<double>(waited_.microseconds) / 1e6,
         2 * static_cast<double>(timeout_.microseconds) / 1e6}};
    outcome.detail = fmt::format(
        "{} of his blocks came to nothing, for nobody builds on a block that he cannot check: the "
        "others mined on what they had, and their chain grew by {}. A header costs its sender a "
        "block's work, so this cannot be done often.",
        blocks_, counted(share.others, "block"));
    return outcome;
}

}  // namespace bezant::sim
