// SPDX-License-Identifier: Apache-2.0
#include "rules/transaction_format.hpp"

#include <algorithm>
#include <numeric>
#include <vector>

#include "ledger/codec.hpp"
#include "rules/money.hpp"
#include "rules/refusal.hpp"

namespace bezant {

namespace {

constexpr std::uint32_t transaction_version = 1;

Result<void, Rejection> check_size_and_version(const Transaction& transaction,
                                               const Parameters& parameters) {
    const std::size_t size = encoded_size(transaction);
    if (size > parameters.transaction_bytes_max) {
        return refuse(Reason::oversized_transaction, shown(size) + " bytes",
                      "at most " + shown(parameters.transaction_bytes_max));
    }
    if (transaction.version != transaction_version) {
        return refuse(Reason::unknown_transaction_version, shown(transaction.version),
                      shown(transaction_version));
    }
    return {};
}

/// The sum is checked at every step: a bound on the total alone could be met by a sum that has
/// wrapped around (Bitcoin's CVE-2010-5139 made 184 billion bitcoins that way).
Result<void, Rejection> check_amounts(const std::vector<Output>& outputs, Amount supply_max) {
    for (std::size_t i = 0; i < outputs.size(); ++i) {
        if (outputs[i].amount == Amount{})
            return refuse_at(i, Reason::zero_output, shown(Amount{}), "more");
    }
    MoneySum sum{supply_max};
    for (std::size_t i = 0; i < outputs.size(); ++i) {
        if (!sum.add(outputs[i].amount)) {
            return refuse_at(i, Reason::amount_overflow,
                             shown(outputs[i].amount) + " on top of " + shown(sum.total()),
                             "at most " + shown(supply_max) + " in all");
        }
    }
    return {};
}

/// Position of the first input that names the same coin as one before it, or the number of inputs.
/// Sorted, because comparing all pairs would let one large payment stall everybody who checks it
/// (Bitcoin's CVE-2018-17144 was the attempt to do without this check).
std::size_t first_repeated_input(const std::vector<Input>& inputs) {
    if (inputs.size() < 2) return inputs.size();
    std::vector<std::uint32_t> order(inputs.size());
    std::iota(order.begin(), order.end(), 0U);
    std::ranges::sort(order, [&](std::uint32_t left, std::uint32_t right) {
        const auto compared = inputs[left].previous <=> inputs[right].previous;
        return compared != 0 ? compared < 0 : left < right;
    });
    std::size_t first = inputs.size();
    for (std::size_t i = 1; i < order.size(); ++i) {
        if (inputs[order[i]].previous == inputs[order[i - 1]].previous)
            first = std::min<std::size_t>(first, order[i]);
    }
    return first;
}

Result<void, Rejection> check_inputs(const std::vector<Input>& inputs) {
    const std::size_t repeated = first_repeated_input(inputs);
    if (repeated < inputs.size()) {
        return refuse_at(repeated, Reason::duplicate_input, shown(inputs[repeated].previous),
                         "a coin that no input before it names");
    }
    for (std::size_t i = 0; i < inputs.size(); ++i) {
        if (inputs[i].previous.index == coinbase_output_index)
            return refuse_at(i, Reason::unexpected_coinbase, "the mark of a coinbase", "a coin");
    }
    return {};
}

}  // namespace

Result<void, Rejection> check_payment_format(const Transaction& payment,
                                             const Parameters& parameters, Amount supply_max) {
    if (auto checked = check_size_and_version(payment, parameters); !checked) return checked;
    if (payment.inputs.empty()) return refuse(Reason::no_inputs, "0 inputs", "at least 1");
    if (payment.outputs.empty()) return refuse(Reason::no_outputs, "0 outputs", "at least 1");
    if (auto checked = check_amounts(payment.outputs, supply_max); !checked) return checked;
    return check_inputs(payment.inputs);
}

Result<void, Rejection> check_coinbase_format(const Transaction& coinbase,
                                              const Parameters& parameters, Amount supply_max) {
    if (auto checked = check_size_and_version(coinbase, parameters); !checked) return checked;
    return check_amounts(coinbase.outputs, supply_max);
}

}  // namespace bezant
