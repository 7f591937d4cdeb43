// SPDX-License-Identifier: Apache-2.0
// What it costs to check a block of 2,000 payments: with its signatures, with their verdicts known
// already, and the share of that which is hashing and no rule can save.
#include <benchmark/benchmark.h>

#include <array>
#include <boost/unordered/unordered_flat_map.hpp>

#include "rules/block_rules.hpp"

namespace bezant {
namespace {

constexpr std::uint32_t payments = 2'000;
constexpr Height height{10};

class KnownVerdicts final : public SignatureVerifier {
public:
    [[nodiscard]] bool is_valid(const PublicKey& /*key*/, const Hash256& /*message*/,
                                const Signature& /*signature*/) override {
        return true;
    }
};

class CoinTable final : public CoinView {
public:
    boost::unordered_flat_map<OutPoint, Coin, OutPointHasher> coins;

    [[nodiscard]] CoinLookup find(const OutPoint& outpoint) const override {
        const auto found = coins.find(outpoint);
        if (found == coins.end()) return {};
        return {CoinState::unspent, found->second};
    }
};

/// A block of payments of two coins each to two owners, all by one key.
struct Sample {
    SigningKey key = SigningKey::from_seed(SecretSeed{});
    PublicKeyHash owner = public_key_hash(key.public_key());
    Parameters parameters = *built_in_parameters("local");
    CoinTable view;
    Block block;

    Sample() {
        Transaction coinbase;
        coinbase.inputs.push_back({{{}, coinbase_output_index}, key.public_key(), {}});
        coinbase.outputs.push_back({bezants(10), owner});
        coinbase.lock_height = height;
        block.transactions.push_back(coinbase);
        for (std::uint32_t i = 0; i < payments; ++i) add_payment(i);
        Transaction& first = block.transactions.front();
        first.inputs.front().signature = key.sign(
            coinbase_signature_message(first, block.header.previous, payments_merkle_root(block),
                                       parameters.genesis_hash)
                .view());
        block.header.merkle_root = merkle_root(block);
    }

    void add_payment(std::uint32_t number) {
        Transaction payment;
        const Output coin{bezants(5), owner};
        for (std::uint32_t i = 0; i < 2; ++i) {
            const auto id =
                sha256(std::array{static_cast<Byte>(number), static_cast<Byte>(number >> 8U)});
            const OutPoint outpoint{TransactionId{id.bytes}, i};
            view.coins[outpoint] = {coin, Height{1}, false};
            payment.inputs.push_back({outpoint, key.public_key(), {}});
            payment.outputs.push_back(coin);
        }
        const Hash256 message =
            signature_message(payment, std::array{coin, coin}, parameters.genesis_hash);
        for (Input& input : payment.inputs) input.signature = key.sign(message.view());
        block.transactions.push_back(payment);
    }
};

template <class Verifier>
void contents(benchmark::State& state) {
    const Sample sample;
    Verifier signatures;
    for (auto _ : state) {
        const auto checked =
            check_block_contents(sample.block, height, sample.parameters, signatures);
        if (!checked) state.SkipWithError(to_text(checked.error()).c_str());
    }
}
BENCHMARK(contents<KnownVerdicts>)->Unit(benchmark::kMicrosecond);

template <class Verifier>
void on_coins(benchmark::State& state) {
    const Sample sample;
    Verifier signatures;
    for (auto _ : state) {
        const auto effect =
            check_block_on_coins(sample.block, height, sample.view, sample.parameters, signatures);
        if (!effect) state.SkipWithError(to_text(effect.error()).c_str());
    }
}
BENCHMARK(on_coins<KnownVerdicts>)->Unit(benchmark::kMicrosecond);
BENCHMARK(on_coins<DirectVerifier>)->Unit(benchmark::kMicrosecond);

/// The hashes that the two checks above make: full ids and their tree, ids, messages, owners.
void hashes_alone(benchmark::State& state) {
    const Sample sample;
    const std::array<Output, 2> coins{};
    for (auto _ : state) {
        benchmark::DoNotOptimize(merkle_root(sample.block));
        for (const Transaction& transaction : sample.block.transactions) {
            benchmark::DoNotOptimize(transaction_id(transaction));
            if (transaction.is_coinbase()) continue;
            benchmark::DoNotOptimize(
                signature_message(transaction, coins, sample.parameters.genesis_hash));
            for (const Input& input : transaction.inputs)
                benchmark::DoNotOptimize(public_key_hash(input.public_key));
        }
    }
}
BENCHMARK(hashes_alone)->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace bezant
