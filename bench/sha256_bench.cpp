// SPDX-License-Identifier: Apache-2.0
// Nonces per second of each mining kernel, on one core, beside libsodium's double SHA-256 of the
// same 80 bytes; and how fast messages are hashed.
#include <benchmark/benchmark.h>

#include <string>

#include "crypto/hash.hpp"
#include "crypto/mining_kernel.hpp"

namespace bezant {
namespace {

constexpr std::uint64_t nonces_a_call = 1U << 16U;

void search(benchmark::State& state, Kernel kernel) {
    const MiningWork work{HeaderBytes{}, Uint256{}};  // a target of zero: nothing is found
    std::uint32_t first = 0;
    for (auto _ : state) {
        benchmark::DoNotOptimize(search_nonces(work, first, nonces_a_call, kernel));
        first += nonces_a_call;
    }
    state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(nonces_a_call));
}

void hash_header(benchmark::State& state) {
    HeaderBytes header{};
    for (auto _ : state) {
        ++header[76];
        benchmark::DoNotOptimize(double_sha256(header));
    }
    state.SetItemsProcessed(state.iterations());
}
BENCHMARK(hash_header);

void prepare_work(benchmark::State& state) {
    for (auto _ : state) benchmark::DoNotOptimize(MiningWork{HeaderBytes{}, Uint256{}});
}
BENCHMARK(prepare_work);

void hash_message(benchmark::State& state) {
    const Bytes message(static_cast<std::size_t>(state.range(0)));
    for (auto _ : state) benchmark::DoNotOptimize(sha256(message));
    state.SetBytesProcessed(state.iterations() * state.range(0));
}
BENCHMARK(hash_message)->Arg(64)->Arg(1024)->Arg(1 << 20);

[[maybe_unused]] const bool registered = [] {
    for (const Kernel kernel : available_kernels())
        benchmark::RegisterBenchmark(("search/" + std::string{to_text(kernel)}).c_str(), search,
                                     kernel);
    return true;
}();

}  // namespace
}  // namespace bezant
