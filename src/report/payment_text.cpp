// SPDX-License-Identifier: Apache-2.0
#include "report/payment_text.hpp"

#include <algorithm>

namespace bezant::report {

namespace {

Amount amount_in(const TransactionFact& fact, const Archive& archive) {
    Amount sum;
    for (const CoinIndex coin : fact.spends) {
        const Output* output = archive.coins().output(coin);
        if (output != nullptr) sum.value += output->amount.value;
    }
    return sum;
}

/// Whether a coin of one owner belongs to the other, too: a participant may have many keys.
bool is_same(const PublicKeyHash& one, const PublicKeyHash& other,
             const sim::ObservedWorld& world) {
    if (one == other) return true;
    const auto owner = world.owner_of(one);
    return owner && owner == world.owner_of(other);
}

}  // namespace

PaymentStory story_of(TransactionIndex payment, const sim::ObservedWorld& world,
                      const People& people) {
    const TransactionFact& fact = world.archive().transactions()[payment];
    const Transaction& transaction = fact.transaction;
    const PublicKeyHash payer = public_key_hash(transaction.inputs.front().public_key);
    PaymentStory story{people.name_of(payer), {}, {}, {}};
    Amount out;
    for (const Output& output : transaction.outputs) {
        out.value += output.amount.value;
        if (is_same(output.owner, payer, world)) continue;
        story.amount.value += output.amount.value;
        if (!story.payee.empty()) story.payee += ", ";
        story.payee += people.name_of(output.owner);
    }
    if (story.payee.empty()) {  // all of it comes back
        story.payee = story.payer;
        story.amount = out;
    }
    story.fee = checked_subtract(amount_in(fact, world.archive()), out).value_or(Amount{});
    return story;
}

}  // namespace bezant::report
