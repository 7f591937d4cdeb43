// SPDX-License-Identifier: Apache-2.0
#include "sim/event_queue.hpp"

#include <gtest/gtest.h>

#include <set>
#include <vector>

#include "base/random.hpp"
#include "tests/seeds.hpp"

namespace bezant::sim {
namespace {

using Queue = EventQueue<std::uint64_t>;

EventOrder order_at(std::int64_t at, EventKind kind = EventKind::message, std::uint32_t to = 0,
                    std::uint32_t from = 0, std::uint32_t sequence = 0) {
    return {Time{at}, kind, to, from, sequence};
}

std::uint64_t pop_value(Queue& queue) {
    const auto [order, slot] = queue.pop();
    const std::uint64_t value = queue.payload(slot);
    queue.release(slot);
    return value;
}

TEST(EventQueue, GivesEventsByTimeThenKindThenEndsThenSequence) {
    const std::vector<EventOrder> ordered{
        order_at(1, EventKind::workload, 9, 9, 9), order_at(2, EventKind::fault, 5, 5, 5),
        order_at(2, EventKind::message, 1, 7, 8),  order_at(2, EventKind::message, 2, 0, 6),
        order_at(2, EventKind::message, 2, 1, 0),  order_at(2, EventKind::message, 2, 1, 1),
        order_at(2, EventKind::timer, 0, 0, 0),    order_at(3, EventKind::fault, 0, 0, 0)};
    Queue queue;
    for (std::size_t i = ordered.size(); i-- > 0;) queue.push(ordered[i]) = i;
    for (std::size_t i = 0; i < ordered.size(); ++i) EXPECT_EQ(pop_value(queue), i);
    EXPECT_TRUE(queue.empty());
}

TEST(EventQueue, KeepsItsPartsOfAnOrder) {
    const EventOrder order =
        order_at(1'767'225'600'000'000, EventKind::workload, EventOrder::end_max, 3, 4);
    EXPECT_EQ(order.at(), Time{1'767'225'600'000'000});
    EXPECT_EQ(order.kind(), EventKind::workload);
    EXPECT_EQ(order.destination(), EventOrder::end_max);
    EXPECT_EQ(order.source(), 3U);
}

/// A random moment in the near or far future, often now or the same as another's.
std::int64_t random_delay(Random& random) {
    const std::uint64_t scale = std::uint64_t{1} << random.below(40);
    return random.chance(1, 4) ? 0 : static_cast<std::int64_t>(random.below(scale));
}

/// What is said to come after some others does.
void expect_good_forecast(const Queue& queue,
                          const std::set<std::pair<EventOrder, std::uint64_t>>& twin) {
    std::size_t others = 0;
    for (const auto& [order, value] : twin) {
        const auto* coming = queue.peek(others++);
        if (coming == nullptr) return;
        ASSERT_EQ(coming->order, order);
        ASSERT_EQ(queue.payload(coming->slot), value);
    }
    EXPECT_EQ(queue.peek(others), nullptr);
}

TEST(EventQueue, AgreesWithASortedSet) {
    for (std::uint64_t seed = 0; seed < test::seeds_to_try(100); ++seed) {
        Random random{seed};
        Queue queue;
        std::set<std::pair<EventOrder, std::uint64_t>> twin;
        std::int64_t now = 1'767'225'600'000'000;
        EventOrder last = order_at(now, EventKind::fault, 0, 0, 0);
        std::uint32_t sequence = 1;
        for (int step = 0; step < 2'000; ++step) {
            if (random.chance(11, 20) || twin.empty()) {
                const EventOrder order =
                    order_at(now + random_delay(random), static_cast<EventKind>(random.below(18)),
                             static_cast<std::uint32_t>(random.below(4)),
                             static_cast<std::uint32_t>(random.below(4)), sequence);
                if (order < last) continue;
                queue.push(order) = sequence;
                twin.emplace(order, sequence++);
            } else {
                const auto [order, slot] = queue.pop();
                ASSERT_EQ(order, twin.begin()->first) << "seed " << seed;
                ASSERT_EQ(queue.payload(slot), twin.begin()->second);
                queue.release(slot);
                twin.erase(twin.begin());
                last = order;
                now = order.at().microseconds;
            }
            ASSERT_EQ(queue.size(), twin.size());
            if (step % 16 == 0) expect_good_forecast(queue, twin);
        }
    }
}

TEST(EventQueue, MostlyKnowsWhatComesSoon) {
    Random random{7};
    Queue queue;
    std::uint32_t sequence = 0;
    const auto put_in = [&](std::int64_t now) {
        queue.push(
            order_at(now + random.between(1, 1'000'000), EventKind::message, 0, 0, ++sequence)) = 0;
    };
    for (int i = 0; i < 10'000; ++i) put_in(0);
    int known = 0;
    constexpr int steps = 100'000;
    for (int i = 0; i < steps; ++i) {
        const auto [order, slot] = queue.pop();
        queue.release(slot);
        put_in(order.at().microseconds);
        if (queue.peek(Queue::known_ahead - 6) != nullptr) ++known;
    }
    EXPECT_GT(known, steps * 3 / 4);
}

TEST(EventQueue, AgreesWithASortedSetInTheMidstOfACrowd) {
    for (std::uint64_t seed = 0; seed < test::seeds_to_try(20); ++seed) {
        Random random{seed};
        Queue queue;
        std::set<EventOrder> twin;
        EventOrder last = order_at(5, EventKind::message, 0, 0, 0);
        for (std::uint32_t sequence = 1; sequence < 3'000; ++sequence) {
            // All of one moment, or nearly, and more of them come than go, until they all go.
            const bool comes = sequence < 2'000 ? random.chance(2, 3) : random.chance(1, 4);
            if (comes || twin.empty()) {
                const std::int64_t at = random.chance(1, 100) ? 6 : last.at().microseconds;
                const std::uint64_t to = last.destination() + random.below(100);
                const EventOrder order{Time{at}, EventKind::message, static_cast<std::uint32_t>(to),
                                       0, sequence};
                queue.push(order) = 0;
                twin.insert(order);
            } else {
                last = *twin.begin();
                twin.erase(twin.begin());
                const auto [order, slot] = queue.pop();
                queue.release(slot);
                ASSERT_EQ(order, last) << "seed " << seed;
            }
        }
    }
}

TEST(EventQueue, KeepsAPayloadInPlaceWhileOthersComeIn) {
    Queue queue;
    queue.push(order_at(1)) = 42;
    const auto popped = queue.pop();
    const std::uint64_t* place = &queue.payload(popped.slot);
    for (std::uint32_t i = 0; i < 5'000; ++i) queue.push(order_at(2, {}, 0, 0, i)) = i;
    EXPECT_EQ(&queue.payload(popped.slot), place);
    EXPECT_EQ(*place, 42U);
}

TEST(EventQueueDeathTest, AbortsOnEqualPlaces) {
    Queue queue;
    queue.push(order_at(1)) = 1;
    queue.push(order_at(1)) = 2;
    static_cast<void>(queue.pop());
    EXPECT_DEATH(static_cast<void>(queue.pop()), "totally ordered");
}

TEST(EventQueueDeathTest, AbortsOnAnEventInThePast) {
    Queue queue;
    queue.push(order_at(5)) = 1;
    static_cast<void>(queue.pop());
    EXPECT_DEATH(queue.push(order_at(4)), "time does not go back");
    queue.push(order_at(5, EventKind::fault)) = 2;
    EXPECT_DEATH(static_cast<void>(queue.pop()), "none comes too late");
}

}  // namespace
}  // namespace bezant::sim
