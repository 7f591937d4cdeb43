// SPDX-License-Identifier: Apache-2.0
#include "sim/attacks/eclipse_result.hpp"

#include <fmt/format.h>

#include "sim/attacks/eclipse_model.hpp"
#include "sim/wording.hpp"

namespace bezant::sim {

double EclipseResult::odds() const {
    return anchors > 0 ? 0 : all_slots_odds(book.draws, slots, groups, anchors_his);
}

std::vector<AttackOutcome::Figure> EclipseResult::figures() const {
    const auto number = [](std::size_t count) { return static_cast<double>(count); };
    return {{"new_buckets", "buckets of new addresses with some of his", number(book.new_buckets),
             buckets_in_reach(limits, groups)},
            {"tried", "addresses of his that have answered", number(book.tried), {}},
            {"tried_of_others", "the same of others", number(book.tried_of_others), {}},
            {"share", "share of draws from the book that are his", book.draws, {}},
            {"anchors_of_others", "anchors of others", number(anchors), {}},
            {"outbound_before", "his share of calls it made, before", before.outbound, {}},
            {"outbound_after", "the same after its restart", after.outbound, {}},
            {"inbound_before", "his share of calls it took, before", before.inbound, {}},
            {"inbound_after", "the same after its restart", after.inbound, {}},
            {"blocks_missed", "blocks it did not hear of in an hour", number(blocks_missed), {}}};
}

std::string EclipseResult::detail() const {
    const auto reason = [&] {
        if (has_succeeded()) return "The victim sees what the attacker shows it";
        if (book.addresses == 0) return "The victim was not there to be attacked";
        if (anchors > 0)
            return "The victim called first whom it had been connected with longest, who told it "
                   "of everything";
        return "Somebody else was among those whom the victim called, or who called it, and told "
               "it of everything";
    };
    return fmt::format("{}; by theory he gets all {} that it chooses {:.1f} times in 100.",
                       reason(), counted(slots, "connection"), 100 * odds());
}

}  // namespace bezant::sim
