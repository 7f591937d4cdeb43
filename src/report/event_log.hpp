// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "sim/observer.hpp"

namespace bezant::report {

/// Writes what happens as JSON Lines (docs/output.md, "Events"): one object a line, in order.
class EventLog final : public sim::Observer {
public:
    using Sink = std::function<void(std::string_view)>;
    explicit EventLog(Sink sink) : sink_(std::move(sink)) {}

    void round_started(const sim::World& world, std::uint32_t round) override;
    void round_ended(const sim::World& world, std::uint32_t round) override;
    void noticed(const sim::World& world, sim::ParticipantId who, const Notice& notice) override;
    void fault(const sim::World& world, const std::string& what) override;

private:
    Sink sink_;
};

}  // namespace bezant::report
