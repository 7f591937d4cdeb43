// SPDX-License-Identifier: Apache-2.0
#include "sweep/several_processes.hpp"

#include <fmt/format.h>

#include <chrono>
#include <map>
#include <mutex>
#include <thread>

namespace bezant::sweep {

namespace {

/// MPI has no way to wait without using a processor. Runs take milliseconds and more.
constexpr std::chrono::microseconds look_interval{100};

void wait_a_little() { std::this_thread::sleep_for(look_interval); }

ReceivedMessage next_message(MessagePort& port) {
    for (;;) {
        if (auto message = port.receive()) return *std::move(message);
        wait_a_little();
    }
}

/// The others, as the first process sees them.
class Helpers {
public:
    explicit Helpers(MessagePort& port)
        : port_(port),
          has_greeted_(static_cast<std::size_t>(port.size())),
          left_(static_cast<std::size_t>(port.size()) - 1) {}

    /// Lets each message be answered until all workers of all processes were told that there is no
    /// more. `heed` is called with each greeting, `answer` with each request.
    template <class Heed, class Answer>
    void serve(const Heed& heed, const Answer& answer) {
        while (left_ > 0 || workers_ > 0) {
            const ReceivedMessage message = next_message(port_);
            const auto from = static_cast<std::size_t>(message.from);
            if (!has_greeted_[from]) {
                has_greeted_[from] = true;
                --left_;
                const Hello hello = hello_from(message.bytes);
                workers_ += hello.workers;
                heed(message.from, hello);
            } else {
                const WorkRequest request = request_from(message.bytes);
                const WorkReply reply{request.worker, answer(request.finished)};
                if (!reply.job) --workers_;
                port_.send(message.from, to_bytes(reply));
            }
        }
    }

private:
    MessagePort& port_;
    std::vector<bool> has_greeted_;
    std::size_t left_;         ///< who have not greeted yet
    std::size_t workers_ = 0;  ///< who were not told that there is no more
};

std::optional<Failure> fault_of(int rank, const Hello& hello, const Hash256& plan_hash) {
    if (!hello.fault.empty())
        return Failure{fmt::format("process {}: {}", rank, hello.fault),
                       "the plan and all its files must be there on every machine"};
    if (hello.plan_hash != plan_hash)
        return Failure{fmt::format("process {} has read another plan, or other files", rank),
                       "they must be the same on every machine"};
    return std::nullopt;
}

/// The first process, as a helper sees it. Whichever thread looks takes the mail of all.
class RemoteJobs final : public Jobs {
public:
    explicit RemoteJobs(MessagePort& port) : port_(port) {}

    [[nodiscard]] std::optional<Job> exchange(unsigned worker,
                                              std::optional<FinishedJob> finished) override {
        const Bytes request = to_bytes(WorkRequest{worker, std::move(finished)});
        {
            const std::scoped_lock lock{mutex_};
            port_.send(0, request);
        }
        for (;;) {
            if (const auto reply = look(worker)) return reply->job;
            wait_a_little();
        }
    }

private:
    /// The reply to this worker, if it has come.
    std::optional<WorkReply> look(unsigned worker) {
        const std::scoped_lock lock{mutex_};
        while (const auto message = port_.receive()) {
            const WorkReply reply = reply_from(message->bytes);
            mail_.emplace(reply.worker, reply);
        }
        const auto found = mail_.find(worker);
        if (found == mail_.end()) return std::nullopt;
        return mail_.extract(found).mapped();
    }

    MessagePort& port_;
    std::mutex mutex_;
    std::map<unsigned, WorkReply> mail_;
};

}  // namespace

Result<void, Failure> serve(MessagePort& port, Coordinator& coordinator, const Hash256& plan_hash) {
    std::optional<Failure> fault;
    const auto heed = [&](int rank, const Hello& hello) {
        if (!fault) fault = fault_of(rank, hello, plan_hash);
        if (fault) coordinator.end();
    };
    Helpers{port}.serve(heed, [&](const std::optional<FinishedJob>& finished) {
        return coordinator.exchange(0, finished);
    });
    if (fault) return unexpected(*fault);
    return {};
}

void dismiss(MessagePort& port) {
    Helpers{port}.serve([](int, const Hello&) {},
                        [](const std::optional<FinishedJob>&) { return std::optional<Job>{}; });
}

void help(MessagePort& port, const Hello& hello, const Plan& plan, const Preparation& prepare) {
    port.send(0, to_bytes(hello));
    RemoteJobs jobs{port};
    work_off(jobs, plan, prepare, hello.workers);
}

void decline(MessagePort& port, const std::string& why) {
    Hello hello;
    hello.fault = why;
    port.send(0, to_bytes(hello));
}

}  // namespace bezant::sweep
