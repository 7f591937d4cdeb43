// SPDX-License-Identifier: Apache-2.0
#include "node/miner.hpp"

#include <algorithm>

#include "mempool/block_template.hpp"
#include "node/block_intake.hpp"
#include "node/participant_state.hpp"
#include "node/turn.hpp"

namespace bezant {

namespace {

bool is_searched(const Turn& turn) {
    return turn.self.archive.parameters().proof_of_work == ProofOfWork::searched;
}

Block make_block(const Turn& turn) { return next_block(turn.self, turn.now, {}); }

}  // namespace

Block next_block(const ParticipantState& self, Time now, const BlockWish& wish) {
    const PublicKeyHash usual = self.options.payout.value_or(self.wallet.owner());
    return make_block_template(self.archive, self.pool, self.chain.tip(), self.wallet.key(),
                               wish.paid.value_or(usual), now, wish.shape);
}

void Miner::switch_to(Turn& turn, bool on) {
    if (on == on_) return;
    on_ = on;
    if (!is_searched(turn)) return;
    if (on) {
        give_out_job(turn);
        wake_later(turn);
    } else {
        jobs_.clear();
        turn.effects.stop_mining();
    }
}

void Miner::tip_moved(Turn& turn) {
    jobs_.clear();
    if (on_ && is_searched(turn)) give_out_job(turn);
}

void Miner::refresh(Turn& turn) {
    timing_ = false;
    if (!on_ || !is_searched(turn)) return;
    give_out_job(turn);
    wake_later(turn);
}

void Miner::give_out_job(Turn& turn) {
    if (jobs_.size() >= mining_jobs_max) jobs_.erase(jobs_.begin());
    jobs_.push_back({.number = next_job_++, .block = make_block(turn)});
    turn.effects.mine({.job = jobs_.back().number, .header = jobs_.back().block.header});
}

void Miner::wake_later(Turn& turn) {
    const Duration interval = turn.self.options.template_interval;
    if (timing_ || interval <= Duration{}) return;
    timing_ = true;
    turn.effects.set_timer({.kind = TimerKind::refresh_template, .peer = {}}, turn.now + interval);
}

void Miner::nonce_found(Turn& turn, std::uint64_t job, std::uint32_t nonce) {
    const auto found = std::ranges::find(jobs_, job, &Job::number);
    if (found == jobs_.end()) return;
    Block block = std::move(found->block);
    jobs_.erase(found);
    block.header.nonce = nonce;
    publish(turn, block);
}

void Miner::block_granted(Turn& turn) {
    CHECK(!is_searched(turn), "blocks are granted only where nobody searches for nonces");
    publish(turn, make_block(turn));
}

void Miner::publish(Turn& turn, const Block& block) {
    const auto added = turn.self.archive.add_block(block);
    CHECK(added, "a template has its own merkle root, and the tip for parent");
    if (const auto refused = take_own_block(turn, *added))
        tell_refused(turn, std::nullopt, *added, *refused);
}

std::size_t Miner::memory_bytes() const {
    std::size_t bytes = jobs_.capacity() * sizeof(Job);
    for (const Job& job : jobs_) bytes += job.block.transactions.capacity() * sizeof(Transaction);
    return bytes;
}

}  // namespace bezant
