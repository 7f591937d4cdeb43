// SPDX-License-Identifier: Apache-2.0
#include "report/event_log.hpp"

#include <boost/json.hpp>

#include "base/hex.hpp"
#include "sim/observed_world.hpp"

namespace bezant::report {

namespace {

namespace json = boost::json;

json::object line_of(const sim::ObservedWorld& world, std::string_view what) {
    return {{"time_us", world.elapsed().microseconds}, {"event", what}};
}

/// Turns a notice into the fields of its line.
struct Describe {
    const sim::ObservedWorld& world;
    sim::ParticipantId who;

    [[nodiscard]] std::string hash(BlockIndex block) const {
        return to_hex_reversed(world.archive().blocks()[block].hash.view());
    }
    [[nodiscard]] std::string id(TransactionIndex payment) const {
        return to_hex_reversed(world.archive().transactions()[payment].id.view());
    }
    [[nodiscard]] json::object line(std::string_view what) const {
        json::object object = line_of(world, what);
        object["participant"] = who;
        return object;
    }

    json::object operator()(const TipMoved& moved) const {
        json::object object = line("tip_moved");
        object["block"] = hash(moved.change.to);
        object["height"] = world.archive().blocks()[moved.change.to].height.value;
        object["disconnected"] = moved.change.disconnected.size();
        object["connected"] = moved.change.connected.size();
        object["payments_returned"] = moved.pool.returned.size();
        object["payments_dropped"] = moved.pool.dropped.size();
        return object;
    }
    json::object operator()(const BlockMined& mined) const {
        json::object object = line("block_mined");
        object["block"] = hash(mined.block);
        object["height"] = world.archive().blocks()[mined.block].height.value;
        object["previous"] =
            to_hex_reversed(world.archive().blocks()[mined.block].header.previous.view());
        return object;
    }
    json::object operator()(const BlockRefused& refused) const {
        json::object object = line("block_refused");
        object["block"] = hash(refused.block);
        object["reason"] = to_text(refused.rejection.reason);
        object["detail"] = to_text(refused.rejection);
        return object;
    }
    json::object operator()(const SubmissionRefused& refused) const {
        json::object object = line("submission_refused");
        object["block"] = to_hex_reversed(refused.block.view());
        if (refused.rejection != nullptr) object["reason"] = to_text(refused.rejection->reason);
        return object;
    }
    json::object operator()(const BlockLeftStale& stale) const {
        json::object object = line("block_left_stale");
        object["block"] = hash(stale.block);
        return object;
    }
    json::object operator()(const PaymentAccepted& accepted) const {
        json::object object = line(accepted.from ? "payment_accepted" : "payment_made");
        object["payment"] = id(accepted.payment);
        return object;
    }
    json::object operator()(const PaymentRefused& refused) const {
        json::object object = line("payment_refused");
        object["payment"] = id(refused.payment);
        object["reason"] = to_text(refused.refusal);
        return object;
    }
    json::object operator()(const DoubleSpendAttempted& attempt) const {
        json::object object = line("double_spend_attempted");
        object["held"] = id(attempt.held);
        object["offered"] = id(attempt.offered);
        object["pays_us"] = attempt.pays_us;
        return object;
    }
    json::object operator()(const OrderPaid& paid) const {
        json::object object = line("order_paid");
        object["order"] = paid.order;
        object["payment"] = id(paid.payment);
        return object;
    }
    json::object operator()(const OrderFailed& failed) const {
        json::object object = line("order_failed");
        object["order"] = failed.order;
        object["reason"] = to_text(failed.error);
        return object;
    }
    json::object operator()(const PeerDropped& dropped) const {
        json::object object = line("peer_dropped");
        object["misconduct"] = to_text(dropped.misconduct);
        return object;
    }
};

}  // namespace

void EventLog::round_started(const sim::ObservedWorld& world, std::uint32_t round) {
    json::object object = line_of(world, "round_started");
    object["round"] = round;
    sink_(json::serialize(object) + "\n");
}

void EventLog::round_ended(const sim::ObservedWorld& world, std::uint32_t round) {
    json::object object = line_of(world, "round_ended");
    object["round"] = round;
    sink_(json::serialize(object) + "\n");
}

void EventLog::noticed(const sim::ObservedWorld& world, sim::ParticipantId who,
                       const Notice& notice) {
    sink_(json::serialize(std::visit(Describe{world, who}, notice)) + "\n");
}

void EventLog::fault(const sim::ObservedWorld& world, const std::string& what) {
    json::object object = line_of(world, "fault");
    object["what"] = what;
    sink_(json::serialize(object) + "\n");
}

}  // namespace bezant::report
