// SPDX-License-Identifier: Apache-2.0
#include "bench/catch_up/chain.hpp"

#include <string>

#include "base/random.hpp"
#include "tests/support/block_builder.hpp"
#include "tests/support/keys.hpp"

namespace bezant::bench {

namespace {

using test::Person;
using test::Spend;

constexpr std::size_t people_count = 100;
constexpr std::size_t coins_in_genesis = 5'000;
constexpr std::uint32_t seconds_between_blocks = 10;
constexpr Amount fee{200};

/// Somebody who makes blocks full of payments, and remembers the coins.
class Maker {
public:
    Maker() {
        for (std::size_t i = 0; i < people_count; ++i) people_.emplace_back(std::to_string(i));
        std::vector<Output> allocation;
        for (std::size_t i = 0; i < coins_in_genesis; ++i)
            allocation.push_back({bezants(100), people_[i % people_count].owner});
        chain_.parameters = built_in_parameters("local", allocation).value();
        const Transaction& source = chain_.parameters.genesis.transactions.front();
        for (std::uint32_t i = 0; i < coins_in_genesis; ++i)
            coins_.push_back(test::coin_of(source, i, people_[i % people_count]));
    }

    void add_block(std::size_t payment_count) {
        std::vector<Transaction> payments;
        while (payments.size() < payment_count) payments.push_back(pay());
        const Amount fees{fee.value * payment_count};
        chain_.blocks.push_back(test::make_block(next_place(chain_.blocks.size()), people_.front(),
                                                 std::move(payments), fees, chain_.parameters));
        note_coinbase(chain_.blocks.back());
        chain_.payments += payment_count;
    }

    /// The same block again at another time, but for a bit of its last signature.
    void add_false_branch() {
        chain_.fork = chain_.blocks.size() / 3;
        Block& block = chain_.false_block = chain_.blocks[chain_.fork];
        ++block.header.time;
        block.transactions.back().inputs.back().signature.bytes.front() ^= 1U;
        test::seal(block, people_.front(), chain_.parameters);
        chain_.false_headers.push_back(block.header);
        while (chain_.fork + chain_.false_headers.size() <= chain_.blocks.size()) {
            BlockHeader header = chain_.false_headers.back();
            header.previous = block_hash(header);
            header.time += seconds_between_blocks;
            test::mine(header);
            chain_.false_headers.push_back(header);
        }
    }

    [[nodiscard]] LongChain finish() { return std::move(chain_); }

private:
    [[nodiscard]] test::BlockPlace next_place(std::size_t height) const {
        const BlockHeader& parent =
            height == 0 ? chain_.parameters.genesis.header : chain_.blocks[height - 1].header;
        return {block_hash(parent), Height{static_cast<std::uint32_t>(height + 1)},
                parent.time + seconds_between_blocks, chain_.parameters.target_limit};
    }

    Spend take_coin() {
        Spend& place = coins_[random_.below(coins_.size())];
        const Spend coin = std::exchange(place, coins_.back());
        coins_.pop_back();
        return coin;
    }

    const Person& anybody() { return people_[random_.below(people_count)]; }

    Transaction pay() {
        std::vector<Spend> spends{take_coin()};
        if (random_.below(2) == 1) spends.push_back(take_coin());
        std::uint64_t sum = 0;
        for (const Spend& spend : spends) sum += spend.coin.amount.value;
        const Amount paid{sum / 4 + random_.below(sum / 2)};
        const Amount change{sum - paid.value - fee.value};
        const Person& payee = anybody();
        const Person& payer = *spends.front().owner;
        Transaction payment = test::make_payment(
            spends, {{paid, payee.owner}, {change, payer.owner}}, chain_.parameters);
        note_signatures(payment, spends);
        coins_.push_back(test::coin_of(payment, 0, payee));
        coins_.push_back(test::coin_of(payment, 1, payer));
        return payment;
    }

    void note_signatures(const Transaction& payment, const std::vector<Spend>& spends) {
        std::vector<Output> spent;
        for (const Spend& spend : spends) spent.push_back(spend.coin);
        const Hash256 message = signature_message(payment, spent, chain_.parameters.genesis_hash);
        for (const Input& input : payment.inputs)
            chain_.signatures.push_back({input.public_key, message, input.signature});
    }

    void note_coinbase(const Block& block) {
        const Transaction& coinbase = block.transactions.front();
        const Hash256 message =
            coinbase_signature_message(coinbase, block.header.previous, payments_merkle_root(block),
                                       chain_.parameters.genesis_hash);
        const Input& input = coinbase.inputs.front();
        chain_.signatures.push_back({input.public_key, message, input.signature});
    }

    LongChain chain_;
    std::vector<Person> people_;
    std::vector<Spend> coins_;
    Random random_{1};
};

}  // namespace

LongChain make_long_chain(const LongChainShape& shape) {
    Maker maker;
    for (std::size_t i = 0; i < shape.blocks; ++i) maker.add_block(shape.payments_each);
    maker.add_false_branch();
    return maker.finish();
}

}  // namespace bezant::bench
