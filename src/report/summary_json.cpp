// SPDX-License-Identifier: Apache-2.0
#include "report/summary_json.hpp"

#include <boost/json.hpp>

#include "base/hex.hpp"
#include "report/plain_numbers.hpp"
#include "report/summary_object.hpp"

namespace bezant::report {

namespace {

namespace json = boost::json;

json::array counts(const std::vector<sim::Count>& list, std::string_view name_key) {
    json::array array;
    for (const sim::Count& entry : list) {
        array.push_back(json::object{{name_key, entry.name}, {"count", entry.count}});
    }
    return array;
}

json::object ledger_of(const sim::Summary::Ledger& ledger) {
    json::array by_participant;
    for (const Amount amount : ledger.by_participant) by_participant.push_back(amount.value);
    return {{"allocated", ledger.allocated.value}, {"issued", ledger.issued.value},
            {"balances", ledger.balances.value},   {"coins", ledger.coins.value},
            {"coin_count", ledger.coin_count},     {"fees", ledger.fees.value},
            {"balanced", ledger.balanced},         {"by_participant", by_participant}};
}

json::value attack_of(const std::optional<sim::AttackOutcome>& attack) {
    if (!attack) return nullptr;
    json::object object{{"name", attack->name},
                        {"succeeded", attack->succeeded},
                        {"detail", attack->detail},
                        {"theory_odds", nullptr}};
    if (attack->theory_odds) object["theory_odds"] = *attack->theory_odds;
    json::object figures;
    json::object theory;
    for (const auto& figure : attack->figures) {
        figures[figure.name] = figure.value;
        if (figure.theory) theory[figure.name] = *figure.theory;
    }
    object["figures"] = std::move(figures);
    object["theory"] = std::move(theory);
    return object;
}

json::object propagation_of(const sim::Summary::Propagation& propagation) {
    return {{"samples", propagation.samples},
            {"p50_ms", milliseconds_of(propagation.p50)},
            {"p90_ms", milliseconds_of(propagation.p90)},
            {"p99_ms", milliseconds_of(propagation.p99)}};
}

json::object compact_blocks_of(const sim::CompactBlocks& compact) {
    return {{"arrived", compact.arrived},
            {"first", compact.first},
            {"incomplete", compact.incomplete},
            {"failure_share", compact.failure_share()},
            {"fetched_whole", compact.fetched_whole},
            {"missing", compact.missing},
            {"missing_mean", compact.missing_mean()},
            {"missing_share", compact.missing_share()},
            {"bytes", compact.bytes},
            {"bytes_mean", compact.bytes_mean()},
            {"whole_bytes_mean", compact.whole_bytes_mean()},
            {"missing_bytes", compact.missing_bytes}};
}

json::object whole(const sim::RunFailure& failure, const sim::World& world,
                   std::string_view version, double wall_seconds) {
    json::array parts;
    for (const auto& part : failure.parts) parts.push_back(json::array(part.begin(), part.end()));
    return {{"scenario", world.scenario().name},
            {"seed", failure.seed},
            {"version", version},
            {"participants", world.size()},
            {"virtual_seconds", seconds_of(world.elapsed())},
            {"wall_seconds", wall_seconds},
            {"events", world.events()},
            {"attack", attack_of(failure.attack)},
            {"failure",
             {{"check", failure.check}, {"detail", failure.detail}, {"parts", std::move(parts)}}}};
}

}  // namespace

json::object summary_object(const sim::Summary& summary, std::string_view version,
                            double wall_seconds) {
    const auto& [mined, main_chain, stale] = summary.blocks;
    const auto& [created, confirmed, rejected, pending] = summary.transactions;
    json::object object{
        {"scenario", summary.scenario},
        {"seed", summary.seed},
        {"version", version},
        {"digest", summary.digest},
        {"participants", summary.participants},
        {"virtual_seconds", seconds_of(summary.virtual_time)},
        {"wall_seconds", wall_seconds},
        {"events", summary.events},
        {"blocks", {{"mined", mined}, {"main_chain", main_chain}, {"stale", stale}}},
        {"transactions",
         {{"created", created},
          {"confirmed", confirmed},
          {"rejected", rejected},
          {"pending", pending}}},
        {"agreement",
         {{"tips", summary.agreement.tips},
          {"height", summary.agreement.height.value},
          {"tip", to_hex_reversed(summary.agreement.tip.view())}}},
        {"ledger", ledger_of(summary.ledger)},
        {"propagation", propagation_of(summary.propagation)},
        {"rejections", counts(summary.rejections, "reason")},
        {"dropped_peers", counts(summary.dropped_peers, "misconduct")},
        {"messages", counts(summary.messages, "kind")},
        {"message_bytes", summary.message_bytes},
        {"checker_steps", summary.checker_steps},
        {"attack", attack_of(summary.attack)},
        {"failure", nullptr}};
    if (summary.compact_blocks)
        object["compact_blocks"] = compact_blocks_of(*summary.compact_blocks);
    return object;
}

std::string summary_json(const sim::Summary& summary, std::string_view version,
                         double wall_seconds) {
    return json::serialize(summary_object(summary, version, wall_seconds));
}

std::string failure_json(const sim::RunFailure& failure, const sim::World& world,
                         std::string_view version, double wall_seconds) {
    return json::serialize(whole(failure, world, version, wall_seconds));
}

}  // namespace bezant::report
