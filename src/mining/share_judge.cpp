// SPDX-License-Identifier: Apache-2.0
#include "mining/share_judge.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "ledger/target.hpp"
#include "mining/block_verdict.hpp"
#include "mining/limits.hpp"
#include "mining/stratum_job.hpp"

namespace bezant::mining {

namespace {

unexpected<ShareRefusal> refuse(StratumError error, std::string_view why, ShareOutcome outcome) {
    return unexpected{ShareRefusal{.error = error, .why = why, .outcome = outcome}};
}

}  // namespace

ShareJudge::ShareJudge(StratumDesk& desk, const ProgramExtranonce& program)
    : desk_(desk),
      program_(program),
      control_(desk.node.now(), desk.fixed_difficulty.value_or(DifficultyControl::usual_start())) {}

Result<void, ShareRefusal> ShareJudge::judge(const Share& share, const std::string& worker) {
    const auto job = std::ranges::find(jobs_, share.job, &Job::number);
    const auto work = job == jobs_.end() ? nullptr : desk_.works.find(job->work);
    if (!work) {
        return refuse(StratumError::job_not_found, "there is no such job any more",
                      ShareOutcome::stale);
    }
    if (auto timely = check_time(*work, share.time); !timely) return timely;
    Share of_work = share;
    of_work.job = job->work;
    if (shares_.contains(of_work)) {
        return refuse(StratumError::duplicate_share, "this share came before",
                      ShareOutcome::duplicate);
    }
    // A program may turn to a lower difficulty at once, or with its next job.
    const ShareDifficulty difficulty = std::min(job->difficulty, told_.value_or(job->difficulty));
    const Solution solution = solution_of(share);
    const BlockHash hash = block_hash(work->header_with(solution));
    if (!meets_target(hash, difficulty.target()))
        return refuse(StratumError::low_difficulty_share, "low difficulty share",
                      ShareOutcome::low);
    remember(of_work);
    control_.count_share();
    desk_.workers.count_accepted(worker, difficulty, desk_.node.now());
    if (!meets_target(hash, work->target())) return {};
    const BlockVerdict verdict = mining::submit(desk_.node, work->block_with(solution));
    if (verdict.kind == BlockVerdict::Kind::taken) desk_.workers.count_block(worker);
    return {};
}

Result<void, ShareRefusal> ShareJudge::check_time(const BlockWork& work, std::uint32_t time) const {
    const std::int64_t latest =
        unix_seconds(desk_.node.now()) + desk_.node.archive().parameters().future_seconds_max;
    if (time >= work.time_min() && time <= latest) return {};
    return refuse(StratumError::other, "the time is out of range", ShareOutcome::malformed);
}

Solution ShareJudge::solution_of(const Share& share) const {
    Solution solution{.extranonce = {}, .time = share.time, .nonce = share.nonce};
    const auto end = solution.extranonce.end();
    std::ranges::copy(program_, end - program_bytes - rolled_bytes);
    std::ranges::copy(share.rolled, end - rolled_bytes);
    return solution;
}

bool ShareJudge::is_flooded() const {
    return !desk_.fixed_difficulty && !jobs_.empty() && control_.is_flooded(desk_.node.now());
}

/// No share is harder than a block.
void ShareJudge::choose_difficulty(const BlockWork& work) {
    const ShareDifficulty highest = ShareDifficulty::below(work.target());
    if (!desk_.fixed_difficulty) control_.adjust(desk_.node.now(), highest);
    told_ = std::min(control_.current(), highest);
}

std::string ShareJudge::give(const WorkDesk::Given& given, bool clean) {
    const auto before = told_;
    choose_difficulty(*given.work);
    if (jobs_.size() >= jobs_per_client_max) forget_oldest_work();
    jobs_.push_back({.number = next_job_++, .work = given.number, .difficulty = *told_});
    std::string text;
    if (told_ != before)
        text = stratum_notice("mining.set_difficulty", fmt::format("[{}]", told_->value()));
    const std::string name = fmt::format("{:x}", jobs_.back().number);
    return text + stratum_notice("mining.notify", notify_params(*given.work, name, clean,
                                                                program_bytes + rolled_bytes));
}

void ShareJudge::remember(const Share& share) {
    if (shares_.size() >= shares_remembered_max) forget_oldest_work();
    shares_.insert(share);
}

/// All jobs of it, wherever they are among the others.
void ShareJudge::forget_oldest_work() {
    const std::uint64_t work = jobs_.front().work;
    std::erase_if(jobs_, [&](const Job& job) { return job.work == work; });
    std::erase_if(shares_, [&](const Share& share) { return share.job == work; });
}

}  // namespace bezant::mining
