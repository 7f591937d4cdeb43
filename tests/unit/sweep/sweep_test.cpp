// SPDX-License-Identifier: Apache-2.0
// Whole sweeps over small worlds: the same results on however many threads and processes, after any
// interruption, and none that do not belong together.
#include "sweep/sweep.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <deque>
#include <fstream>
#include <mutex>
#include <sstream>
#include <thread>

#include "sim/relay/relay_world.hpp"
#include "sim/scenario_file.hpp"
#include "sim/topology/generators.hpp"
#include "sweep/parallel.hpp"
#include "sweep/plan_file.hpp"
#include "sweep/result_text.hpp"
#include "sweep/several_processes.hpp"
#include "tests/support/temporary_folder.hpp"

namespace bezant::sweep {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

/// A ring of few who pay each other for a round; of 13 participants, nobody can make the network.
Result<PreparedRun, Failure> small_world(const Plan& plan, std::uint32_t cell, std::int64_t seed) {
    PreparedRun run;
    sim::Scenario& scenario = run.scenario;
    scenario.participants = 3;
    scenario.workload.rounds = 1;
    scenario.network.proof_of_work = ProofOfWork::sampled;
    for (const auto& [key, value] : plan.settings_of(cell)) {
        const auto done = sim::set_scenario_key(scenario, key, value);
        if (!done) return unexpected(Failure{to_text(done.error()), {}});
    }
    scenario.seed = static_cast<std::uint64_t>(seed);
    if (scenario.participants == 13)
        return unexpected(Failure{"thirteen at a table", "invite one"});
    run.topology.graph = sim::ring(scenario.participants).value();
    run.source.bytes[0] = 1;
    return run;
}

constexpr std::string_view small_plan =
    "name = \"small\"\nseeds = 6\n"
    "[grid]\nlink.latency_max = [\"80 ms\", \"900 ms\"]\nparticipants = [3, 4]\n";
constexpr std::string_view stopping_plan =
    "seeds = 40\nmeasures = [\"blocks.mined\", \"messages.headers\", \"ledger.balanced\"]\n"
    "[grid]\nparticipants = [3, 4, 5]\n"
    "[stop]\nmeasure = \"virtual_seconds\"\nrelative_half_width = 0.3\nseeds_min = 4\n";

class Sweep : public testing::Test {
protected:
    Task task(std::string_view plan, const std::string& name, unsigned threads = 1) {
        return {.plan = plan_from_toml(plan, "plan").value(),
                .prepare = small_world,
                .folder = (folder_.path() / name).string(),
                .version = "1",
                .threads = threads,
                .report = {}};
    }

    static SweepResult good(const Task& task, MessagePort* port = nullptr) {
        auto result = carry_out(task, port);
        EXPECT_TRUE(result) << (result ? "" : result.error().failure.what);
        return result.value_or(SweepResult{});
    }
    static std::string error_of(const Task& task) {
        const auto result = carry_out(task, nullptr);
        return result ? "" : result.error().failure.what;
    }

    /// All that is in the file, but what the clock said.
    static std::string content_of(const Task& task) {
        auto database = Database::open(task.folder + "/results.sqlite").value();
        std::string content;
        for (const char* query :
             {"SELECT * FROM sweep", "SELECT * FROM cells ORDER BY cell",
              "SELECT cell, number, seed, digest, error FROM runs ORDER BY cell, number",
              "SELECT * FROM measures ORDER BY cell, number, measure",
              "SELECT * FROM measure_kinds ORDER BY measure",
              "SELECT * FROM statistics ORDER BY cell, measure",
              "SELECT * FROM results ORDER BY cell, number"}) {
            auto rows = database.prepare(query);
            while (rows.step()) {
                for (int column = 0; column < rows.columns(); ++column)
                    content += rows.text(column) + '|';
                content += '\n';
            }
        }
        EXPECT_EQ(database.error(), "");
        return content;
    }

    static std::string file_of(const Task& task, const std::string& name) {
        const std::ifstream file{task.folder + "/" + name};
        std::ostringstream text;
        text << file.rdbuf();
        return text.str();
    }
    static std::string all_of(const Task& task) {
        return content_of(task) + file_of(task, "runs.csv") + file_of(task, "cells.csv");
    }

