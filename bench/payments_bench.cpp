// SPDX-License-Identifier: Apache-2.0
// How many payments ten nodes on one machine take: made and signed beforehand, handed in to one of
// them by calls at a steady rate, told to all ten over loopback, put into blocks by one that is
// five hops away, and confirmed by all. Every node checks every signature, so what the processors
// can do is bounded by ten times what one signature takes; that is measured, too, and printed
// beside it.
//
// bench_payments PROGRAM [SECONDS [PAYMENTS_A_SECOND]]: PROGRAM is `bezant`.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <boost/json.hpp>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <thread>
#include <vector>

#include "base/check.hpp"
#include "bench/payments/lanes.hpp"
#include "bench/support/good.hpp"
#include "bench/support/process_usage.hpp"
#include "bench/support/ten_nodes.hpp"
#include "bench/support/verification.hpp"
#include "fleet/fleet.hpp"
#include "tests/support/temporary_folder.hpp"

namespace bezant::bench {
namespace {

using Clock = std::chrono::steady_clock;
using fleet::Fleet;
using sim::ParticipantId;

constexpr std::size_t people = 30'000;
constexpr ParticipantId miner = 0;
constexpr ParticipantId entry = 9;  // five hops from the miner
constexpr double hashes_per_block = 10'000;
constexpr double seconds_between_blocks = 3;
constexpr std::chrono::milliseconds tick{20};
constexpr std::chrono::seconds look_interval{10};
constexpr double wait_for_the_last_max = 60;
constexpr std::size_t signatures_measured = 20'000;
/// 3,000 a second, where the signatures alone allow ten nodes 4,900.
constexpr double share_min = 0.61;

struct Load {
    std::size_t seconds = 300;
    std::size_t rate = 3'000;  ///< payments a second
    [[nodiscard]] std::size_t payments() const { return seconds * rate; }
};

double seconds_since(Clock::time_point begun) {
    return std::chrono::duration<double>(Clock::now() - begun).count();
}

/// Ten nodes under load.
class Trial {
public:
    Trial(Fleet& fleet, const Load& load) : fleet_(fleet), load_(load) {}

    /// Hands in all payments at the rate; what is late is made up for.
    void hand_in(const std::vector<std::string>& payments) {
        auto client = good(rpc::HttpClient::connect(fleet_.node(entry).answers_at(), seconds(60)));
        begun_ = Clock::now();
        used_before_ = processor_seconds_of_all();
        for (std::size_t handed = 0; handed < payments.size();) {
            const auto due = std::min(
                payments.size(),
                static_cast<std::size_t>(seconds_since(begun_) * static_cast<double>(load_.rate)));
            const std::size_t end = std::min(due, handed + batch_max);
            if (end > handed) hand_in_batch(client, payments, handed, end);
            handed = end;
            if (end == due) std::this_thread::sleep_for(tick);
            look();
        }
        handed_in_after_ = seconds_since(begun_);
    }

    /// Waits until no payment waits any longer, anywhere.
    void wait_for_the_last() {
        const auto begun = Clock::now();
        while (waiting_anywhere() && seconds_since(begun) < wait_for_the_last_max)
            std::this_thread::sleep_for(tick);
        confirmed_after_ = seconds_since(begun_);
        used_ = processor_seconds_of_all() - used_before_;
    }

    /// `alone` is what so many signatures cost without anything else.
    [[nodiscard]] bool report(const Cost& alone) {
        const std::size_t confirmed = confirmed_by_all();
        const auto count = static_cast<double>(load_.payments());
        const auto nodes = static_cast<double>(fleet_.preparation().members.size());
        fmt::print("handed in: {} in {:.1f} s, {:.0f} a second\n", load_.payments(),
                   handed_in_after_, count / handed_in_after_);
        fmt::print("confirmed by all ten: {} after {:.1f} s, {:.0f} a second\n", confirmed,
                   confirmed_after_, static_cast<double>(confirmed) / confirmed_after_);
        const double each = 1e6 * alone.processor_seconds / signatures_measured;
        const double bound = signatures_measured / alone.seconds / nodes;
        fmt::print("a payment takes a node {:.1f} us of a processor; its signature alone, {:.1f}\n",
                   1e6 * used_ / (count * nodes), each);
        fmt::print(
            "signatures alone would allow {:.0f} a second: {:.2f} of that, of {:.2f} wanted\n",
            bound, count / handed_in_after_ / bound, share_min);
        const bool kept_up = handed_in_after_ < 1.02 * static_cast<double>(load_.seconds);
        return confirmed == load_.payments() && kept_up;
    }

private:
    static constexpr std::size_t batch_max = 500;

