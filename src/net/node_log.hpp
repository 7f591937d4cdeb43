// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "net/log.hpp"
#include "net/record/recorder.hpp"
#include "net/running_node.hpp"
#include "net/wallet/live_wallet.hpp"

namespace bezant::net {

/// Writes what happens in a node into its log.
class NodeLog final : public NodeListener {
public:
    /// All must outlive it.
    NodeLog(const Log& log, const Archive& archive) : log_(log), archive_(archive) {}

    void noticed(const Notice& notice, Time now) override;
    void peer_connected(const PeerReport& peer) override;
    /// `closed` says more.
    void peer_gone(const PeerReport&) override {}

    void started(const NodeAbout& about, Height height) const;
    void stopped() const;
    void records(const Recorder& recorder) const;
    void recorded(const Recorder& recorder) const;
    void indexed(Height height) const;
    void closed(const PeerReport& peer, std::string_view why) const;
    void refused(const NetworkAddress& address, std::string_view why) const;
    /// Loudly: somebody may be losing money.
    void warn(const WalletNotice& notice) const;
    void banned(const PeerReport& peer, Misconduct why) const;

private:
    void write(const TipMoved& notice) const;
    void write(const BlockMined& notice) const;
    void write(const BlockRefused& notice) const;
    void write(const BlockLeftStale& notice) const;
    void write(const PaymentAccepted& notice) const;
    void write(const PaymentRefused& notice) const;
    void write(const DoubleSpendAttempted& notice) const;
    void write(const OrderPaid&) const {}
    void write(const OrderFailed&) const {}
    void write(const PeerDropped&) const {}
    void write(const SubmissionRefused& notice) const;

    [[nodiscard]] std::string name_of_block(BlockIndex block) const;
    [[nodiscard]] std::string name_of_payment(TransactionIndex payment) const;

    const Log& log_;
    const Archive& archive_;
};

}  // namespace bezant::net
