// SPDX-License-Identifier: Apache-2.0
#include "rpc/mining_desk.hpp"

#include <span>

#include "base/check.hpp"

namespace bezant::rpc {

namespace {

TemplateDesk::Payment described(net::RunningNode& node, const Transaction& payment) {
    const TransactionId id = transaction_id(payment);
    const auto waiting = node.participant().mempool().find(id);
    CHECK(waiting, "what was put into a block just now waits");
    const auto& fee = node.archive().transactions()[*waiting].fee;
    CHECK(fee, "a payment that waits was found valid");
    return {.id = id, .fee = *fee};
}

}  // namespace

// Payments may leave the pool while their block is still given out, so they are looked up at once.
TemplateDesk::Template TemplateDesk::current() {
    const mining::WorkDesk::Given& given = works_.current();
    if (given.number != number_) {
        number_ = given.number;
        payments_.clear();
        for (const Transaction& payment : std::span{given.work->block().transactions}.subspan(1))
            payments_.push_back(described(node_, payment));
    }
    return {.given = given, .payments = payments_};
}

}  // namespace bezant::rpc
