// SPDX-License-Identifier: Apache-2.0
#include "sim/world/checkers.hpp"

#include <fmt/format.h>

#include "base/check.hpp"
#include "base/hex.hpp"

namespace bezant::sim {

namespace {

/// Held payments looked at each time: enough to find a pool that went wrong soon, and cheap.
constexpr std::size_t pool_sample = 16;

std::string name_of(const BlockNode& node) {
    return fmt::format("block {} at height {}", to_hex_reversed(node.hash.view()),
                       node.height.value);
}

}  // namespace

Checkers::Checkers(const Archive& archive, std::uint32_t participants)
    : archive_(archive), blocks_had_(participants) {
    const BlockEffect genesis = genesis_effect(archive.parameters().genesis);
    coins_.connect(genesis);
    judged_[genesis_index] = {genesis, genesis.issued};
    for (IndexSet& had : blocks_had_) had.insert(genesis_index.value);
}

void Checkers::delivered(ParticipantId to, const Message& message) {
    const auto* carried = std::get_if<BlockMessage>(&message);
    if (carried != nullptr && carried->block != no_block) {
        blocks_had_[to].insert(carried->block.value);
    }
}

void Checkers::made(ParticipantId who, BlockIndex block) { blocks_had_[who].insert(block.value); }

void Checkers::restarted(ParticipantId who, std::span<const BlockIndex> stored) {
    blocks_had_[who] = {};
    blocks_had_[who].insert(genesis_index.value);
    for (const BlockIndex block : stored) blocks_had_[who].insert(block.value);
}

std::optional<Alarm> Checkers::tip_moved(ParticipantId who, const TipChange& change) {
    ++steps_;
    for (const BlockIndex block : change.connected) {
        if (!blocks_had_[who].contains(block.value)) {
            return Alarm{"used_without_receiving",
                         fmt::format("{} uses {}, which never reached it", who,
                                     name_of(archive_.blocks()[block]))};
        }
        if (!judged_.contains(block)) {
            if (auto alarm = judge(block)) return alarm;
        }
    }
    return std::nullopt;
}

std::optional<Alarm> Checkers::judge(BlockIndex block) {
    const BlockNode& node = archive_.blocks()[block];
    if (auto alarm = move_to(node.parent)) return alarm;
    auto effect = check_block(archive_.assemble(block), archive_.context_of(node.parent), coins_,
                              archive_.parameters(), verifier_);
    if (!effect) {
        return Alarm{"invalid_block_on_best_chain",
                     fmt::format("{}: {}", name_of(node), to_text(effect.error()))};
    }
    const Amount supply{judged_.at(node.parent).supply.value + effect->issued.value -
                        effect->destroyed.value};
    judged_[block] = {*std::move(effect), supply};
    return step_forward(block);
}

std::optional<Alarm> Checkers::move_to(BlockIndex tip) {
    const BlockTree& blocks = archive_.blocks();
    const BlockIndex fork = blocks.fork_point(at_, tip);
    while (at_ != fork) step_back();
    std::vector<BlockIndex> path;
    for (BlockIndex block = tip; block != fork; block = blocks[block].parent) path.push_back(block);
    for (std::size_t i = path.size(); i-- > 0;) {
        auto alarm = judged_.contains(path[i]) ? step_forward(path[i]) : judge(path[i]);
        if (alarm) return alarm;
    }
    return std::nullopt;
}

void Checkers::step_back() {
    coins_.disconnect(judged_.at(at_).effect);
    at_ = archive_.blocks()[at_].parent;
}

// After each step the money must add up, and the archive must say of every coin that the block
// touched what our own ledger says.
std::optional<Alarm> Checkers::step_forward(BlockIndex block) {
    const Judged& judged = judged_.at(block);
    const BlockNode& node = archive_.blocks()[block];
    coins_.connect(judged.effect);
    at_ = block;
    if (coins_.unspent_sum() != judged.supply ||
        judged.supply > scheduled_supply(node.height, archive_.parameters()) ||
        archive_.sums(block).supply != judged.supply) {
        return Alarm{"supply_not_conserved",
                     fmt::format("{}: coins add up to {}, expected {}", name_of(node),
                                 to_text(coins_.unspent_sum()), to_text(judged.supply))};
    }
    for (const auto* list : {&judged.effect.spent, &judged.effect.created}) {
        for (const SpentCoin& touched : *list) {
            const auto coin = archive_.coins().find(touched.outpoint);
            const CoinLookup ours = coins_.find(touched.outpoint);
            const CoinLookup theirs =
                coin ? archive_.coins().at(*coin, block, archive_.blocks()) : CoinLookup{};
            if (ours.state == theirs.state && ours.coin == theirs.coin) continue;
            return Alarm{"ledgers_differ",
                         fmt::format("{}: two ledgers on it disagree on a coin", name_of(node))};
        }
    }
    return std::nullopt;
}

std::optional<Alarm> Checkers::pool_changed(const Participant& participant) {
    ++steps_;
    const auto payments = participant.mempool().payments();
    for (std::size_t i = 0; i < payments.size() && i < pool_sample; ++i) {
        const TransactionFact& fact = archive_.transactions()[payments[i]];
        for (const CoinIndex coin : fact.spends) {
            const bool is_there =
                participant.chain().coin(coin).state == CoinState::unspent ||
                participant.mempool().coin(coin, participant.chain().tip()).state !=
                    CoinState::unknown;
            const bool is_spent = participant.chain().coin(coin).state == CoinState::spent;
            if (is_there && !is_spent && participant.mempool().spender(coin) == payments[i])
                continue;
            return Alarm{"pool_inconsistent",
                         fmt::format("a waiting payment, {}, spends what is not there",
                                     to_hex_reversed(fact.full_id.view()))};
        }
    }
    return std::nullopt;
}

std::optional<Alarm> Checkers::supply(BlockIndex tip) {
    ++steps_;
    return move_to(tip);
}

Amount Checkers::coins_at(BlockIndex tip) {
    CHECK(!move_to(tip), "the tip was found sound before it is counted");
    return coins_.unspent_sum();
}

std::size_t Checkers::coin_count_at(BlockIndex tip) {
    CHECK(!move_to(tip), "the tip was found sound before it is counted");
    return coins_.unspent_count();
}

}  // namespace bezant::sim