    void hand_in_batch(rpc::HttpClient& client, const std::vector<std::string>& payments,
                       std::size_t from, std::size_t to) {
        std::string body = "[";
        for (std::size_t i = from; i < to; ++i) {
            body += fmt::format(
                R"({}{{"jsonrpc":"2.0","id":{},"method":"sendrawtransaction","params":["{}"]}})",
                i == from ? "" : ",", i, payments[i]);
        }
        const auto reply = good(client.post(body + "]"));
        const auto fault = reply.body.find("\"error\"");
        if (reply.status == 200 && fault == std::string::npos) return;
        fmt::print(stderr, "a payment was refused: {}\n",
                   reply.body.substr(fault == std::string::npos ? 0 : fault, 300));
        std::exit(EXIT_FAILURE);
    }

    void look() {
        if (Clock::now() < next_look_) return;
        next_look_ = Clock::now() + look_interval;
        double smallest = 1e9;
        double largest = 0;
        for (ParticipantId who = 0; who < fleet_.preparation().members.size(); ++who) {
            const double memory = resident_megabytes(fleet_.node(who).process_id());
            smallest = std::min(smallest, memory);
            largest = std::max(largest, memory);
        }
        fmt::print("{:6.0f} s: {} blocks, {} payments wait, memory {:.0f} to {:.0f} MB\n",
                   seconds_since(begun_), good(fleet_.call(miner, "getblockcount")), waiting(miner),
                   smallest, largest);
        std::fflush(stdout);
    }

    [[nodiscard]] std::int64_t number_in(ParticipantId who, std::string_view method,
                                         std::string_view pointer,
                                         std::span<const std::string> words = {}) {
        const auto value = boost::json::parse(good(fleet_.call(who, method, words)));
        return value.at_pointer(pointer).as_int64();
    }

    [[nodiscard]] std::int64_t waiting(ParticipantId who) {
        return number_in(who, "getmempoolinfo", "/size");
    }

    [[nodiscard]] bool waiting_anywhere() {
        for (ParticipantId who = 0; who < fleet_.preparation().members.size(); ++who) {
            if (waiting(who) != 0) return true;
        }
        return false;
    }

    /// Payments on the chain, of which all have the same tip.
    [[nodiscard]] std::size_t confirmed_by_all() {
        const std::string tip = good(fleet_.call(miner, "getbestblockhash"));
        for (ParticipantId who = 0; who < fleet_.preparation().members.size(); ++who) {
            if (good(fleet_.call(who, "getbestblockhash")) != tip) return 0;
        }
        std::size_t count = 0;
        const auto height = std::stoul(good(fleet_.call(entry, "getblockcount")));
        for (std::size_t at = 1; at <= height; ++at) {
            const std::string hash =
                good(fleet_.call(entry, "getblockhash", std::array{std::to_string(at)}));
            count += static_cast<std::size_t>(
                number_in(entry, "getblock", "/nTx", std::array{hash, std::string{"1"}}) - 1);
        }
        return count;
    }

    [[nodiscard]] double processor_seconds_of_all() {
        double sum = 0;
        for (ParticipantId who = 0; who < fleet_.preparation().members.size(); ++who)
            sum += processor_seconds(fleet_.node(who).process_id());
        return sum;
    }

    Fleet& fleet_;
    Load load_;
    Clock::time_point begun_;
    Clock::time_point next_look_;
    double handed_in_after_ = 0;
    double confirmed_after_ = 0;
    double used_before_ = 0;
    double used_ = 0;
};

bool measure(const std::filesystem::path& program, const std::filesystem::path& folder,
             const Load& load) {
    const TenNodes ten = ten_nodes(hashes_per_block / seconds_between_blocks);
    const Lanes lanes{people};
    const auto fleet = good(Fleet::start(ten.scenario, ten.graph,
                                         {.program = program,
                                          .folder = folder,
                                          .names = ten.names,
                                          .others = lanes.coins(),
                                          .listens = false}));
    const auto payments = lanes.payments(fleet->preparation().parameters, load.payments());
    const Cost alone =
        cost_to_verify(lanes.signatures(fleet->preparation().parameters, signatures_measured));
    Trial trial{*fleet, load};
    good(fleet->call(miner, "setmining", std::array{std::string{"1"}}));
    trial.hand_in(payments);
    trial.wait_for_the_last();
    const bool is_good = trial.report(alone);
    fleet->stop();
    return is_good;
}

}  // namespace
}  // namespace bezant::bench

int main(int count, char** words) {
    if (count < 2) {
        fmt::print(stderr, "bench_payments PROGRAM [SECONDS [PAYMENTS_A_SECOND]]\n");
        return 2;
    }
    bezant::bench::Load load;
    if (count > 2) load.seconds = std::strtoul(words[2], nullptr, 10);
    if (count > 3) load.rate = std::strtoul(words[3], nullptr, 10);
    const bezant::test::TemporaryFolder folder;
    const bool is_good =
        bezant::bench::measure(std::filesystem::absolute(words[1]), folder.path(), load);
    return is_good ? EXIT_SUCCESS : EXIT_FAILURE;
}
