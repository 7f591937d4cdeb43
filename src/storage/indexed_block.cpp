// SPDX-License-Identifier: Apache-2.0
#include "storage/indexed_block.hpp"

#include <algorithm>
#include <tuple>

#include "base/check.hpp"

namespace bezant::storage {

namespace {

void add(Amount& sum, Amount amount) {
    const auto result = checked_add(sum, amount);
    CHECK(result, "sums of a valid transaction are no more than all the money there is");
    sum = *result;
}

/// Those of one transaction and owner become one.
void merge(std::vector<AddressTouch>& touches) {
    const auto place = [](const AddressTouch& touch) {
        return std::tie(touch.owner, touch.position);
    };
    std::ranges::sort(touches, {}, place);
    std::size_t kept = 0;
    for (const AddressTouch& touch : touches) {
        if (kept != 0 && place(touches[kept - 1]) == place(touch)) {
            add(touches[kept - 1].received, touch.received);
            add(touches[kept - 1].spent, touch.spent);
        } else {
            touches[kept++] = touch;
        }
    }
    touches.resize(kept);
}

}  // namespace

IndexedBlock indexed(const ChainStep& step) {
    IndexedBlock block;
    auto spent = step.spent.begin();
    for (std::uint32_t position = 0; position < step.block.transactions.size(); ++position) {
        const Transaction& transaction = step.block.transactions[position];
        const TransactionId& id = block.ids.emplace_back(transaction_id(transaction));
        const bool coinbase = transaction.is_coinbase();
        for (std::size_t i = 0; !coinbase && i < transaction.inputs.size(); ++i, ++spent) {
            const Output& coin = spent->coin.output;
            block.touches.push_back({coin.owner, position, {}, coin.amount});
        }
        for (std::uint32_t i = 0; i < transaction.outputs.size(); ++i) {
            const Output& output = transaction.outputs[i];
            block.touches.push_back({output.owner, position, output.amount, {}});
            block.created.push_back(
                {{id, i}, {output, step.height, coinbase && step.height > Height{}}});
        }
    }
    CHECK(spent == step.spent.end(), "a block comes with all coins that it spends");
    merge(block.touches);
    return block;
}

AddressEntry entry_after(const AddressEntry& last, const AddressTouch& touch,
                         const TransactionId& id) {
    const auto sum = checked_add(last.balance, touch.received);
    const auto balance = sum ? checked_subtract(*sum, touch.spent) : std::nullopt;
    CHECK(balance, "an address spends what it has, and has no more than all the money there is");
    return {.id = id,
            .received = touch.received,
            .spent = touch.spent,
            .balance = *balance,
            .number = last.number + 1};
}

}  // namespace bezant::storage
