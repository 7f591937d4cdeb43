// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>
#include <cstdio>
#include <memory>
#include <vector>

#include "apps/bench/bench_commands.hpp"
#include "apps/memory.hpp"
#include "apps/scenario_flags.hpp"
#include "apps/terminal.hpp"
#include "fidelity/check.hpp"
#include "report/text_style.hpp"
#include "report/wrapped_text.hpp"
#include "sweep/parallel.hpp"

namespace bezant::apps {

namespace {

namespace json = boost::json;

using fidelity::Check;
using fidelity::Finding;

constexpr double quick_scale = 0.1;

struct FidelityOptions {
    std::vector<std::string> only;
    std::uint64_t seed = 1;
    unsigned threads = sweep::usual_threads();
    bool quick = false;
    bool json = false;
    Colour colour = Colour::automatic;
};

fidelity::Plan plan_of(const FidelityOptions& options) {
    return {.scale = options.quick ? quick_scale : 1.0,
            .seed = options.seed,
            .runner = [threads = options.threads](std::size_t count,
                                                  const std::function<void(std::size_t)>& job) {
                (void)sweep::parallel_map(count, threads, [&job](std::size_t i) {
                    job(i);
                    return true;
                });
            }};
}

std::vector<std::string> check_names() {
    std::vector<std::string> names;
    for (const Check& check : fidelity::checks()) names.emplace_back(check.name);
    return names;
}

bool is_chosen(const FidelityOptions& options, const Check& check) {
    return options.only.empty() ||
           std::ranges::find(options.only, check.name) != options.only.end();
}

json::object as_json(const Check& check, const Finding& finding) {
    json::object object{{"check", check.name},          {"what", finding.what},
                        {"expected", finding.expected}, {"simulated", finding.simulated},
                        {"low", finding.interval.low},  {"high", finding.interval.high},
                        {"unit", check.unit},           {"samples", finding.samples},
                        {"p_value", nullptr},           {"agrees", finding.agrees()}};
    if (finding.p_value) object["p_value"] = *finding.p_value;
    return object;
}

void print_row(const report::TextStyle& style, const Check& check, const Finding& finding) {
    const std::string fit = finding.p_value ? fmt::format("p = {:.3f}", *finding.p_value)
                                            : fmt::format("{:.4g} to {:.4g}", finding.interval.low,
                                                          finding.interval.high);
    fmt::print("  {:<36}{:>9.4g} {:<1}{:>10.4g}  {:<18}{}\n", finding.what, finding.expected,
               check.unit, finding.simulated, fit,
               finding.agrees() ? report::toned(style, report::Tone::good, "agrees")
                                : report::toned(style, report::Tone::bad, "DISAGREES"));
}

void print_check(const report::TextStyle& style, const Check& check,
                 const std::vector<Finding>& findings) {
    fmt::print("\n{}", report::heading(style, check.title));
    fmt::print("{}", report::wrapped(style, "  Against: ", std::string{check.source}));
    fmt::print("  {:<36}{:>9}  {:>10}  {:<18}\n", "", "expected", "simulated", "99.9 % interval");
    for (const Finding& finding : findings) print_row(style, check, finding);
}

ExitCode bench_fidelity(const FidelityOptions& options) {
    use_memory_freely();
    const report::TextStyle style = output_style(options.colour);
    json::array list;
    std::size_t count = 0;
    std::size_t astray = 0;
    for (const Check& check : fidelity::checks()) {
        if (!is_chosen(options, check)) continue;
        const std::vector<Finding> findings = check.run(plan_of(options));
        for (const Finding& finding : findings) list.push_back(as_json(check, finding));
        count += findings.size();
        astray += static_cast<std::size_t>(
            std::ranges::count_if(findings, [](const Finding& each) { return !each.agrees(); }));
        if (!options.json) print_check(style, check, findings);
        std::fflush(stdout);
    }
    if (options.json) {
        fmt::print("{}\n", json::serialize(list));
    } else {
        fmt::print("\n{} of {} agree\n", count - astray, count);
    }
    return astray == 0 ? ExitCode::good : ExitCode::check_failed;
}

}  // namespace

Command add_bench_fidelity(CLI::App& bench) {
    CLI::App* app = bench.add_subcommand(
        "fidelity", "Compare what is simulated with theory and measurement, with verdicts");
    const auto options = std::make_shared<FidelityOptions>();
    app->add_option("--only", options->only, "Only this check; may be given several times")
        ->option_text("NAME")
        ->check(CLI::IsMember(check_names()));
    app->add_option("--seed", options->seed, "What all runs follow from")->option_text("NUMBER");
    app->add_option("--threads", options->threads, "So many runs at a time; changes no result")
        ->option_text("NUMBER")
        ->check(CLI::Range(1U, 1'024U));
    app->add_flag("--quick", options->quick, "A tenth of the runs: seconds instead of minutes");
    app->add_flag("--json", options->json, "Print a list of JSON objects and nothing else");
    add_colour_flag(*app, options->colour);
    app->footer("Example: bezant bench fidelity --only revenue --quick");
    return {app, [options] { return bench_fidelity(*options); }};
}

}  // namespace bezant::apps
