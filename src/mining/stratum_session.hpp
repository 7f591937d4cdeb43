// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "mining/share_judge.hpp"
#include "mining/stratum_desk.hpp"
#include "mining/stratum_message.hpp"

namespace bezant::mining {

/// What one mining program says and is told, in Stratum v1 as cpuminer speaks it (docs/mining.md),
/// without sockets.
class StratumSession {
public:
    /// The desk must outlive it. No other session has this number.
    StratumSession(StratumDesk& desk, std::uint32_t number);

    struct Reply {
        std::string text;   ///< lines
        bool ends = false;  ///< nothing of a mining program is to be expected any more
    };
    /// The answer to a line. A share that makes a block is handed in before this returns.
    [[nodiscard]] Reply answer(std::string_view line);

    /// Whether it has subscribed and named a worker, so that it can use a job.
    [[nodiscard]] bool is_introduced() const { return subscribed_ && !workers_.empty(); }
    /// Whether it should be given a job, with which its shares get harder.
    [[nodiscard]] bool is_flooding() const { return judge_.is_flooded(); }

    /// The lines by which it is given this work. `clean`: what it had is worth nothing any more.
    [[nodiscard]] std::string job(const WorkDesk::Given& given, bool clean) {
        return judge_.give(given, clean);
    }

private:
    [[nodiscard]] std::string answer_call(const StratumRequest& request);
    [[nodiscard]] std::string subscribe(const StratumRequest& request);
    [[nodiscard]] std::string authorize(const StratumRequest& request);
    [[nodiscard]] std::string submit(const StratumRequest& request);

    StratumDesk& desk_;
    ShareJudge::ProgramExtranonce extranonce_;
    ShareJudge judge_;
    bool subscribed_ = false;
    std::set<std::string> workers_;
};

}  // namespace bezant::mining
