// SPDX-License-Identifier: Apache-2.0
#include "sim/attacks/greedy_miner.hpp"

#include <algorithm>

#include "base/check.hpp"
#include "mempool/block_template.hpp"
#include "node/forwarding_effects.hpp"
#include "node/limits.hpp"

namespace bezant::sim {

/// Puts a greedy block in the place of each honest one that is to be mined.
class GreedyMiner::Effects final : public ForwardingEffects {
public:
    Effects(bezant::Effects& target, GreedyMiner& miner, Time now)
        : ForwardingEffects(target), miner_(miner), now_(now) {}

    void mine(const MiningJob& job) override {
        if (!miner_.plan_.is_greedy) return target().mine(job);
        if (miner_.jobs_.size() == mining_jobs_max) miner_.jobs_.erase(miner_.jobs_.begin());
        miner_.jobs_.push_back({.number = job.job, .block = miner_.greedy_block(now_)});
        target().mine({.job = job.job, .header = miner_.jobs_.back().block.header});
    }
    void stop_mining() override {
        miner_.jobs_.clear();
        target().stop_mining();
    }

private:
    GreedyMiner& miner_;
    Time now_;
};

GreedyMiner::GreedyMiner(const Seat& seat, Inflate::Plan& plan)
    : Deceiver(seat, plan.lie), plan_(plan), archive_(seat.archive), key_(seat.key) {}

void GreedyMiner::live(const Event& event, Time now, bezant::Effects& effects) {
    if (const auto* nonce = std::get_if<NonceFound>(&event);
        nonce != nullptr && std::ranges::find(jobs_, nonce->job, &Job::number) != jobs_.end())
        return found(nonce->job, nonce->nonce, now, effects);
    if (std::holds_alternative<BlockGranted>(event) && plan_.is_greedy)
        return publish(greedy_block(now), effects);
    Effects changed{effects, *this, now};
    own().handle(event, now, changed);
}

// The signature is good: a miner may sign any claim. Only the rules stand against it.
Block GreedyMiner::greedy_block(Time now) {
    Block block = make_block_template(archive_, own().mempool(), own().chain().tip(), key_,
                                      public_key_hash(key_.public_key()), now);
    Transaction& coinbase = block.transactions.front();
    const PublicKeyHash self = public_key_hash(key_.public_key());
    if (coinbase.outputs.empty()) coinbase.outputs = {{.amount = {}, .owner = self}};
    coinbase.outputs.front().amount.value += greed.value;
    const Hash256 message =
        coinbase_signature_message(coinbase, block.header.previous, payments_merkle_root(block),
                                   archive_.parameters().genesis_hash);
    coinbase.inputs.front().signature = key_.sign(message.view());
    block.header.merkle_root = merkle_root(block);
    return block;
}

void GreedyMiner::found(std::uint64_t job, std::uint32_t nonce, Time now,
                        bezant::Effects& effects) {
    const auto place = std::ranges::find(jobs_, job, &Job::number);
    Block block = std::move(place->block);
    jobs_.clear();
    block.header.nonce = nonce;
    publish(block, effects);
    // His own participant knows of no block found, and gives out a new job only when asked.
    live(MiningSwitched{.on = false}, now, effects);
    live(MiningSwitched{.on = true}, now, effects);
}

void GreedyMiner::publish(const Block& block, bezant::Effects& effects) {
    const auto index = archive_.add_block(block);
    CHECK(index, "a greedy block has its own merkle root, and the tip for parent");
    plan_.blocks.push_back(*index);
    plan_.lie = Lie{.announcement = Headers{.headers = {*index}},
                    .block = *index,
                    .goods = BlockMessage{.block = *index}};
    effects.notice(BlockMined{.block = *index});
    tell_all(effects);
}

}  // namespace bezant::sim
