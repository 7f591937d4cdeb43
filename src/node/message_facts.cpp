// SPDX-License-Identifier: Apache-2.0
#include "node/message_facts.hpp"

#include <variant>

namespace bezant {

namespace {

/// Headers are never forgotten, so messages that name nothing else hold nothing.
class Holder {
public:
    explicit Holder(HeldFacts& held) : held_(held) {}

    void operator()(const Inventory& message) { held_.hold_all(message.payments); }
    void operator()(const GetData& message) {
        held_.hold_all(message.payments);
        held_.hold_all(message.blocks);
    }
    void operator()(const NotFound& message) {
        held_.hold_all(message.payments);
        held_.hold_all(message.blocks);
    }
    void operator()(const PaymentMessage& message) { held_.hold(message.payment); }
    void operator()(const BlockMessage& message) { held_.hold(message.block); }
    void operator()(const CompactBlock& message) { held_.hold(message.block); }
    void operator()(const GetCompactBlock& message) { held_.hold(message.block); }
    void operator()(const GetMissingTransactions& message) { held_.hold(message.block); }
    void operator()(const MissingTransactions& message) { held_.hold(message.block); }
    void operator()(const Headers&) {}
    void operator()(const GetHeaders&) {}
    void operator()(const Hello&) {}
    void operator()(const Ping&) {}
    void operator()(const Pong&) {}
    void operator()(const SendCompact&) {}
    void operator()(const FeeFloor&) {}
    void operator()(const GetAddresses&) {}
    void operator()(const Addresses&) {}
    void operator()(const Malformed&) {}
    // Whole, and not by index.
    void operator()(const NewHeaders&) {}
    void operator()(const NewBlock&) {}
    void operator()(const NewPayment&) {}
    void operator()(const NewCompactBlock&) {}

private:
    HeldFacts& held_;
};

}  // namespace

void hold_facts(const Message& message, HeldFacts& held) { std::visit(Holder{held}, message); }

}  // namespace bezant
