// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/unordered/unordered_flat_map.hpp>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "fleet/preparation.hpp"
#include "fleet/told_event.hpp"
#include "rules/signature_verifier.hpp"
#include "sim/agreement.hpp"
#include "sim/measurement.hpp"
#include "sim/observed_world.hpp"

namespace bezant::fleet {

/// What a fleet does, put together from what each of its nodes tells: who is on which block, how
/// blocks spread, whose coins are whose. It takes nobody's word for a block, but fetches it and
/// judges it by the rules itself.
class ObservedFleet final : public sim::ObservedWorld {
public:
    /// Gets a block from the node that tells of it. Errors are sentences.
    using Fetch = std::function<Result<Block, std::string>(const BlockHash&)>;

    ObservedFleet(sim::Scenario scenario, const Preparation& preparation, Time started_at);

    /// A node tells something. An error is a sentence that says what is not as it must be.
    [[nodiscard]] Result<void, std::string> take(sim::ParticipantId who, const ToldEvent& event,
                                                 const Fetch& fetch);

    /// Nodes tell each for itself; here observers are told what has gathered, in order of time.
    void tell(const std::vector<sim::Observer*>& observers);

    /// How many have taken this payment.
    [[nodiscard]] std::size_t holders_of(const std::string& payment) const;
    /// Whether all are on one block above this height.
    [[nodiscard]] bool all_agree_above(Height height) const;
    [[nodiscard]] const sim::Agreement& agreement() const { return agreement_; }
    [[nodiscard]] const sim::Measurement& measurement() const { return measurement_; }
    /// Every key that has owned a coin, and whose it is.
    [[nodiscard]] const auto& owners() const { return owners_; }
    [[nodiscard]] std::size_t events() const { return events_; }
    void set_elapsed(Duration elapsed) { elapsed_ = elapsed; }

    [[nodiscard]] const sim::Scenario& scenario() const override { return scenario_; }
    [[nodiscard]] Duration elapsed() const override { return elapsed_; }
    [[nodiscard]] const Archive& archive() const override { return archive_; }
    [[nodiscard]] std::size_t size() const override { return tips_.size(); }
    [[nodiscard]] std::optional<BlockIndex> tip_of(sim::ParticipantId id) const override {
        return tips_[id];
    }
    [[nodiscard]] std::optional<sim::ParticipantId> owner_of(
        const PublicKeyHash& owner) const override;
    [[nodiscard]] BlockIndex common_tip() const override { return agreement_.common_tip(); }
    [[nodiscard]] const sim::BlockHistory* history(BlockIndex block) const override {
        return measurement_.history(block);
    }

private:
    struct Step {
        sim::ParticipantId who = 0;
        ToldEvent::Kind kind{};
        Time at;
        BlockIndex block;
    };

    [[nodiscard]] Result<BlockIndex, std::string> learn(const BlockHash& hash, const Fetch& fetch);
    [[nodiscard]] Result<void, std::string> add(const Block& block);
    void learn_owners(BlockIndex block);
    void tell_of(const Step& step, const std::vector<sim::Observer*>& observers);
    void pass_on(const Step& step, const Notice& notice,
                 const std::vector<sim::Observer*>& observers);

    sim::Scenario scenario_;
    DirectVerifier verifier_;
    Archive archive_;
    sim::Agreement agreement_;
    sim::Measurement measurement_;
    boost::unordered_flat_map<PublicKeyHash, sim::ParticipantId, DigestHasher> owners_;
    std::vector<BlockIndex> tips_;       ///< by participant
    std::vector<BlockIndex> told_tips_;  ///< as observers have been told
    std::vector<Step> steps_;            ///< that observers have not been told of
    std::map<std::string, std::set<sim::ParticipantId>> holders_;  ///< by payment
    std::size_t events_ = 0;
    Time started_at_;
    Duration elapsed_;
};

}  // namespace bezant::fleet
