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

    void round_started(const sim::ObservedWorld& world, std::uint32_t round) override;
    void round_ended(const sim::ObservedWorld& world, std::uint32_t round) override;
    void noticed(const sim::ObservedWorld& world, sim::ParticipantId who,
                 const Notice& notice) override;
    void fault(const sim::ObservedWorld& world, const std::string& what) override;

private:
    Sink sink_;
};

}  // namespace bezant::report
