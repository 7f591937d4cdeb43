// SPDX-License-Identifier: Apache-2.0
#include "report/relay_report.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>
#include <cmath>

#include "report/bar_text.hpp"
#include "report/plain_numbers.hpp"
#include "report/summary_object.hpp"
#include "sim/wording.hpp"

namespace bezant::report {

namespace {

namespace json = boost::json;

using sim::RelaySummary;

constexpr std::size_t bar_columns = 40;

/// The share of blocks that are found while some participants have not heard of another: Decker and
/// Wattenhofer 2013, "Information propagation in the Bitcoin network", equation 4. The integral of
/// those who have not heard is the mean time to hear.
double expected_stale_share(const RelaySummary& summary) {
    if (summary.blocks.main_chain == 0) return 0;
    const double per_second =
        static_cast<double>(summary.blocks.mined) / seconds_of(summary.virtual_time);
    return 1.0 - std::pow(1.0 - std::min(1.0, per_second), seconds_of(summary.propagation_mean));
}

double stale_share(const RelaySummary& summary) {
    return summary.blocks.mined == 0 ? 0
                                     : static_cast<double>(summary.blocks.stale) /
                                           static_cast<double>(summary.blocks.mined);
}

void print_blocks(std::ostream& out, const TextStyle& style, const RelaySummary& summary) {
    const auto& [mined, main_chain, stale] = summary.blocks;
    out << '\n' << heading(style, "Blocks");
    out << fmt::format("  found{:>28}", grouped(mined));
    if (mined > 0)
        out << fmt::format("   one in {:.1f} s",
                           seconds_of(summary.virtual_time) / static_cast<double>(mined));
    out << fmt::format("\n  on the main chain{:>16}\n", grouped(main_chain));
    out << fmt::format("  stale{:>28}   {:.2f} %, where {:.2f} % are to be expected\n",
                       grouped(stale), 100 * stale_share(summary),
                       100 * expected_stale_share(summary));
}

void print_spread(std::ostream& out, const TextStyle& style, const RelaySummary& summary) {
    if (summary.propagation.samples == 0) return;
    out << '\n' << heading(style, "How a block spreads");
    const auto largest = static_cast<std::size_t>(
        std::max<std::int64_t>(1, summary.spread.back().within.microseconds));
    for (const auto& [share_ppm, within] : summary.spread) {
        out << fmt::format("  {:>3} % have it within {:>9}  {}\n", share_ppm / 10'000,
                           sim::span_text(within),
                           bar_text(static_cast<std::size_t>(within.microseconds), largest,
                                    bar_columns, style.unicode));
    }
    out << fmt::format("  the middle block has half of all after {}, nine in ten after {}\n",
                       sim::span_text(summary.half), sim::span_text(summary.nine_tenths));
}

}  // namespace

void print_relay_report(std::ostream& out, const TextStyle& style, const RelaySummary& summary) {
    print_blocks(out, style, summary);
    print_spread(out, style, summary);
    out << '\n' << heading(style, "Outcome");
    out << fmt::format("  seed {}, {} in {} of virtual time\n", summary.seed,
                       counted(summary.events, "event", "events"),
                       sim::seconds_text(summary.virtual_time));
    out << fmt::format("  digest {}\n", summary.digest);
}

json::object summary_object(const RelaySummary& summary, std::string_view version,
                            double wall_seconds) {
    const auto& [mined, main_chain, stale] = summary.blocks;
    json::array spread;
    for (const auto& [share_ppm, within] : summary.spread)
        spread.push_back({{"share", share_ppm / 1e6}, {"within_ms", milliseconds_of(within)}});
    return {{"scenario", summary.scenario},
            {"seed", summary.seed},
            {"version", version},
            {"digest", summary.digest},
            {"participants", summary.participants},
            {"links", summary.links},
            {"virtual_seconds", seconds_of(summary.virtual_time)},
            {"wall_seconds", wall_seconds},
            {"events", summary.events},
            {"blocks", {{"mined", mined}, {"main_chain", main_chain}, {"stale", stale}}},
            {"stale_share", stale_share(summary)},
            {"stale_share_expected", expected_stale_share(summary)},
            {"propagation",
             {{"samples", summary.propagation.samples},
              {"p50_ms", milliseconds_of(summary.propagation.p50)},
              {"p90_ms", milliseconds_of(summary.propagation.p90)},
              {"p99_ms", milliseconds_of(summary.propagation.p99)},
              {"mean_ms", milliseconds_of(summary.propagation_mean)},
              {"half_ms", milliseconds_of(summary.half)},
              {"nine_tenths_ms", milliseconds_of(summary.nine_tenths)},
              {"spread", spread}}},
            {"failure", nullptr}};
}

std::string relay_summary_json(const RelaySummary& summary, std::string_view version,
                               double wall_seconds) {
    return json::serialize(summary_object(summary, version, wall_seconds));
}

std::string relay_failure_json(const sim::RunFailure& failure, const sim::RelayWorld& world,
                               std::string_view version, double wall_seconds) {
    const Duration elapsed{static_cast<std::int64_t>(world.engine().now_us())};
    return json::serialize(json::object{
        {"scenario", world.scenario().name},
        {"seed", failure.seed},
        {"version", version},
        {"participants", world.network().size()},
        {"virtual_seconds", seconds_of(elapsed)},
        {"wall_seconds", wall_seconds},
        {"events", world.engine().events()},
        {"failure",
         {{"check", failure.check}, {"detail", failure.detail}, {"parts", json::array{}}}}});
}

}  // namespace bezant::report
