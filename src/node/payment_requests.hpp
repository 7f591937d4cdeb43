// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/container/static_vector.hpp>
#include <optional>

#include "chain/dense_map.hpp"
#include "chain/fact_index.hpp"
#include "chain/held_facts.hpp"
#include "node/event.hpp"
#include "node/limits.hpp"

namespace bezant {

/// Payments that neighbours announced and that have not come: who is to send each, and who else
/// says to have it. One neighbour at a time is asked, so that a payment crosses each participant's
/// links about once; when it fails, the next that announced it takes over. (Bitcoin Core's
/// txrequest.h, without its preferences.)
class PaymentRequests {
public:
    /// The neighbour says that it has a payment which is not here. True if nobody was to send it
    /// and this neighbour now is; false if others come first, or too much is wanted already.
    bool announced(TransactionIndex payment, PeerId peer);

    /// It will be asked about this payment soon (DenseMap).
    void expect_search(TransactionIndex payment) const { wanted_.expect_search(payment); }
    void expect_use(TransactionIndex payment) const { wanted_.expect_use(payment); }
    [[nodiscard]] bool wanted(TransactionIndex payment) const { return wanted_.contains(payment); }
    /// Whether anybody else could take over.
    [[nodiscard]] bool has_others(TransactionIndex payment) const;
    /// Whether it is this neighbour that is to send the payment.
    [[nodiscard]] bool is_assigned(TransactionIndex payment, PeerId peer) const;

    /// The neighbour will not send it. If it was to: who takes over, or nothing if nobody else
    /// announced it; then the payment is not wanted any longer.
    std::optional<PeerId> reassign(TransactionIndex payment, PeerId peer);

    using Announcers = boost::container::static_vector<PeerId, announcers_per_payment_max>;
    /// It came, or came to nothing: it is not wanted any longer. Who is known to have it.
    Announcers forget(TransactionIndex payment);

    [[nodiscard]] std::size_t size() const { return wanted_.size(); }
    /// Marks all that are wanted.
    void hold_facts(HeldFacts& held) const;
    [[nodiscard]] std::size_t memory_bytes() const;

private:
    struct Wanted {
        PeerId assigned;
        Announcers others;  ///< in the order of announcement
    };

    DenseMap<TransactionIndex, Wanted> wanted_;
};

}  // namespace bezant
