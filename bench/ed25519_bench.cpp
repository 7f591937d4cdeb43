// SPDX-License-Identifier: Apache-2.0
// Signatures made and verified per second on one core.
#include <benchmark/benchmark.h>

#include "crypto/ed25519.hpp"

namespace bezant {
namespace {

void make_key(benchmark::State& state) {
    SecretSeed seed;
    for (auto _ : state) {
        ++seed.writable()[0];
        benchmark::DoNotOptimize(SigningKey::from_seed(seed));
    }
    state.SetItemsProcessed(state.iterations());
}
BENCHMARK(make_key);

void sign_hash(benchmark::State& state) {
    const SigningKey key = SigningKey::from_seed(SecretSeed{});
    const Bytes message(32);
    for (auto _ : state) benchmark::DoNotOptimize(key.sign(message));
    state.SetItemsProcessed(state.iterations());
}
BENCHMARK(sign_hash);

void verify_hash(benchmark::State& state) {
    const SigningKey key = SigningKey::from_seed(SecretSeed{});
    const PublicKey public_key = key.public_key();
    const Bytes message(32);
    const Signature signature = key.sign(message);
    for (auto _ : state) benchmark::DoNotOptimize(verify(public_key, message, signature));
    state.SetItemsProcessed(state.iterations());
}
BENCHMARK(verify_hash);

}  // namespace
}  // namespace bezant
