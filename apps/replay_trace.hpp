// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "net/record/replay.hpp"

namespace bezant::apps {

/// Prints each event of a record, and below it what the participant does: a line each.
class ReplayTrace final : public net::ReplayWatcher {
public:
    void begins(std::uint64_t number, const net::TimedEvent& event, const Archive& archive,
                double read) override;

    void send(PeerId peer, Message message) override;
    void disconnect(PeerId peer, Misconduct why) override;
    void set_timer(Timer timer, Time at) override;
    void store(BlockIndex block) override;
    void mine(const MiningJob& job) override;
    void stop_mining() override;
    void notice(const Notice& notice) override;
    void dial(const NetworkAddress& address) override;

private:
    const Archive* archive_ = nullptr;
    Time now_;
};

/// A moment as "2026-01-02 03:04:05.678901", in UTC.
[[nodiscard]] std::string moment_text(Time at);

}  // namespace bezant::apps
