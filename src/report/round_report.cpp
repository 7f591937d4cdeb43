// SPDX-License-Identifier: Apache-2.0
#include "report/round_report.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/hex.hpp"
#include "report/payment_text.hpp"

namespace bezant::report {

namespace {

std::string seconds_text(Duration span) {
    return fmt::format("{:.2f} s", static_cast<double>(span.microseconds) / 1e6);
}

std::vector<BlockIndex> blocks_after(const BlockTree& blocks, BlockIndex before, BlockIndex tip) {
    std::vector<BlockIndex> path;
    const BlockIndex fork = blocks.fork_point(before, tip);
    for (BlockIndex block = tip; block != fork; block = blocks[block].parent) path.push_back(block);
    std::ranges::reverse(path);
    return path;
}

std::size_t count_reached(const sim::BlockHistory& history) {
    return static_cast<std::size_t>(std::ranges::count_if(
        history.reached, [](const auto& moment) { return moment.has_value(); }));
}

}  // namespace

void RoundReport::round_started(const sim::World& world, std::uint32_t round) {
    const std::uint32_t rounds = world.scenario().workload.rounds;
    out_ << '\n' << heading(style_, fmt::format("Round {} of {}", round, rounds));
    tip_before_ = world.common_tip();
    mined_.clear();
    refused_.clear();
}

void RoundReport::noticed(const sim::World& /*world*/, sim::ParticipantId who,
                          const Notice& notice) {
    if (const auto* mined = std::get_if<BlockMined>(&notice)) {
        mined_.push_back(mined->block);
    } else if (const auto* refused = std::get_if<BlockRefused>(&notice)) {
        auto known = std::ranges::find(refused_, refused->block, &Refusals::block);
        if (known == refused_.end()) {
            refused_.push_back({refused->block, to_text(refused->rejection), {}});
            known = std::prev(refused_.end());
        }
        known->by.push_back(who);
    }
}

void RoundReport::fault(const sim::World& world, const std::string& what) {
    out_ << fmt::format("  {} {}\n", toned(style_, Tone::accent, seconds_text(world.elapsed())),
                        what);
}

void RoundReport::round_ended(const sim::World& world, std::uint32_t /*round*/) {
    const People people{world};
    const auto& blocks = world.archive().blocks();
    for (const BlockIndex block : blocks_after(blocks, tip_before_, world.common_tip())) {
        print_block(world, people, block);
    }
    print_rivals(world, people);
    print_agreement(world);
    out_.flush();
}

void RoundReport::print_block(const sim::World& world, const People& people, BlockIndex block) {
    const Archive& archive = world.archive();
    const BlockNode& node = archive.blocks()[block];
    const auto body = archive.body(block);
    const Transaction& coinbase = archive.transactions()[body.front()].transaction;
    const auto& sums = archive.sums(block);
    const std::string miner = people.name_of(public_key_hash(coinbase.inputs.front().public_key));
    const auto line = [&](std::string_view label, const std::string& text) {
        out_ << fmt::format("    {:<10}{}\n", label, text);
    };
    out_ << toned(style_, Tone::good, fmt::format("  Block {}\n", node.height.value));
    line("hash", toned(style_, Tone::strong, to_hex_reversed(node.hash.view())));
    line("previous", to_hex_reversed(node.header.previous.view()));
    line("nonce", grouped(node.header.nonce));
    line("miner", fmt::format("{}, who earns {} BZT: {} new, {} in fees", miner,
                              to_text(Amount{sums.issued.value + sums.fees.value}),
                              to_text(sums.issued), to_text(sums.fees)));
    print_payments(world, people, block);
    print_spread(world, block);
}

void RoundReport::print_payments(const sim::World& world, const People& people, BlockIndex block) {
    const auto body = world.archive().body(block).subspan(1);
    if (body.empty()) out_ << fmt::format("    {:<10}none\n", "payments");
    std::string_view label = "payments";
    for (const TransactionIndex payment : body) {
        const PaymentStory story = story_of(payment, world, people);
        out_ << fmt::format("    {:<10}{:<8} {} {:<8} {:>12} BZT   fee {}\n", label, story.payer,
                            arrow(style_), story.payee, to_text(story.amount), to_text(story.fee));
        label = "";
    }
}

void RoundReport::print_spread(const sim::World& world, BlockIndex block) {
    const sim::BlockHistory* history = world.history(block);
    if (history == nullptr || history->hops.empty()) return;
    Duration slowest;
    for (const auto& moment : history->reached)
        slowest = std::max(slowest, moment.value_or(Duration{}));
    const auto hops = std::ranges::max(history->hops);
    const std::size_t reached = count_reached(*history);
    const std::string who = reached == world.size()
                                ? fmt::format("all {}", world.size())
                                : fmt::format("{} of {}", reached, world.size());
    out_ << fmt::format("    {:<10}{} had it after {}, the farthest {} away\n", "spread", who,
                        seconds_text(slowest), counted(hops, "hop", "hops"));
}

void RoundReport::print_rivals(const sim::World& world, const People& people) {
    const auto& blocks = world.archive().blocks();
    for (const BlockIndex block : mined_) {
        if (blocks.is_ancestor(block, world.common_tip())) continue;
        const sim::BlockHistory* history = world.history(block);
        if (history == nullptr) continue;
        const std::string miner = history->miner ? people.name(*history->miner) : "someone";
        out_ << fmt::format("  {} {} also found a block {}, {}…: {} took it in,\n",
                            toned(style_, Tone::accent, "Fork"), miner, blocks[block].height.value,
                            to_hex_reversed(blocks[block].hash.view()).substr(0, 12),
                            counted(count_reached(*history), "participant", "participants"));
        out_ << "       then more work grew on its rival, and it was left stale.\n";
    }
    for (const Refusals& refusal : refused_) {
        out_ << fmt::format(
            "  {} {} a block: {}\n", toned(style_, Tone::bad, "Refused"),
            counted(refusal.by.size(), "participant refused", "participants refused"),
            refusal.reason);
    }
}

void RoundReport::print_agreement(const sim::World& world) {
    std::size_t agreeing = 0;
    for (sim::ParticipantId id = 0; id < world.size(); ++id) {
        const Participant* participant = world.participant(id);
        if (participant != nullptr && participant->chain().tip() == world.common_tip()) ++agreeing;
    }
    const auto height = world.archive().blocks()[world.common_tip()].height;
    const bool all = agreeing == world.size();
    out_ << toned(
        style_, all ? Tone::good : Tone::bad,
        fmt::format("  {} of {} agree on block {}\n", agreeing, world.size(), height.value));
}

}  // namespace bezant::report
