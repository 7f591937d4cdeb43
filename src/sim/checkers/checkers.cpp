// SPDX-License-Identifier: Apache-2.0
#include "sim/checkers/checkers.hpp"

#include <fmt/format.h>

#include "sim/checkers/participant_checks.hpp"

namespace bezant::sim {

void Checkers::noticed(ParticipantId who, const Notice& notice) {
    if (const auto* moved = std::get_if<TipMoved>(&notice)) {
        tip_moved(who, moved->change);
    } else if (const auto* mined = std::get_if<BlockMined>(&notice)) {
        delivery_.made(who, mined->block);
    } else if (const auto* accepted = std::get_if<PaymentAccepted>(&notice)) {
        accepted_.push_back(accepted->payment);
        if (accepted->from) {
            keep(who, delivery_.uses(who, accepted->payment));
        } else {
            delivery_.made(who, accepted->payment);
        }
    } else if (const auto* refused = std::get_if<PaymentRefused>(&notice)) {
        if (!refused->from) delivery_.made(who, refused->payment);
    }
}

void Checkers::tip_moved(ParticipantId who, const TipChange& change) {
    ++steps_;
    moved_to_ = change.to;
    keep(who, check_tip_change(change, archive_.blocks()));
    keep(who, delivery_.uses(who, change));
    if (!failure_ && audited_.insert(change.to.value)) keep(who, audit_.move_to(change.to));
}

void Checkers::handled(ParticipantId who, const Participant& participant) {
    if (moved_to_) check_after_move(who, participant);
    for (const TransactionIndex payment : accepted_) {
        ++steps_;
        if (!participant.mempool().contains(payment)) continue;
        keep(who,
             check_held_payment(payment, participant.mempool(), participant.chain(), archive_));
    }
    moved_to_.reset();
    accepted_.clear();
}

void Checkers::check_after_move(ParticipantId who, const Participant& participant) {
    ++moves_;
    if (participant.chain().tip() != *moved_to_) {
        keep(who, CheckFailure{"tip_is_as_told", "the tip is not where it was said to be"});
    }
    if (moves_ % wallet_check_interval == 0 && audit_.at() == *moved_to_) {
        keep(who, check_wallet(participant, audit_));
    }
    if (moves_ % pool_check_interval == 0) {
        keep(who, check_pool(participant.mempool(), participant.chain(), archive_));
    }
}

void Checkers::finished(ParticipantId who, const Participant& participant) {
    ++steps_;
    keep(who, check_pool(participant.mempool(), participant.chain(), archive_));
    if (failure_) return;
    keep(who, audit_.move_to(participant.chain().tip()));
    if (!failure_) keep(who, check_wallet(participant, audit_));
}

void Checkers::settle(BlockIndex block) {
    if (failure_) return;
    if (!archive_.blocks().is_ancestor(block, audit_.at())) failure_ = audit_.move_to(block);
    if (!failure_) audit_.settle(block);
}

void Checkers::keep(ParticipantId who, CheckResult result) {
    if (failure_ || !result) return;
    failure_ = std::move(result);
    failure_->detail = fmt::format("participant {}: {}", who, failure_->detail);
}

}  // namespace bezant::sim
