// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ostream>
#include <span>
#include <vector>

#include "report/people.hpp"
#include "report/text_style.hpp"
#include "sim/observer.hpp"

namespace bezant::report {

/// Prints each round as it ends: the new blocks of the main chain, who paid whom, how the blocks
/// spread, any fork, and why the round took more than one block if it did.
class RoundReport final : public sim::Observer {
public:
    /// All must outlive the report.
    RoundReport(std::ostream& out, TextStyle style, const People& people)
        : out_(out), style_(style), people_(people) {}

    void round_started(const sim::ObservedWorld& world, std::uint32_t round) override;
    void round_ended(const sim::ObservedWorld& world, std::uint32_t round) override;
    void noticed(const sim::ObservedWorld& world, sim::ParticipantId who,
                 const Notice& notice) override;
    void fault(const sim::ObservedWorld& world, const std::string& what) override;

private:
    struct Refusals {
        BlockIndex block;
        std::string reason;
        std::vector<sim::ParticipantId> by;
    };

    void print_block(const sim::ObservedWorld& world, BlockIndex block);
    void print_payments(const sim::ObservedWorld& world, BlockIndex block);
    void print_spread(const sim::ObservedWorld& world, BlockIndex block);
    void print_rivals(const sim::ObservedWorld& world, BlockIndex block);
    void print_refusals();
    void print_reason_for_more(const sim::ObservedWorld& world, std::span<const BlockIndex> chain);
    void print_agreement(const sim::ObservedWorld& world);
    [[nodiscard]] bool is_refused(BlockIndex block) const;

    std::ostream& out_;
    TextStyle style_;
    const People& people_;
    BlockIndex tip_before_ = genesis_index;
    std::vector<BlockIndex> mined_;  ///< in this round, in order
    std::vector<Refusals> refused_;
};

}  // namespace bezant::report
