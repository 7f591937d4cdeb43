// SPDX-License-Identifier: Apache-2.0
#include "crypto/mining_kernel.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <vector>

#include "base/check.hpp"
#include "crypto/mining/kernels.hpp"

#if defined(__x86_64__)
#include <cpuid.h>
#endif

namespace bezant {

namespace {

struct Implementation {
    Kernel kernel;
    unsigned lanes;
    mining::FindCandidates find_candidates;
    bool (*is_available)();
};

bool always() { return true; }

#if defined(__x86_64__)
bool has_avx2() { return __builtin_cpu_supports("avx2") != 0; }
bool has_avx512() { return __builtin_cpu_supports("avx512f") != 0; }

/// GCC 12 has no name for SHA: leaf 7, EBX bit 29 (Intel's manual, volume 2, CPUID).
bool has_sha_ni() {
    unsigned eax = 0;
    unsigned ebx = 0;
    unsigned ecx = 0;
    unsigned edx = 0;
    return __get_cpuid_count(7, 0, &eax, &ebx, &ecx, &edx) != 0 && (ebx >> 29U & 1U) != 0 &&
           __builtin_cpu_supports("sse4.1") != 0;
}
#endif

/// Slowest first, as measured.
constexpr auto implementations = std::to_array<Implementation>({
    {Kernel::scalar, mining::scalar_lanes, mining::scalar_candidates, always},
#if defined(__x86_64__)
    {Kernel::avx2, mining::avx2_lanes, mining::avx2_candidates, has_avx2},
    {Kernel::sha_ni, mining::sha_ni_lanes, mining::sha_ni_candidates, has_sha_ni},
    {Kernel::avx512, mining::avx512_lanes, mining::avx512_candidates, has_avx512},
#endif
});

const Implementation& implementation_of(Kernel kernel) {
    const auto found = std::ranges::find(implementations, kernel, &Implementation::kernel);
    CHECK(found != implementations.end(), "the kernel was made for this kind of processor");
    return *found;
}

/// The first `count` of a kernel's lanes.
std::uint32_t first_lanes(std::uint64_t count) {
    return count < 32 ? (std::uint32_t{1} << count) - 1 : UINT32_MAX;
}

}  // namespace

std::string_view to_text(Kernel kernel) {
    switch (kernel) {
        case Kernel::scalar:
            return "scalar";
        case Kernel::avx2:
            return "avx2";
        case Kernel::sha_ni:
            return "sha_ni";
        case Kernel::avx512:
            return "avx512";
    }
    CHECK(false, "every kernel has a name");
}

std::span<const Kernel> available_kernels() {
    static const std::vector<Kernel> kernels = [] {
        std::vector<Kernel> found;
        for (const Implementation& implementation : implementations)
            if (implementation.is_available()) found.push_back(implementation.kernel);
        return found;
    }();
    return kernels;
}

Kernel fastest_kernel() { return available_kernels().back(); }

std::optional<std::uint32_t> search_nonces(const MiningWork& work, std::uint32_t first,
                                           std::uint64_t count, Kernel kernel) {
    const Implementation& implementation = implementation_of(kernel);
    CHECK(std::ranges::find(available_kernels(), kernel) != available_kernels().end(),
          "the processor can run the kernel");
    const std::uint64_t nonces_left = (std::uint64_t{1} << 32U) - first;
    count = std::min(count, nonces_left);
    for (std::uint64_t done = 0; done < count; done += implementation.lanes) {
        const auto nonce = static_cast<std::uint32_t>(first + done);
        std::uint32_t candidates =
            implementation.find_candidates(work, nonce) & first_lanes(count - done);
        for (; candidates != 0; candidates &= candidates - 1) {
            const auto lane = static_cast<std::uint32_t>(std::countr_zero(candidates));
            if (work.is_solved_by(nonce + lane)) return nonce + lane;
        }
    }
    return std::nullopt;
}

}  // namespace bezant
