// SPDX-License-Identifier: Apache-2.0
#include "rpc/payment_verdict.hpp"

#include <fmt/format.h>

#include "base/hex.hpp"

namespace bezant::rpc {

namespace {

/// The words for each kind of refusal.
class Explanation {
public:
    explicit Explanation(const Archive& archive) : archive_(archive) {}

    RpcError operator()(const AlreadyHeld&) const {
        return {ErrorCode::verify_rejected, "it waits for a block already"};
    }
    RpcError operator()(const AlreadyConfirmed&) const {
        return {ErrorCode::already_in_chain, "it is in a block of the best chain already"};
    }
    RpcError operator()(const Conflict& conflict) const {
        return {ErrorCode::verify_rejected,
                fmt::format("attempted double spend: payment {} was first to spend coin {}:{}",
                            shown(archive_.transactions()[conflict.held].id),
                            shown(archive_.coins().outpoint(conflict.coin).transaction),
                            archive_.coins().outpoint(conflict.coin).index)};
    }
    RpcError operator()(const MissingParents& missing) const {
        const OutPoint& first = archive_.coins().outpoint(missing.coins.front());
        return {ErrorCode::verify_error,
                fmt::format("{} of the coins that it spends are not known here, the first is {}:{}",
                            missing.coins.size(), shown(first.transaction), first.index)};
    }
    RpcError operator()(const FeeTooLow& fee) const {
        return {ErrorCode::verify_rejected,
                fmt::format("fee too low: got {} BZT, expected at least {} BZT",
                            to_text(fee.offered), to_text(fee.required))};
    }
    RpcError operator()(const TooLongChain&) const {
        return {ErrorCode::verify_rejected,
                "it rests on too many payments that wait for a block themselves"};
    }
    RpcError operator()(const PoolFull&) const {
        return {ErrorCode::verify_rejected,
                "the pool is full of payments that pay more for their bytes"};
    }
    RpcError operator()(const Invalid& invalid) const {
        return {ErrorCode::verify_rejected, to_text(invalid.rejection)};
    }

private:
    static std::string shown(const TransactionId& id) { return to_hex_reversed(id.view()); }

    const Archive& archive_;
};

/// Listens what becomes of one payment while it is handed in.
class Verdict final : public net::NodeListener {
public:
    Verdict(net::RunningNode& node, TransactionIndex payment) : node_(node), payment_(payment) {
        node_.add_listener(*this);
    }
    Verdict(const Verdict&) = delete;
    Verdict& operator=(const Verdict&) = delete;
    ~Verdict() override { node_.remove_listener(*this); }

    void noticed(const Notice& notice, Time /*now*/) override {
        const auto* refused = std::get_if<PaymentRefused>(&notice);
        if (refused == nullptr || refused->payment != payment_) return;
        if (std::holds_alternative<AlreadyHeld>(refused->refusal)) return;
        error_ = error_for(node_.archive(), refused->refusal);
    }
    void peer_connected(const net::PeerReport& /*peer*/) override {}
    void peer_gone(const net::PeerReport& /*peer*/) override {}

    [[nodiscard]] std::optional<RpcError> error() const { return error_; }

private:
    net::RunningNode& node_;
    TransactionIndex payment_;
    std::optional<RpcError> error_;
};

}  // namespace

RpcError error_for(const Archive& archive, const Refusal& refusal) {
    return std::visit(Explanation{archive}, refusal);
}

std::optional<RpcError> submit(net::RunningNode& node, Transaction payment) {
    const TransactionIndex index = node.add_transaction(std::move(payment));
    const Verdict verdict{node, index};
    node.handle(PaymentSubmitted{index});
    return verdict.error();
}

}  // namespace bezant::rpc
