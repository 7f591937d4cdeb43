// SPDX-License-Identifier: Apache-2.0
// What a step of the event queue costs (take an event, put one in), against std::priority_queue.
#include "sim/event_queue.hpp"

#include <benchmark/benchmark.h>

#include <queue>

#include "base/random.hpp"

namespace bezant::sim {
namespace {

constexpr std::int64_t farthest_us = 100'000;

/// As large as a participant's event.
struct Payload {
    std::array<std::uint64_t, 12> words{};
};

class EventSource {
public:
    EventOrder after(Time now) {
        return {now + Duration{random_.between(1, farthest_us)}, EventKind::message,
                static_cast<std::uint32_t>(random_.below(1'000)), 1, sequence_++};
    }

private:
    Random random_{1};
    std::uint32_t sequence_ = 0;
};

void radix_heap(benchmark::State& state) {
    EventSource source;
    EventQueue<Payload> queue;
    for (std::int64_t i = 0; i < state.range(0); ++i) queue.push(source.after(Time{}));
    for ([[maybe_unused]] const auto step : state) {
        const auto [order, slot] = queue.pop();
        queue.push(source.after(order.at())) = Payload{};
        queue.release(slot);
    }
}
BENCHMARK(radix_heap)->Arg(1'000)->Arg(20'000)->Arg(100'000)->Arg(1'000'000);

void standard_priority_queue(benchmark::State& state) {
    using Key = std::pair<EventOrder, std::uint32_t>;
    EventSource source;
    std::priority_queue<Key, std::vector<Key>, std::greater<>> queue;
    std::vector<Payload> payloads(static_cast<std::size_t>(state.range(0)));
    for (std::uint32_t i = 0; i < payloads.size(); ++i) queue.emplace(source.after(Time{}), i);
    for ([[maybe_unused]] const auto step : state) {
        const auto [order, slot] = queue.top();
        queue.pop();
        payloads[slot] = Payload{};
        queue.emplace(source.after(order.at()), slot);
    }
}
BENCHMARK(standard_priority_queue)->Arg(1'000)->Arg(20'000)->Arg(100'000)->Arg(1'000'000);

}  // namespace
}  // namespace bezant::sim
