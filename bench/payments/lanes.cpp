// SPDX-License-Identifier: Apache-2.0
#include "bench/payments/lanes.hpp"

#include <algorithm>
#include <array>
#include <thread>

#include "base/hex.hpp"
#include "ledger/codec.hpp"

namespace bezant::bench {

namespace {

constexpr Amount first_coin = bezants(1);
constexpr Amount paid{1'000};
constexpr Amount fee{200};

}  // namespace

Lanes::Lanes(std::size_t people) {
    people_.reserve(people);
    for (std::size_t i = 0; i < people; ++i) people_.emplace_back(std::to_string(i));
}

std::vector<Output> Lanes::coins() const {
    std::vector<Output> coins;
    for (const test::Person& person : people_) coins.push_back({first_coin, person.owner});
    return coins;
}

test::Spend Lanes::coin_of(std::size_t lane, const Parameters& parameters) const {
    const Transaction& genesis = parameters.genesis.transactions.front();
    const std::size_t place = genesis.outputs.size() - people_.size() + lane;
    return test::coin_of(genesis, static_cast<std::uint32_t>(place), people_[lane]);
}

Transaction Lanes::payment_of(std::size_t lane, const test::Spend& coin,
                              const Parameters& parameters) const {
    const test::Person& payee = people_[(lane + 1) % people_.size()];
    const Amount change{coin.coin.amount.value - paid.value - fee.value};
    return test::make_payment(std::array{coin},
                              {{paid, payee.owner}, {change, people_[lane].owner}}, parameters);
}

void Lanes::pay_for(std::size_t lane, const Parameters& parameters,
                    std::vector<std::string>& payments) const {
    test::Spend coin = coin_of(lane, parameters);
    for (std::size_t at = lane; at < payments.size(); at += people_.size()) {
        const Transaction payment = payment_of(lane, coin, parameters);
        payments[at] = to_hex(encoded(payment));
        coin = test::coin_of(payment, 1, people_[lane]);
    }
}

std::vector<std::string> Lanes::payments(const Parameters& parameters, std::size_t count) const {
    std::vector<std::string> payments(count);
    const std::size_t threads = std::max(1U, std::thread::hardware_concurrency());
    std::vector<std::jthread> makers;
    for (std::size_t first = 0; first < threads; ++first) {
        makers.emplace_back([&, first] {
            for (std::size_t lane = first; lane < people_.size(); lane += threads)
                pay_for(lane, parameters, payments);
        });
    }
    makers.clear();
    return payments;
}

std::vector<SignedMessage> Lanes::signatures(const Parameters& parameters,
                                             std::size_t count) const {
    std::vector<SignedMessage> signatures;
    for (std::size_t lane = 0; lane < std::min(count, people_.size()); ++lane) {
        const test::Spend coin = coin_of(lane, parameters);
        const Transaction payment = payment_of(lane, coin, parameters);
        signatures.push_back(
            {payment.inputs.front().public_key,
             signature_message(payment, std::array{coin.coin}, parameters.genesis_hash),
             payment.inputs.front().signature});
    }
    return signatures;
}

}  // namespace bezant::bench
