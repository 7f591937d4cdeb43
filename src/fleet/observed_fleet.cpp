// SPDX-License-Identifier: Apache-2.0
#include "fleet/observed_fleet.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "base/hex.hpp"

namespace bezant::fleet {

namespace {

using sim::ParticipantId;
using Kind = ToldEvent::Kind;

std::string shown(const BlockHash& hash) { return to_hex_reversed(hash.view()); }

}  // namespace

ObservedFleet::ObservedFleet(sim::Scenario scenario, const Preparation& preparation,
                             Time started_at)
    : scenario_(std::move(scenario)),
      archive_(preparation.parameters, verifier_),
      agreement_(scenario_.participants, archive_.blocks()),
      measurement_(archive_, scenario_.participants),
      tips_(scenario_.participants, genesis_index),
      told_tips_(tips_),
      started_at_(started_at) {
    for (ParticipantId who = 0; who < scenario_.participants; ++who) {
        agreement_.set(who, genesis_index);
        owners_[preparation.members[who].miner] = who;
        owners_[preparation.members[who].owner] = who;
    }
}

Result<void, std::string> ObservedFleet::take(ParticipantId who, const ToldEvent& event,
                                              const Fetch& fetch) {
    ++events_;
    if (event.kind == Kind::payment_accepted) {
        holders_[event.payment].insert(who);
        return {};
    }
    if (event.kind == Kind::block_refused) {
        return unexpected{fmt::format("participant {} refused block {}: {}", who,
                                      shown(event.block), event.reason)};
    }
    const auto block = learn(event.block, fetch);
    if (!block) return unexpected{block.error()};
    steps_.push_back({.who = who, .kind = event.kind, .at = event.at, .block = *block});
    if (event.kind == Kind::block_connected) {
        tips_[who] = *block;
        agreement_.set(who, *block);
    }
    return {};
}

Result<BlockIndex, std::string> ObservedFleet::learn(const BlockHash& hash, const Fetch& fetch) {
    std::vector<Block> unknown;
    for (BlockHash next = hash; !archive_.blocks().find(next);
         next = unknown.back().header.previous) {
        auto block = fetch(next);
        if (!block) return unexpected{block.error()};
        unknown.push_back(*std::move(block));
    }
    for (; !unknown.empty(); unknown.pop_back()) {
        if (auto added = add(unknown.back()); !added) return unexpected{added.error()};
    }
    return *archive_.blocks().find(hash);
}

Result<void, std::string> ObservedFleet::add(const Block& block) {
    const auto wrong = [&](const Rejection& why) {
        return unexpected{fmt::format("block {} breaks a rule: {}", shown(block_hash(block.header)),
                                      to_text(why))};
    };
    const auto index = archive_.add_block(block);
    if (!index) return wrong(index.error());
    if (const Rejection* fault = archive_.block_fault(*index)) return wrong(*fault);
    learn_owners(*index);
    return {};
}

/// What a payment does not give to somebody known goes back to whoever makes it: each participant
/// is paid at one address, and gives change to new ones.
void ObservedFleet::learn_owners(BlockIndex block) {
    for (const TransactionIndex index : archive_.body(block)) {
        const Transaction& transaction = archive_.transactions()[index].transaction;
        const auto payer = owner_of(public_key_hash(transaction.inputs.front().public_key));
        if (!payer) continue;
        for (const Output& output : transaction.outputs) owners_.try_emplace(output.owner, *payer);
    }
}

void ObservedFleet::tell(const std::vector<sim::Observer*>& observers) {
    std::ranges::stable_sort(steps_, {}, &Step::at);
    for (const Step& step : std::exchange(steps_, {})) tell_of(step, observers);
}

void ObservedFleet::tell_of(const Step& step, const std::vector<sim::Observer*>& observers) {
    if (step.kind == Kind::block_mined) {
        pass_on(step, BlockMined{step.block}, observers);
    } else if (step.kind == Kind::block_left_stale) {
        pass_on(step, BlockLeftStale{step.block}, observers);
    } else {
        const bool joins = step.kind == Kind::block_connected;
        const BlockIndex to = joins ? step.block : archive_.blocks()[step.block].parent;
        TipChange change{.from = std::exchange(told_tips_[step.who], to),
                         .to = to,
                         .disconnected = {},
                         .connected = {},
                         .refused = {}};
        (joins ? change.connected : change.disconnected).push_back(step.block);
        pass_on(step, TipMoved{.change = change, .pool = PoolChange{}}, observers);
    }
}

void ObservedFleet::pass_on(const Step& step, const Notice& notice,
                            const std::vector<sim::Observer*>& observers) {
    measurement_.noticed(step.who, notice, step.at);
    elapsed_ = step.at - started_at_;
    for (sim::Observer* const observer : observers) observer->noticed(*this, step.who, notice);
}

std::size_t ObservedFleet::holders_of(const std::string& payment) const {
    const auto found = holders_.find(payment);
    return found == holders_.end() ? 0 : found->second.size();
}

bool ObservedFleet::all_agree_above(Height height) const {
    return agreement_.tips() == 1 && archive_.blocks()[tips_.front()].height > height;
}

std::optional<ParticipantId> ObservedFleet::owner_of(const PublicKeyHash& owner) const {
    const auto found = owners_.find(owner);
    if (found == owners_.end()) return std::nullopt;
    return found->second;
}

}  // namespace bezant::fleet
