// SPDX-License-Identifier: Apache-2.0
#include "bench/support/verification.hpp"

#include <algorithm>
#include <atomic>
#include <thread>

#include "base/check.hpp"

namespace bezant::bench {

unsigned cores() { return std::max(1U, std::thread::hardware_concurrency()); }

Cost cost_to_verify(const std::vector<SignedMessage>& signatures) {
    const Stopwatch watch;
    constexpr std::size_t taken_at_once = 64;
    std::atomic<std::size_t> next = 0;
    const auto work = [&] {
        for (std::size_t i = next.fetch_add(taken_at_once); i < signatures.size();
             i = next.fetch_add(taken_at_once)) {
            const std::size_t end = std::min(signatures.size(), i + taken_at_once);
            for (std::size_t at = i; at < end; ++at) {
                const SignedMessage& each = signatures[at];
                CHECK(verify(each.key, each.message.view(), each.signature),
                      "all these signatures are good");
            }
        }
    };
    {
        std::vector<std::jthread> threads;
        for (unsigned i = 0; i < cores(); ++i) threads.emplace_back(work);
    }
    return watch.cost();
}

}  // namespace bezant::bench
