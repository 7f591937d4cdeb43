// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <array>
#include <boost/json.hpp>
#include <cstdio>
#include <memory>
#include <string>

#include "apps/command.hpp"
#include "apps/replay_trace.hpp"
#include "apps/terminal.hpp"
#include "base/hex.hpp"
#include "net/record/replay.hpp"
#include "report/text_style.hpp"

namespace bezant::apps {

namespace {

using net::RecordEnding;
using net::ReplayReport;

struct ReplayFlags {
    std::string file;
    std::uint64_t until = 0;  ///< 0: to the end
    bool trace = false;
    bool json = false;
};

/// Says on a terminal how far it has come.
class ReplayProgress final : public net::ReplayWatcher {
public:
    ReplayProgress() : is_shown_(errors_go_to_terminal()) {}

    void begins(std::uint64_t number, const net::TimedEvent& /*event*/, const Archive& /*archive*/,
                double read) override {
        constexpr std::uint64_t events_between = 1'024;
        if (!is_shown_ || number % events_between != 0) return;
        fmt::print(stderr, "\r\x1b[K{:3.0f} %  event {}", 100 * read, report::grouped(number));
        std::fflush(stderr);
    }
    void finish() const {
        if (is_shown_) fmt::print(stderr, "\r\x1b[K");
    }

private:
    bool is_shown_;
};

std::string_view text_of(RecordEnding ending) {
    switch (ending) {
        case RecordEnding::clean:
            return "the node ended as it should";
        case RecordEnding::after_event:
            return "it stops between two events: the node was killed, or its record cut off";
        case RecordEnding::in_event:
            return "it stops in the midst of the last event, which may be what ended the node";
        case RecordEnding::not_reached:
            return "not reached: as many events as asked for were replayed";
    }
    return {};
}

std::string_view name_of(RecordEnding ending) {
    constexpr std::array<std::string_view, 4> names{"clean", "after_event", "in_event",
                                                    "not_reached"};
    return names[static_cast<std::size_t>(ending)];
}

double seconds_of(const ReplayReport& report) {
    return static_cast<double>((report.last_at - report.start.at).microseconds) / 1e6;
}

std::string ending_text(const ReplayReport& report) {
    std::string text{text_of(report.ending)};
    if (report.is_torn) text += "; its last bytes are not whole";
    if (report.lacks_signature) text += "; what that event signs has no signature";
    return text;
}

void print_report(const ReplayReport& report) {
    const report::TextStyle style = output_style(Colour::automatic);
    const auto line = [](std::string_view label, const std::string& text) {
        fmt::print("  {:<14}{}\n", label, text);
    };
    line("network", report.start.parameters.name);
    line("recorded",
         fmt::format("{} UTC, by bezant {}", moment_text(report.start.at), report.start.version));
    line("events",
         fmt::format("{} in {:.3f} s", report::grouped(report.events), seconds_of(report)));
    line("tip", to_hex_reversed(report.standing.tip.view()));
    line("height", report::grouped(report.standing.height.value));
    line("waiting", report::counted(report.standing.payments, "payment", "payments"));
    line("digest", to_hex(report.digest.view()));
    line("end", ending_text(report));
    if (report.parting || report.damage) return;
    fmt::print("{}\n", report::toned(style, report::Tone::good,
                                     "  the same, event by event, as was recorded"));
}

void print_json(const ReplayReport& report) {
    boost::json::array pool;
    for (const TransactionId& id : report.pool) pool.emplace_back(to_hex_reversed(id.view()));
    boost::json::object object{{"network", report.start.parameters.name},
                               {"version", report.start.version},
                               {"key", to_hex(report.start.key.view())},
                               {"events", report.events},
                               {"seconds", seconds_of(report)},
                               {"tip", to_hex_reversed(report.standing.tip.view())},
                               {"height", report.standing.height.value},
                               {"mempool", std::move(pool)},
                               {"digest", to_hex(report.digest.view())},
                               {"ending", name_of(report.ending)},
                               {"torn", report.is_torn},
                               {"parted_at", nullptr}};
    if (report.parting) object["parted_at"] = report.parting->event;
    fmt::print("{}\n", boost::json::serialize(object));
}

ExitCode verdict_of(const ReplayReport& report) {
    if (report.parting) {
        print_error(fmt::format("event {}, of {} UTC: the participant {}", report.parting->event,
                                moment_text(report.parting->at), report.parting->what),
                    report.start.version == BEZANT_VERSION
                        ? "--trace shows what leads to it"
                        : fmt::format("the record is of bezant {}, and this is {}: replay it with "
                                      "the version that wrote it",
                                      report.start.version, BEZANT_VERSION));
        return ExitCode::check_failed;
    }
    if (!report.damage) return ExitCode::good;
    print_error(report.damage->what, report.damage->advice);
    return ExitCode::input;
}

ExitCode replay_record(const ReplayFlags& flags) {
    ReplayProgress progress;
    ReplayTrace trace;
    net::ReplayWatcher* watcher = &progress;
    if (flags.trace) watcher = &trace;
    const auto report = net::replay(
        {.file = flags.file, .events_max = flags.until != 0 ? flags.until : UINT64_MAX}, *watcher);
    progress.finish();
    if (!report) {
        print_error(fmt::format("{}: {}", flags.file, report.error().what), report.error().advice);
        return report.error().is_of_record ? ExitCode::input : ExitCode::environment;
    }
    if (flags.json)
        print_json(*report);
    else
        print_report(*report);
    return verdict_of(*report);
}

}  // namespace

Command add_replay(CLI::App& program) {
    CLI::App* app = program.add_subcommand(
        "replay", "Do again what a node did, from the record of all that entered it");
    const auto flags = std::make_shared<ReplayFlags>();
    app->add_option("file", flags->file, "The record, as 'bezant node --record' writes it")
        ->required();
    app->add_option("--until", flags->until, "Stop after so many events")
        ->option_text("NUMBER")
        ->check(CLI::PositiveNumber);
    CLI::Option* trace =
        app->add_flag("--trace", flags->trace, "Print each event and what the participant does");
    app->add_flag("--json", flags->json, "Print the outcome as one JSON object")->excludes(trace);
    app->footer("Example: bezant replay node.bzr --trace --until 100");
    return {app, [flags] { return replay_record(*flags); }};
}

}  // namespace bezant::apps
