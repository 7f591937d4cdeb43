// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <cstddef>
#include <functional>
#include <optional>
#include <type_traits>
#include <utility>
#include <vector>

namespace bezant::sweep {

/// As many as there are processors that this process may use, at least one.
[[nodiscard]] unsigned usual_threads();

/// Calls `body` on so many threads, each with its number from 0, and returns when all have
/// returned. With one thread, it is the caller's.
void on_threads(unsigned threads, const std::function<void(unsigned)>& body);

/// work(0), work(1), … work(count - 1), worked out on so many threads, in this order. Whoever is
/// free takes the next, so it does not matter if some take longer; what `work` does must not
/// depend on which thread does it, or when.
template <class Work>
[[nodiscard]] auto parallel_map(std::size_t count, unsigned threads, const Work& work)
    -> std::vector<std::invoke_result_t<const Work&, std::size_t>> {
    std::vector<std::optional<std::invoke_result_t<const Work&, std::size_t>>> places(count);
    std::atomic<std::size_t> next = 0;
    on_threads(threads, [&](unsigned) {
        for (std::size_t i = next++; i < count; i = next++) places[i].emplace(work(i));
    });
    std::vector<std::invoke_result_t<const Work&, std::size_t>> results;
    results.reserve(count);
    for (auto& place : places) results.push_back(*std::move(place));
    return results;
}

}  // namespace bezant::sweep
