// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>
#include <type_traits>
#include <vector>

#include "base/hex.hpp"
#include "ledger/codec.hpp"
#include "node/effects.hpp"
#include "node/message_codec.hpp"

namespace bezant::test {

/// A notice without what it only refers to.
struct Noticed {
    std::string kind;    ///< "tip_moved", "payment_refused", …
    std::string detail;  ///< reason, misconduct or error; "" if the kind says all
    std::optional<PeerId> peer;
    std::uint32_t fact = UINT32_MAX;   ///< block, payment (held one), or order
    std::uint32_t other = UINT32_MAX;  ///< second payment
    bool pays_us = false;
};

/// Turns notices into values.
struct NoticeReader {
    Noticed operator()(const TipMoved& n) const { return {"tip_moved", "", {}, n.change.to.value}; }
    Noticed operator()(const BlockMined& n) const { return {"block_mined", "", {}, n.block.value}; }
    Noticed operator()(const BlockRefused& n) const {
        return {"block_refused", std::string{to_text(n.rejection.reason)}, n.from, n.block.value};
    }
    Noticed operator()(const SubmissionRefused& n) const {
        const bool known = n.rejection == nullptr;
        return {
            "submission_refused", known ? "known" : std::string{to_text(n.rejection->reason)}, {}};
    }
    Noticed operator()(const BlockLeftStale& n) const {
        return {"block_left_stale", "", {}, n.block.value};
    }
    Noticed operator()(const PaymentAccepted& n) const {
        return {"payment_accepted", "", n.from, n.payment.value};
    }
    Noticed operator()(const PaymentRefused& n) const {
        return {"payment_refused", std::string{to_text(n.refusal)}, n.from, n.payment.value};
    }
    Noticed operator()(const DoubleSpendAttempted& n) const {
        return {"double_spend", "", {}, n.held.value, n.offered.value, n.pays_us};
    }
    Noticed operator()(const OrderPaid& n) const {
        return {"order_paid", "", {}, static_cast<std::uint32_t>(n.order), n.payment.value};
    }
    Noticed operator()(const OrderFailed& n) const {
        return {
            "order_failed", std::string{to_text(n.error)}, {}, static_cast<std::uint32_t>(n.order)};
    }
    Noticed operator()(const PeerDropped& n) const {
        return {"peer_dropped", std::string{to_text(n.misconduct)}, n.peer};
    }
};

/// Keeps what a participant did, and hands on what somebody must act on. The transcript holds every
/// effect with every byte of every message.
class RecordedEffects final : public Effects {
public:
    struct Actions {
        std::function<void(PeerId, const Message&)> send;
        std::function<void(PeerId)> disconnect;
        std::function<void(Timer, Time)> set_timer;
        std::function<void(const NetworkAddress&)> dial = [](const NetworkAddress&) {};
    };

    RecordedEffects(const Archive& archive, Actions actions)
        : archive_(archive), actions_(std::move(actions)) {}

    void send(PeerId peer, Message message) override {
        note("send", peer.value, to_hex(encode_message(message, archive_)));
        actions_.send(peer, message);
    }
    void disconnect(PeerId peer, Misconduct why) override {
        note("disconnect", peer.value, std::string{to_text(why)});
        actions_.disconnect(peer);
    }
    void set_timer(Timer timer, Time at) override {
        note("timer", timer.peer.value,
             std::to_string(static_cast<int>(timer.kind)) + "@" + std::to_string(at.microseconds));
        actions_.set_timer(timer, at);
    }
    void store(BlockIndex block) override {
        note("store", block.value, "");
        stored.push_back(block);
    }
    void mine(const MiningJob& given) override {
        note("mine", given.job, to_hex(encoded(given.header)));
        job = given;
    }
    void stop_mining() override {
        note("stop_mining", 0, "");
        job.reset();
    }
    void charge(Verification work) override {
        note("charge", work.signatures, std::to_string(work.bytes));
        charged.signatures += work.signatures;
        charged.bytes += work.bytes;
    }
    void notice(const Notice& notice) override {
        notices.push_back(std::visit(NoticeReader{}, notice));
        const Noticed& last = notices.back();
        note(last.kind, last.fact, last.detail);
    }

    void dial(const NetworkAddress& address) override {
        note("dial", address.port, to_text(address));
        actions_.dial(address);
    }

    [[nodiscard]] std::vector<Noticed> of_kind(std::string_view kind) const {
        std::vector<Noticed> found;
        for (const Noticed& each : notices) {
            if (each.kind == kind) found.push_back(each);
        }
        return found;
    }

    std::vector<BlockIndex> stored;
    std::vector<Noticed> notices;
    std::optional<MiningJob> job;
    Verification charged;
    std::string transcript;

private:
    void note(std::string_view what, std::uint64_t number, const std::string& rest) {
        transcript.append(what).append(" ").append(std::to_string(number)).append(" ");
        transcript.append(rest).append("\n");
    }

    const Archive& archive_;
    Actions actions_;
};

}  // namespace bezant::test
