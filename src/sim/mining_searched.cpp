// SPDX-License-Identifier: Apache-2.0
#include "sim/mining.hpp"
#include "sim/nonce_search.hpp"

namespace bezant::sim {

struct SearchedMining::Miner {
    HashRate rate;
    std::uint64_t search_number = 0;  ///< events of earlier searches come to nothing
    std::optional<NonceSearch> search;
};

SearchedMining::SearchedMining(Timeline& timeline, const std::vector<HashRate>& rates)
    : timeline_(timeline) {
    for (const HashRate rate : rates) miners_.push_back({.rate = rate, .search = {}});
}

SearchedMining::~SearchedMining() = default;

void SearchedMining::work_on(ParticipantId who, const MiningJob& job, Time from) {
    stop(who);
    Miner& miner = miners_[who];
    if (miner.rate.per_million_seconds == 0) return;
    miner.search.emplace(job, from, miner.rate, slice_nonces(miner.rate));
    await_slice(who);
}

void SearchedMining::stop(ParticipantId who) {
    ++miners_[who].search_number;
    miners_[who].search.reset();
}

void SearchedMining::slice(ParticipantId who, std::uint64_t number) {
    Miner& miner = miners_[who];
    if (number != miner.search_number) return;
    if (const auto found = miner.search->search_slice()) {
        Happening& event = timeline_.schedule(found->at, EventKind::nonce_found, who, who);
        event.event = NonceFound{.job = miner.search->job(), .nonce = found->nonce};
        event.number = miner.search_number;
    } else if (!miner.search->is_exhausted()) {
        await_slice(who);
    }
}

bool SearchedMining::claim(ParticipantId who, std::uint64_t number) {
    return number == miners_[who].search_number;
}

void SearchedMining::await_slice(ParticipantId who) {
    const Miner& miner = miners_[who];
    Happening& event =
        timeline_.schedule(miner.search->next_slice(), EventKind::mining_slice, who, who);
    event.number = miner.search_number;
}

}  // namespace bezant::sim
