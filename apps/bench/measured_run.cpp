// SPDX-License-Identifier: Apache-2.0
#include "apps/bench/measured_run.hpp"

#include <fmt/format.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <boost/json.hpp>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <iostream>

#include "apps/descriptor.hpp"
#include "apps/signature_workers.hpp"
#include "report/plain_numbers.hpp"
#include "sim/attacks/make_attack.hpp"
#include "sim/relay/relay_world.hpp"
#include "sim/world.hpp"

namespace bezant::apps {

namespace {

namespace json = boost::json;

double seconds_of(const timeval& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
}

rusage usage() {
    rusage used{};
    (void)::getrusage(RUSAGE_SELF, &used);
    return used;
}

double cpu_seconds() {
    const rusage used = usage();
    return seconds_of(used.ru_utime) + seconds_of(used.ru_stime);
}

/// Takes the time of making a world apart from that of running it.
class Watch {
public:
    void world_is_made() {
        setup_cpu_ = cpu_seconds() - begun_cpu_;
        started_ = Clock::now();
    }
    void stop(Measured& measured) const {
        measured.wall_seconds = std::chrono::duration<double>(Clock::now() - started_).count();
        measured.setup_cpu_seconds = setup_cpu_;
        measured.cpu_seconds = cpu_seconds() - begun_cpu_ - setup_cpu_;
        measured.peak_rss_bytes = static_cast<std::uint64_t>(usage().ru_maxrss) * 1'024;
    }

private:
    using Clock = std::chrono::steady_clock;
    double begun_cpu_ = cpu_seconds();
    double setup_cpu_ = 0;
    Clock::time_point started_ = Clock::now();
};

template <class Summary>
void note(Measured& measured, const Summary& summary) {
    measured.participants = summary.participants;
    measured.blocks = summary.blocks.mined;
    measured.virtual_seconds = report::seconds_of(summary.virtual_time);
    measured.events = summary.events;
    measured.digest = summary.digest;
}

Failure failure_of_run(const sim::RunFailure& failure) {
    return {.code = ExitCode::check_failed,
            .what = fmt::format("{}: {}", failure.check, failure.detail),
            .advice = {}};
}

Outcome<Measured> run_relay(const LoadedScenario& loaded, Watch& watch) {
    sim::RelayWorld world{loaded.scenario, loaded.topology, loaded.regions.value()};
    watch.world_is_made();
    const auto summary = world.run();
    if (!summary) return unexpected{failure_of_run(summary.error())};
    Measured measured;
    watch.stop(measured);
    note(measured, *summary);
    measured.p50_ms = report::milliseconds_of(summary->half);
    measured.p90_ms = report::milliseconds_of(summary->nine_tenths);
    return measured;
}

Outcome<Measured> run_ledger(const LoadedScenario& loaded, Watch& watch) {
    const auto verifier = make_signature_workers();
    sim::World world{loaded.scenario, loaded.topology.graph,
                     sim::make_attack(loaded.scenario.attack), verifier.get(), verifier.get()};
    watch.world_is_made();
    const auto summary = world.run();
    if (!summary) return unexpected{failure_of_run(summary.error())};
    Measured measured;
    watch.stop(measured);
    note(measured, *summary);
    measured.payments = summary->transactions.confirmed;
    measured.p50_ms = report::milliseconds_of(summary->propagation.p50);
    measured.p90_ms = report::milliseconds_of(summary->propagation.p90);
    return measured;
}

Outcome<Measured> run_here(const ScenarioChoice& choice) {
    Watch watch;
    const auto loaded = load_scenario(choice);
    if (!loaded) {
        return unexpected{Failure{
            .code = ExitCode::input, .what = loaded.error().what, .advice = loaded.error().advice}};
    }
    return loaded->scenario.model == sim::Model::relay ? run_relay(*loaded, watch)
                                                       : run_ledger(*loaded, watch);
}

/// What goes through the pipe: what `bezant bench sim --json` prints, or why there is nothing.
std::string letter_of(const std::string& name, Outcome<Measured> outcome) {
    if (outcome) {
        outcome->name = name;
        return to_json(*outcome);
    }
    return json::serialize(json::object{{"code", static_cast<int>(outcome.error().code)},
                                        {"what", outcome.error().what},
                                        {"advice", outcome.error().advice}});
}

Failure failure_of_system(std::string_view what) {
    return {.code = ExitCode::environment,
            .what = fmt::format("{}: {}", what, std::strerror(errno)),
            .advice = {}};
}

void write_all(int descriptor, std::string_view text) {
    while (!text.empty()) {
        const ssize_t written = ::write(descriptor, text.data(), text.size());
        if (written < 0 && errno != EINTR) return;
        if (written > 0) text.remove_prefix(static_cast<std::size_t>(written));
    }
}

std::string read_all(int descriptor) {
    std::string text;
    std::array<char, 4'096> part{};
    while (true) {
        const ssize_t count = ::read(descriptor, part.data(), part.size());
        if (count < 0 && errno == EINTR) continue;
        if (count <= 0) return text;
        text.append(part.data(), static_cast<std::size_t>(count));
    }
}

double number(const json::object& object, std::string_view key) {
    return object.at(key).to_number<double>();
}

std::uint64_t count(const json::object& object, std::string_view key) {
    return object.at(key).to_number<std::uint64_t>();
}

std::string text(const json::object& object, std::string_view key) {
    return std::string{object.at(key).as_string()};
}

Outcome<Measured> read_letter(const std::string& letter) {
    boost::system::error_code error;
    const json::value value = json::parse(letter, error);
    if (error || !value.is_object()) {
        return unexpected{Failure{.code = ExitCode::environment,
                                  .what = "the process that was measured ended early",
                                  .advice = "was there memory enough?"}};
    }
    const json::object& object = value.as_object();
    if (object.contains("code")) {
        return unexpected{Failure{.code = static_cast<ExitCode>(count(object, "code")),
                                  .what = text(object, "what"),
                                  .advice = text(object, "advice")}};
    }
    const json::object& propagation = object.at("propagation").as_object();
    return Measured{.name = text(object, "name"),
                    .participants = count(object, "participants"),
                    .blocks = count(object, "blocks"),
                    .payments = count(object, "payments"),
                    .virtual_seconds = number(object, "virtual_seconds"),
                    .wall_seconds = number(object, "wall_seconds"),
                    .cpu_seconds = number(object, "cpu_seconds"),
                    .setup_cpu_seconds = number(object, "setup_cpu_seconds"),
                    .events = count(object, "events"),
                    .peak_rss_bytes = count(object, "peak_rss_bytes"),
                    .p50_ms = number(propagation, "p50_ms"),
                    .p90_ms = number(propagation, "p90_ms"),
                    .digest = text(object, "digest")};
}

}  // namespace

double Measured::cpu_us_per_participant_block() const {
    const auto pairs = static_cast<double>(participants * blocks);
    return pairs > 0 ? cpu_seconds * 1e6 / pairs : 0;
}

std::string to_json(const Measured& measured) {
    return json::serialize(
        json::object{{"name", measured.name},
                     {"participants", measured.participants},
                     {"blocks", measured.blocks},
                     {"payments", measured.payments},
                     {"virtual_seconds", measured.virtual_seconds},
                     {"wall_seconds", measured.wall_seconds},
                     {"cpu_seconds", measured.cpu_seconds},
                     {"setup_cpu_seconds", measured.setup_cpu_seconds},
                     {"events", measured.events},
                     {"peak_rss_bytes", measured.peak_rss_bytes},
                     {"cpu_us_per_participant_block", measured.cpu_us_per_participant_block()},
                     {"propagation", {{"p50_ms", measured.p50_ms}, {"p90_ms", measured.p90_ms}}},
                     {"digest", measured.digest}});
}

Outcome<Measured> run_measured(const std::string& name, const ScenarioChoice& choice) {
    std::array<int, 2> ends{};
    if (::pipe(ends.data()) != 0) return unexpected{failure_of_system("cannot make a pipe")};
    const Descriptor reading{ends[0]};
    Descriptor writing{ends[1]};
    std::cout.flush();
    const pid_t child = ::fork();
    if (child < 0) return unexpected{failure_of_system("cannot start a process")};
    if (child == 0) {
        write_all(writing.number(), letter_of(name, run_here(choice)));
        ::_exit(0);
    }
    writing = Descriptor{-1};
    const std::string letter = read_all(reading.number());
    int status = 0;
    while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
    }
    return read_letter(letter);
}

}  // namespace bezant::apps
