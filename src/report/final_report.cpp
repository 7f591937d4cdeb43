// SPDX-License-Identifier: Apache-2.0
#include "report/final_report.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/hex.hpp"
#include "report/amount_column.hpp"
#include "report/line_canvas.hpp"
#include "report/wrapped_text.hpp"
#include "sim/wording.hpp"

namespace bezant::report {

namespace {

constexpr std::size_t chain_rows_max = 12;    ///< longer chains show both ends
constexpr std::size_t balance_rows_max = 26;  ///< larger worlds show the richest
constexpr std::size_t miner_width_min = 10;
constexpr std::size_t stale_rows_max = 8;
constexpr std::size_t count_rows_max = 12;

std::string short_hash(const BlockHash& hash) { return to_hex_reversed(hash.view()).substr(0, 16); }

using sim::seconds_text;

std::string miner_of(const sim::ObservedWorld& world, const People& people, BlockIndex block) {
    return people.name_of(public_key_hash(world.archive().outline(block).miner));
}

/// Heights of the rows: all, or both ends of a long chain.
std::vector<std::uint32_t> shown_heights(std::uint32_t height) {
    std::vector<std::uint32_t> shown;
    for (std::uint32_t at = 0; at <= height; ++at) {
        if (height >= chain_rows_max && at == chain_rows_max / 2)
            at += static_cast<std::uint32_t>(height + 1 - chain_rows_max);
        shown.push_back(at);
    }
    return shown;
}

std::string payments_text(std::size_t payments) {
    return payments == 0 ? "no payments" : counted(payments, "payment", "payments");
}

void print_chain_row(std::ostream& out, const sim::ObservedWorld& world, const People& people,
                     BlockIndex block, std::size_t name_width) {
    const BlockNode& node = world.archive().blocks()[block];
    const std::string begin =
        fmt::format("  {:>6}  {}  ", node.height.value, short_hash(node.hash));
    if (node.height == Height{}) {
        out << begin << "genesis\n";
        return;
    }
    const std::uint32_t payments = world.archive().outline(block).transactions - 1;
    const Amount fees = world.archive().sums(block).fees;
    out << begin
        << fmt::format("{:<{}} {:>12}{}\n", miner_of(world, people, block), name_width,
                       payments_text(payments),
                       fees == Amount{} ? "" : fmt::format("   fees {} BZT", to_text(fees)));
}

void print_chain(std::ostream& out, const TextStyle& style, const sim::ObservedWorld& world,
                 const People& people) {
    const BlockTree& blocks = world.archive().blocks();
    const BlockIndex tip = world.common_tip();
    const auto heights = shown_heights(blocks[tip].height.value);
    std::size_t name_width = miner_width_min;
    for (const std::uint32_t at : heights) {
        if (at == 0) continue;
        const std::string miner = miner_of(world, people, blocks.ancestor(tip, Height{at}));
        name_width = std::max(name_width, display_width(miner));
    }
    out << '\n' << heading(style, "The main chain");
    std::uint32_t next_height = 0;
    for (const std::uint32_t at : heights) {
        if (at != next_height)
            out << fmt::format("          {}\n",
                               counted(at - next_height, "more block", "more blocks"));
        next_height = at + 1;
        print_chain_row(out, world, people, blocks.ancestor(tip, Height{at}), name_width);
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
    const auto shown = richest_first(balances);
    AmountColumn amounts;
    std::size_t names = 0;
    for (const sim::ParticipantId id : shown) {
        amounts.make_room(balances[id]);
        names = std::max(names, display_width(people.numbered(id)));
    }
    const bool is_all = shown.size() == balances.size();
    out << '\n'
        << heading(style,
                   is_all ? "Balances" : fmt::format("Balances, the {} largest", shown.size()));
    for (const sim::ParticipantId id : shown)
        out << fmt::format("  {:<{}}  {} BZT\n", people.numbered(id), names,
                           amounts.text(balances[id]));
    if (!is_all) out << fmt::format("  and {} more\n", grouped(balances.size() - shown.size()));
}

struct AuditRow {
    std::string label;
    Amount amount;
};

void print_audit(std::ostream& out, const TextStyle& style, const sim::Summary& summary) {
    const auto& ledger = summary.ledger;
    const std::array<AuditRow, 5> rows{{
        {"given out by the genesis block", ledger.allocated},
        {fmt::format("mined since, in {}", counted(summary.blocks.main_chain, "block", "blocks")),
         checked_subtract(ledger.issued, ledger.allocated).value_or(Amount{})},
        {"all the money there should be", ledger.issued},
        {fmt::format("sum of {}", counted(ledger.coin_count, "unspent coin", "unspent coins")),
         ledger.coins},
        {"sum of all balances", ledger.balances},
    }};
    AmountColumn amounts;
    for (const AuditRow& row : rows) amounts.make_room(row.amount);
    out << '\n' << heading(style, "Supply audit");
    for (const AuditRow& row : rows)
        out << fmt::format("  {:<34}{} BZT\n", row.label, amounts.text(row.amount));
    out << (ledger.balanced
                ? toned(style, Tone::good, "  balanced, to the last unit\n")
                : toned(style, Tone::bad, "  NOT BALANCED: the last three sums differ\n"));
}

void print_stale(std::ostream& out, const TextStyle& style, const sim::ObservedWorld& world,
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
        out << wrapped(style,
                       fmt::format("  {:>6}  {}  ", blocks[block].height.value,
                                   short_hash(blocks[block].hash)),
                       fmt::format("by {}: more work was done on {}'s",
                                   history->miner ? people.name(*history->miner) : "someone",
                                   miner_of(world, people, rival)));
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

/// To a whole number, which is not below 0.
std::string rounded(double mean) { return grouped(static_cast<std::uint64_t>(mean + 0.5)); }

std::string compact_row(std::string_view what, std::uint64_t count, std::string_view note) {
    return fmt::format("  {:<32}{:>10}{}{}\n", what, grouped(count), note.empty() ? "" : "   ",
                       note);
}

void print_compact_blocks(std::ostream& out, const TextStyle& style,
                          const sim::CompactBlocks& compact) {
    out << '\n' << heading(style, "Compact blocks");
    out << compact_row("came", compact.arrived, fmt::format("{} bytes", grouped(compact.bytes)));
    out << compact_row("first of their block", compact.first,
                       fmt::format("{} bytes each, whole {}", rounded(compact.bytes_mean()),
                                   rounded(compact.whole_bytes_mean())));
    out << compact_row("lacked payments", compact.incomplete,
                       fmt::format("{:.2f} % of them", 100 * compact.failure_share()));
    out << compact_row("payments asked for", compact.missing,
                       fmt::format("{:.1f} a block, {:.2f} % of it", compact.missing_mean(),
                                   100 * compact.missing_share()));
    out << compact_row("came whole after all", compact.fetched_whole, "");
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
    out << fmt::format("  a block reached half of all in {}, nine in ten in {}\n",
                       sim::span_text(summary.propagation.p50),
                       sim::span_text(summary.propagation.p90));
    if (summary.digest.empty()) {  // real time, and nothing that could be the same again
        out << fmt::format("  seed {}, {} of real nodes\n", summary.seed,
                           seconds_text(summary.virtual_time));
        return;
    }
    out << fmt::format("  seed {}, {} in {} of virtual time\n", summary.seed,
                       counted(summary.events, "event", "events"),
                       seconds_text(summary.virtual_time));
    out << fmt::format("  digest {}\n", summary.digest);
}

}  // namespace

void print_final_report(std::ostream& out, const TextStyle& style, const People& people,
                        const sim::ObservedWorld& world, const sim::Summary& summary) {
    print_chain(out, style, world, people);
    print_balances(out, style, people, summary);
    print_audit(out, style, summary);
    print_stale(out, style, world, people, summary);
    print_counts(out, style, summary);
    if (summary.compact_blocks) print_compact_blocks(out, style, *summary.compact_blocks);
    print_conclusion(out, style, summary);
}

namespace {

/// Counts as they are, shares with four digits, and what else is measured with one.
std::string figure_text(double value) {
    const std::uint64_t whole = value > 0 ? static_cast<std::uint64_t>(value) : 0;
    if (static_cast<double>(whole) == value) return grouped(whole);
    return value > -1 && value < 1 ? fmt::format("{:.4f}", value) : fmt::format("{:.1f}", value);
}

void print_figures(std::ostream& out, const sim::AttackOutcome& attack) {
    for (const auto& figure : attack.figures) {
        const std::string theory =
            figure.theory ? "   by theory " + figure_text(*figure.theory) : "";
        out << fmt::format("  {:<48}{:>10}{}\n", figure.meaning, figure_text(figure.value), theory);
    }
    if (!attack.figures.empty()) out << '\n';
}

}  // namespace

void print_attack(std::ostream& out, const TextStyle& style, const People& people,
                  const sim::AttackOutcome& attack) {
    out << '\n' << heading(style, fmt::format("Attack: {}", attack.name));
    for (const auto& [at, what] : attack.story)
        out << wrapped(style, fmt::format("  {:>9}  ", seconds_text(at)), people.named(what));
    if (!attack.story.empty()) out << '\n';
    print_figures(out, attack);
    out << toned(style, attack.succeeded ? Tone::bad : Tone::good,
                 wrapped(style, "  ",
                         fmt::format("The attack {}. {}", attack.succeeded ? "SUCCEEDED" : "failed",
                                     people.named(attack.detail))));
}

}  // namespace bezant::report
