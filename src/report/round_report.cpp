// SPDX-License-Identifier: Apache-2.0
#include "report/round_report.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/hex.hpp"
#include "report/amount_column.hpp"
#include "report/line_canvas.hpp"
#include "report/payment_text.hpp"
#include "report/wrapped_text.hpp"
#include "sim/wording.hpp"

namespace bezant::report {

namespace {

using sim::seconds_text;
using sim::span_text;

constexpr std::size_t name_width_min = 8;

std::vector<BlockIndex> blocks_after(const BlockTree& blocks, BlockIndex before, BlockIndex tip) {
    std::vector<BlockIndex> path;
    const BlockIndex fork = blocks.fork_point(before, tip);
    for (BlockIndex block = tip; block != fork; block = blocks[block].parent) path.push_back(block);
    std::ranges::reverse(path);
    return path;
}

constexpr std::size_t hash_digits = 12;

PublicKeyHash miner_of(const Archive& archive, BlockIndex block) {
    const TransactionIndex coinbase = archive.body(block).front();
    return public_key_hash(archive.transactions()[coinbase].transaction.inputs.front().public_key);
}

std::size_t count_reached(const sim::BlockHistory& history) {
    return static_cast<std::size_t>(std::ranges::count_if(
        history.reached, [](const auto& moment) { return moment.has_value(); }));
}

}  // namespace

void RoundReport::round_started(const sim::ObservedWorld& world, std::uint32_t round) {
    const std::uint32_t rounds = world.scenario().workload.rounds;
    out_ << '\n' << heading(style_, fmt::format("Round {} of {}", round, rounds)) << std::flush;
    tip_before_ = world.common_tip();
    mined_.clear();
    refused_.clear();
}

void RoundReport::noticed(const sim::ObservedWorld& /*world*/, sim::ParticipantId who,
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

void RoundReport::fault(const sim::ObservedWorld& world, const std::string& what) {
    out_ << wrapped(style_, fmt::format("  {} ", seconds_text(world.elapsed())),
                    people_.named(what), Tone::accent);
}

void RoundReport::round_ended(const sim::ObservedWorld& world, std::uint32_t /*round*/) {
    const auto chain = blocks_after(world.archive().blocks(), tip_before_, world.common_tip());
    for (const BlockIndex block : chain) {
        print_block(world, block);
        print_rivals(world, block);
    }
    print_refusals();
    print_reason_for_more(world, chain);
    print_agreement(world);
    out_.flush();
}

void RoundReport::print_block(const sim::ObservedWorld& world, BlockIndex block) {
    const Archive& archive = world.archive();
    const BlockNode& node = archive.blocks()[block];
    const auto& sums = archive.sums(block);
    const auto line = [&](std::string_view label, const std::string& text) {
        out_ << fmt::format("    {:<10}{}\n", label, text);
    };
    out_ << toned(style_, Tone::good, fmt::format("  Block {}\n", node.height.value));
    line("hash", toned(style_, Tone::strong, to_hex_reversed(node.hash.view())));
    line("previous", to_hex_reversed(node.header.previous.view()));
    line("nonce", grouped(node.header.nonce));
    line("miner",
         fmt::format("{}, who earns {} BZT: {}", people_.name_of(miner_of(archive, block)),
                     to_text(Amount{sums.issued.value + sums.fees.value}),
                     sums.fees == Amount{} ? "all of it new"
                                           : fmt::format("{} new, {} in fees", to_text(sums.issued),
                                                         to_text(sums.fees))));
    print_payments(world, block);
    print_spread(world, block);
}

void RoundReport::print_payments(const sim::ObservedWorld& world, BlockIndex block) {
    std::vector<PaymentStory> stories;
    for (const TransactionIndex payment : world.archive().body(block).subspan(1))
        stories.push_back(story_of(payment, world, people_));
    if (stories.empty()) out_ << fmt::format("    {:<10}none left to confirm\n", "payments");
    AmountColumn amounts{2};
    std::size_t names = name_width_min;
    for (const PaymentStory& story : stories) {
        amounts.make_room(story.amount);
        names = std::max({names, display_width(story.payer), display_width(story.payee)});
    }
    std::string_view label = "payments";
    for (const PaymentStory& story : stories) {
        out_ << fmt::format("    {:<10}{:<{}} {} {:<{}}  {} BZT   fee {}\n", label, story.payer,
                            names, arrow(style_), story.payee, names, amounts.text(story.amount),
                            to_text(story.fee));
        label = "";
    }
}

void RoundReport::print_spread(const sim::ObservedWorld& world, BlockIndex block) {
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
    // Which way a block took is not known of a network that is not simulated.
    const std::string way =
        hops == 0 ? "" : fmt::format(", the farthest {} away", counted(hops, "hop", "hops"));
    out_ << fmt::format("    {:<10}{} had it after {}{}\n", "spread", who, span_text(slowest), way);
}

/// Blocks that others found at the same height, and that came to nothing.
void RoundReport::print_rivals(const sim::ObservedWorld& world, BlockIndex block) {
    const BlockTree& blocks = world.archive().blocks();
    const Height height = blocks[block].height;
    for (const BlockIndex rival : mined_) {
        const sim::BlockHistory* history = world.history(rival);
        const bool is_rival = rival != block && blocks[rival].height == height;
        if (!is_rival || is_refused(rival) || history == nullptr) continue;
        const std::string miner = history->miner ? people_.name(*history->miner) : "Someone";
        const std::size_t took = count_reached(*history);
        out_ << wrapped(
            style_, "  Fork  ",
            fmt::format("{} found another block {}, {}…, and {} took it in. More work was then "
                        "done on {}'s, so everyone went over to that, and this one is stale.",
                        miner, height.value,
                        to_hex_reversed(blocks[rival].hash.view()).substr(0, hash_digits),
                        took == 0 ? "nobody" : counted(took, "participant", "participants"),
                        people_.name_of(miner_of(world.archive(), block))),
            Tone::accent);
    }
}

void RoundReport::print_refusals() {
    for (const Refusals& refusal : refused_) {
        out_ << wrapped(
            style_, "  Refused  ",
            fmt::format("{} refused a block: {}", people_.named(sim::called(refusal.by)),
                        sim::shortened(refusal.reason)),
            Tone::bad);
    }
}

/// All mine until all are on one chain that is longer than before: mostly that takes one block.
void RoundReport::print_reason_for_more(const sim::ObservedWorld& world,
                                        std::span<const BlockIndex> chain) {
    if (chain.size() < 2) return;
    const BlockTree& blocks = world.archive().blocks();
    const bool forked = std::ranges::any_of(mined_, [&](BlockIndex block) {
        return !is_refused(block) && !blocks.is_ancestor(block, world.common_tip());
    });
    const std::uint32_t first = blocks[chain.front()].height.value;
    out_ << wrapped(style_, "  ",
                    forked ? fmt::format("A fork lasts until one side finds the next block, so the "
                                         "round took {} blocks.",
                                         chain.size())
                           : fmt::format("Block {} was found before block {} had reached everyone.",
                                         first + 1, first));
}

bool RoundReport::is_refused(BlockIndex block) const {
    return std::ranges::find(refused_, block, &Refusals::block) != refused_.end();
}

void RoundReport::print_agreement(const sim::ObservedWorld& world) {
    std::size_t agreeing = 0;
    for (sim::ParticipantId id = 0; id < world.size(); ++id) {
        if (world.tip_of(id) == world.common_tip()) ++agreeing;
    }
    const auto height = world.archive().blocks()[world.common_tip()].height;
    const bool all = agreeing == world.size();
    out_ << toned(
        style_, all ? Tone::good : Tone::bad,
        fmt::format("  {} of {} agree on block {}\n", agreeing, world.size(), height.value));
}

}  // namespace bezant::report