    test::TemporaryFolder folder_;
};

TEST_F(Sweep, IsTheSameOnAnyNumberOfThreads) {
    for (const std::string_view plan : {small_plan, stopping_plan}) {
        const Task one = task(plan, fmt::format("{}-one", plan.size()));
        good(one);
        EXPECT_GT(all_of(one).size(), 1'000U);
        for (const unsigned threads : {2U, 4U}) {
            const Task several = task(plan, fmt::format("{}-{}", plan.size(), threads), threads);
            good(several);
            EXPECT_EQ(all_of(one), all_of(several)) << threads;
        }
    }
}

TEST_F(Sweep, EndsCellsEarlyIfItIsAsked) {
    const Task stopping = task(stopping_plan, "stopping", 2);
    const SweepResult result = good(stopping);
    for (const std::uint32_t runs : result.results.runs) {
        EXPECT_GE(runs, 4U);
        EXPECT_LT(runs, 40U);
    }
    EXPECT_EQ(result.results.measures.size(), 3U);
}

TEST_F(Sweep, CountsWhatIsNotInAListAsNothing) {
    const Task plan = task(
        "seeds = 4\nmeasures = [\"rejections.conflict\", \"ledger.balanced\"]\n"
        "[grid]\nparticipants = [3]\n",
        "counts");
    const SweepResult result = good(plan);
    EXPECT_EQ(result.results.estimates[1][0].mean, 1.0);
    EXPECT_LT(result.results.estimates[1][0].interval->low, 0.6) << "Wilson's, of 4 of 4";
}

/// Lets a process die in the middle: what it has is what is in the file.
TEST_F(Sweep, GoesOnWhereItWasCutOff) {
    for (const std::string_view plan : {small_plan, stopping_plan}) {
        const Task whole = task(plan, fmt::format("{}-whole", plan.size()));
        good(whole);
        for (const int runs_before : {1, 7, 11}) {
            const Task cut = task(plan, fmt::format("{}-cut-{}", plan.size(), runs_before));
            const Hash256 plan_hash = hash_of(
                cut.plan, std::vector(cut.plan.cells.size(), small_world(cut.plan, 0, 1)->source));
            std::filesystem::create_directories(cut.folder);
            {
                auto file =
                    ResultFile::open(cut.folder + "/results.sqlite", cut.plan, plan_hash, "1");
                ASSERT_TRUE(file);
                // Out of order, as threads do them.
                for (int i = 0; i < runs_before; ++i) {
                    const Job job{static_cast<std::uint32_t>(i) % 3,
                                  static_cast<std::uint32_t>(i) / 2};
                    file->add(
                        job,
                        result_of(*small_world(cut.plan, job.cell, cut.plan.seed_of(job.number))),
                        {});
                }
                ASSERT_EQ(file->error(), "");
            }
            Task rest = cut;
            std::atomic<std::uint64_t> here = 0;
            rest.report = [&](const Progress& progress) { here = progress.runs_here; };
            const SweepResult result = good(rest);
            EXPECT_EQ(all_of(rest), all_of(whole)) << runs_before;
            EXPECT_GT(here.load(), 0U);
            const auto total =
                std::accumulate(result.results.runs.begin(), result.results.runs.end(), 0U);
            EXPECT_LT(here.load(), total);
            here = 0;
            good(rest);
            EXPECT_EQ(here.load(), 0U) << "nothing is done twice";
        }
    }
}

TEST_F(Sweep, RefusesWhatIsNotItsOwn) {
    const Task first = task(small_plan, "results");
    good(first);
    Task other = task(stopping_plan, "results");
    EXPECT_THAT(error_of(other), HasSubstr("another plan, scenario or version"));
    other = first;
    other.version = "2";
    EXPECT_THAT(error_of(other), HasSubstr("another plan, scenario or version"));
    other = first;
    other.prepare = [](const Plan& plan, std::uint32_t cell, std::int64_t seed) {
        auto run = small_world(plan, cell, seed);
        if (run) run->source.bytes[0] = 2;
        return run;
    };
    EXPECT_THAT(error_of(other), HasSubstr("another plan, scenario or version"));
    std::filesystem::create_directories(folder_.path() / "noise");
    std::ofstream{folder_.path() / "noise/results.sqlite"}
        << "this is no database, however long it may be";
    EXPECT_THAT(error_of(task(small_plan, "noise")), HasSubstr("cannot use"));
}

TEST_F(Sweep, RefusesAFileThatAnotherWritesTo) {
    const Task first = task(small_plan, "results");
    std::filesystem::create_directories(first.folder);
    const auto other = Database::open(first.folder + "/results.sqlite");
    ASSERT_TRUE(other);
    EXPECT_THAT(error_of(first), HasSubstr("locked"));
}

TEST_F(Sweep, NoticesThatItsFilesChange) {
    Task changing = task(small_plan, "changing", 2);
    auto calls = std::make_shared<std::atomic<int>>(0);
    changing.prepare = [calls](const Plan& plan, std::uint32_t cell, std::int64_t seed) {
        auto run = small_world(plan, cell, seed);
        if (run && ++*calls > 10) run->source.bytes[0] = 2;
        return run;
    };
    EXPECT_THAT(error_of(changing), HasSubstr("was changed while the sweep ran"));
    good(task(small_plan, "changing"));
    good(task(small_plan, "unchanged"));
    EXPECT_EQ(all_of(task(small_plan, "changing")), all_of(task(small_plan, "unchanged")));
}

TEST_F(Sweep, SaysWhichCellCannotBeRun) {
    EXPECT_THAT(error_of(task("[grid]\nparticipants = [3, 13]\n", "thirteen")),
                HasSubstr("cell 1: participants = 13: thirteen at a table"));
    EXPECT_FALSE(std::filesystem::exists(folder_.path() / "thirteen"));
}

TEST_F(Sweep, RunsThatFailAreRowsWithTheirErrors) {
    const Task failing =
        task("seeds = 2\n[grid]\nvirtual_time_max = [\"1 s\", \"365 d\"]\n", "failing", 2);
    const SweepResult result = good(failing);
    ASSERT_EQ(result.results.failed.size(), 2U);
    EXPECT_EQ(result.results.failed[1].job, (Job{0, 1}));
    EXPECT_EQ(result.results.failed[1].seed, 2);
    EXPECT_THAT(result.results.failed[1].error, HasSubstr("no_convergence: "));
    EXPECT_THAT(file_of(failing, "runs.csv"), HasSubstr("\n0,1,2,1,\"no_convergence: "));
    EXPECT_THAT(file_of(failing, "cells.csv"), HasSubstr("\n0,1,blocks.mined,0,,,\n"));
    EXPECT_THAT(result_text({}, failing.plan, result), HasSubstr("2 runs failed"));
    EXPECT_THAT(result_json(failing.plan, result, "1"), HasSubstr("\"failed\":2"));
}

TEST_F(Sweep, OfWhichAllRunsFailHasNoMeasures) {
    const Task failing = task("seeds = 2\n[set]\nvirtual_time_max = \"1 s\"\n", "hopeless");
    EXPECT_EQ(good(failing).results.failed.size(), 2U);
    EXPECT_EQ(file_of(failing, "cells.csv"), "cell,measure,n,mean,low,high\n");
}

// A run is stored as it ends: what the measures of the summary are, and nothing else.
TEST_F(Sweep, StoresWhatRunsCameTo) {
    const Task stored = task("seeds = 1\n[grid]\nparticipants = [4]\n", "stored");
    good(stored);
    const RunResult expected = result_of(*small_world(stored.plan, 0, 1));
    auto database = Database::open(stored.folder + "/results.sqlite").value();
    auto runs = database.prepare("SELECT seed, digest, error FROM runs");
    ASSERT_TRUE(runs.step());
    EXPECT_EQ(runs.integer(0), 1);
    EXPECT_EQ(runs.text(1), expected.digest);
    EXPECT_TRUE(runs.is_null(2));
    std::map<std::string, double> measures;
    auto rows = database.prepare("SELECT measure, value FROM measures");
    while (rows.step()) measures[rows.text(0)] = rows.number(1);
    EXPECT_EQ(measures.size(), expected.measures.size());
    for (const report::Measure& measure : expected.measures)
        EXPECT_EQ(measures.at(measure.name), measure.value) << measure.name;
    auto cells = database.prepare("SELECT participants FROM cells");
    ASSERT_TRUE(cells.step());
    EXPECT_EQ(cells.integer(0), 4);
}

/// The mail of processes that are threads here.
class PostOffice {
public:
    explicit PostOffice(int size) : boxes_(static_cast<std::size_t>(size)) {}

    class Port final : public MessagePort {
    public:
        Port(PostOffice& office, int rank) : office_(office), rank_(rank) {}
        [[nodiscard]] int rank() const override { return rank_; }
        [[nodiscard]] int size() const override { return static_cast<int>(office_.boxes_.size()); }
        void send(int to, ByteView message) override {
            const std::scoped_lock lock{office_.mutex_};
            office_.boxes_[static_cast<std::size_t>(to)].push_back(
                {rank_, {message.begin(), message.end()}});
        }
        [[nodiscard]] std::optional<ReceivedMessage> receive() override {
            const std::scoped_lock lock{office_.mutex_};
            auto& box = office_.boxes_[static_cast<std::size_t>(rank_)];
            if (box.empty()) return std::nullopt;
            auto message = std::move(box.front());
            box.pop_front();
            return message;
        }

    private:
        PostOffice& office_;
        int rank_;
    };

private:
    std::mutex mutex_;
    std::vector<std::deque<ReceivedMessage>> boxes_;
};

TEST_F(Sweep, IsTheSameOverSeveralProcesses) {
    for (const std::string_view plan : {small_plan, stopping_plan}) {
        const Task alone = task(plan, fmt::format("{}-alone", plan.size()));
        good(alone);
        const Task together = task(plan, fmt::format("{}-together", plan.size()), 2);
        PostOffice office{3};
        std::vector<std::jthread> helpers;
        for (const int rank : {1, 2}) {
            helpers.emplace_back([&, rank] {
                PostOffice::Port port{office, rank};
                assist(together, port);
            });
        }
        PostOffice::Port port{office, 0};
        good(together, &port);
        EXPECT_EQ(all_of(alone), all_of(together));
    }
}

TEST_F(Sweep, OfProcessesThatDoNotFitTogetherEnds) {
    const auto with_helper = [&](const auto& helper) {
        PostOffice office{2};
        PostOffice::Port first{office, 0};
        PostOffice::Port second{office, 1};
        const std::jthread other{[&] { helper(second); }};
        const auto result = carry_out(task(small_plan, "unfit"), &first);
        return result ? std::string{} : result.error().failure.what;
    };
    EXPECT_THAT(with_helper([&](MessagePort& port) { assist(task(stopping_plan, ""), port); }),
                HasSubstr("process 1 has read another plan"));
    EXPECT_THAT(with_helper([&](MessagePort& port) { decline(port, "there is no plan"); }),
                HasSubstr("process 1: there is no plan"));
    EXPECT_THAT(with_helper([&](MessagePort& port) {
                    assist(task("[grid]\nparticipants = [13]\n", ""), port);
                }),
                HasSubstr("process 1: cell 0: participants = 13: thirteen"));
}

TEST_F(Sweep, ThatCannotBeginLetsTheOthersGo) {
    PostOffice office{2};
    PostOffice::Port first{office, 0};
    PostOffice::Port second{office, 1};
    const std::jthread other{[&] { assist(task(small_plan, ""), second); }};
    EXPECT_FALSE(carry_out(task("[grid]\nparticipants = [13]\n", "never"), &first));
}

TEST(ParallelMap, GivesResultsInTheOrderOfTheirNumbers) {
    for (const unsigned threads : {1U, 3U}) {
        const auto squares = parallel_map(100, threads, [](std::size_t i) { return i * i; });
        ASSERT_EQ(squares.size(), 100U);
        for (std::size_t i = 0; i < squares.size(); ++i) EXPECT_EQ(squares[i], i * i);
    }
    EXPECT_THAT(parallel_map(0, 2, [](std::size_t i) { return i; }), IsEmpty());
}

TEST(ParallelMap, UsesThatManyThreads) {
    std::mutex mutex;
    std::set<std::thread::id> seen;
    std::atomic<unsigned> here = 0;
    on_threads(3, [&](unsigned) {
        ++here;
        while (here < 3) std::this_thread::yield();
        const std::scoped_lock lock{mutex};
        seen.insert(std::this_thread::get_id());
    });
    EXPECT_EQ(seen.size(), 3U);
}

TEST(ResultOf, IsOfBlocksAloneWhereParticipantsOnlyRelayThem) {
    PreparedRun run;
    run.scenario.model = sim::Model::relay;
    run.scenario.participants = 5;
    run.scenario.workload.kind = sim::WorkloadKind::stream;
    run.scenario.workload.blocks = 20;
    run.topology.graph = sim::ring(5).value();
    run.regions = sim::regions_from_toml(*sim::built_in_file("internet_2019.toml")).value();
    const RunResult result = result_of(run);
    EXPECT_EQ(result.error, "");
    EXPECT_EQ(result.digest,
              (sim::RelayWorld{run.scenario, run.topology, *run.regions}.run()->digest));
    const auto half =
        std::ranges::find(result.measures, "propagation.half_ms", &report::Measure::name);
    ASSERT_NE(half, result.measures.end());
    EXPECT_GT(half->value, 0);
    EXPECT_TRUE(report::look_up_measure("propagation.half_ms").can_be);
}

}  // namespace
}  // namespace bezant::sweep
