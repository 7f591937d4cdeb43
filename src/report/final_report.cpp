// SPDX-License-Identifier: Apache-2.0
#include "report/final_report.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/hex.hpp"
#include "report/people.hpp"

namespace bezant::report {

namespace {

constexpr std::size_t chain_rows_max = 12;    ///< longer chains show both ends
constexpr std::size_t balance_rows_max = 26;  ///< larger worlds show the richest
constexpr std::size_t stale_rows_max = 8;
constexpr std::size_t count_rows_max = 12;

std::string short_hash(const BlockHash& hash) { return to_hex_reversed(hash.view()).substr(0, 16); }

std::string seconds_text(Duration span) {
    return fmt::format("{:.2f} s", static_cast<double>(span.microseconds) / 1e6);
}

std::string miner_of(const sim::World& world, const People& people, BlockIndex block) {
    const auto body = world.archive().body(block);
    const Transaction& coinbase = world.archive().transactions()[body.front()].transaction;
    return people.name_of(public_key_hash(coinbase.inputs.front().public_key));
}

void print_chain_row(std::ostream& out, const sim::World& world, const People& people,
                     BlockIndex block) {
    const BlockNode& node = world.archive().blocks()[block];
    if (node.height == Height{}) {
        out << fmt::format("  {:>6}  {}  genesis\n", 0, short_hash(node.hash));
        return;
    }
    const std::size_t payments = world.archive().body(block).size() - 1;
    out << fmt::format("  {:>6}  {}  {:<10} {:>12}   fees {} BZT\n", node.height.value,
                       short_hash(node.hash), miner_of(world, people, block),
                       counted(payments, "payment", "payments"),
                       to_text(world.archive().sums(block).fees));
}

void print_chain(std::ostream& out, const TextStyle& style, const sim::World& world,
                 const People& people) {
    const BlockTree& blocks = world.archive().blocks();
    const BlockIndex tip = world.common_tip();
    const std::uint32_t height = blocks[tip].height.value;
    out << '\n' << heading(style, "The main chain");
    for (std::uint32_t at = 0; at <= height; ++at) {
        if (height >= chain_rows_max && at == chain_rows_max / 2) {
            const auto left_out = static_cast<std::uint32_t>(height + 1 - chain_rows_max);
            out << fmt::format("          {}\n", counted(left_out, "more block", "more blocks"));
            at += left_out;
        }
        print_chain_row(out, world, people, blocks.ancestor(tip, Height{at}));
    }
}

std::vector<sim::ParticipantId> richest_first(const std::vector<Amount>& balances) {
    std::vector<sim::ParticipantId> order(balances.size());
    for (sim::ParticipantId id = 0; id < order.size(); ++id) order[id] = id;
    if (order.size() <= balance_rows_max) return order;
    std::ranges::stable_sort(order, std::ranges::greater{}, [&](auto id) { return balances[id]; });
    order.resize(balance_rows_max);
    return order;
}

void print_balances(std::ostream& out, const TextStyle& style, const People& people,
                    const sim::Summary& summary) {
    const auto& balances = summary.ledger.by_participant;
    out << '\n' << heading(style, "Balances");
    for (const sim::ParticipantId id : richest_first(balances)) {
        out << fmt::format("  {:<12}{:>20} BZT\n", people.numbered(id), to_text(balances[id]));
    }
    if (balances.size() > balance_rows_max) {
        out << fmt::format("  and {} more\n", grouped(balances.size() - balance_rows_max));
    }
}

void print_audit(std::ostream& out, const TextStyle& style, const sim::Summary& summary) {
    const auto& ledger = summary.ledger;
    const auto line = [&](std::string_view label, Amount amount) {
        out << fmt::format("  {:<44}{:>18} BZT\n", label, to_text(amount));
    };
    out << '\n' << heading(style, "Supply audit");
    line("given out by the genesis block", ledger.allocated);
    line(fmt::format("mined since, in {}", counted(summary.blocks.main_chain, "block", "blocks")),
         checked_subtract(ledger.issued, ledger.allocated).value_or(Amount{}));
    line("all the money there should be", ledger.issued);
    line(fmt::format("sum of {}", counted(ledger.coin_count, "unspent coin", "unspent coins")),
         ledger.coins);
    line("sum of all balances", ledger.balances);
    out << (ledger.balanced
                ? toned(style, Tone::good, "  balanced, to the last unit\n")
                : toned(style, Tone::bad, "  NOT BALANCED: the three sums above differ\n"));
}

void print_stale(std::ostream& out, const TextStyle& style, const sim::World& world,
                 const People& people, const sim::Summary& summary) {
    if (summary.blocks.stale == 0) return;
    out << '\n' << heading(style, "Stale blocks");
    const BlockTree& blocks = world.archive().blocks();
    std::size_t rows = 0;
    for (std::uint32_t index = 1; index < blocks.size() && rows < stale_rows_max; ++index) {
        const BlockIndex block{index};
        const sim::BlockHistory* history = world.history(block);
        if (history == nullptr || blocks.is_ancestor(block, world.common_tip())) continue;
        const auto rival_height = std::min(blocks[block].height, blocks[world.common_tip()].height);
        const BlockIndex rival = blocks.ancestor(world.common_tip(), rival_height);
        out << fmt::format(
            "  {}  height {} by {}: lost to {}'s block, on which more work was built\n",
            short_hash(blocks[block].hash), blocks[block].height.value,
            history->miner ? people.name(*history->miner) : "someone",
            miner_of(world, people, rival));
        ++rows;
    }
    if (summary.blocks.stale > rows) {
        out << fmt::format("  and {} more\n", grouped(summary.blocks.stale - rows));
    }
}

void print_counts(std::ostream& out, const TextStyle& style, const sim::Summary& summary) {
    if (summary.rejections.empty() && summary.dropped_peers.empty()) return;
    out << '\n' << heading(style, "Refused");
    std::size_t rows = 0;
    for (const sim::Count& entry : summary.rejections) {
        if (rows++ == count_rows_max) break;
        out << fmt::format("  {:<32}{:>10}\n", entry.name, grouped(entry.count));
    }
    for (const sim::Count& entry : summary.dropped_peers) {
        out << fmt::format("  neighbours dropped: {:<12}{:>10}\n", entry.name,
                           grouped(entry.count));
    }
}

void print_conclusion(std::ostream& out, const TextStyle& style, const sim::Summary& summary) {
    const auto& payments = summary.transactions;
    const bool agreed = summary.agreement.tips == 1;
    out << '\n' << heading(style, "Outcome");
    out << toned(
        style, agreed ? Tone::good : Tone::bad,
        agreed ? fmt::format("  All {} agree on block {}, {}\n", summary.participants,
                             summary.agreement.height.value, short_hash(summary.agreement.tip))
               : fmt::format("  No agreement: {} different tips\n", summary.agreement.tips));
    out << fmt::format("  {}: {} confirmed, {} pending, {} rejected\n",
                       counted(payments.created, "payment", "payments"), payments.confirmed,
                       payments.pending, payments.rejected);
    out << fmt::format("  {} mined: {} in the main chain, {} stale\n",
                       counted(summary.blocks.mined, "block", "blocks"), summary.blocks.main_chain,
                       summary.blocks.stale);
    out << fmt::format("  a block reached half in {}, nine in ten in {}\n",
                       seconds_text(summary.propagation.p50),
                       seconds_text(summary.propagation.p90));
    out << fmt::format("  seed {}, {} in {} of virtual time\n", summary.seed,
                       counted(summary.events, "event", "events"),
                       seconds_text(summary.virtual_time));
    out << fmt::format("  digest {}\n", summary.digest);
}

}  // namespace

void print_final_report(std::ostream& out, const TextStyle& style, const sim::World& world,
                        const sim::Summary& summary) {
    const People people{world};
    print_chain(out, style, world, people);
    print_balances(out, style, people, summary);
    print_audit(out, style, summary);
    print_stale(out, style, world, people, summary);
    print_counts(out, style, summary);
    print_conclusion(out, style, summary);
}

}  // namespace bezant::report
