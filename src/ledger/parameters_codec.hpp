// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string_view>

#include "ledger/codec.hpp"
#include "ledger/parameters.hpp"

namespace bezant {

/// Bounds of what parameters from outside may say.
inline constexpr std::size_t network_name_bytes_max = 32;
inline constexpr std::size_t address_prefix_bytes_max = 16;
inline constexpr std::uint32_t block_bytes_least = 1'000;
inline constexpr std::uint32_t block_bytes_most = 64'000'000;

/// The first field, as docs/formats.md names it, that no network can have: nothing if the
/// parameters are sound. What sound parameters are is in docs/formats.md, "Parameters".
[[nodiscard]] std::optional<std::string_view> unsound_field(const Parameters& parameters);

void encode(Encoder& out, const Parameters& parameters);

/// Sound parameters; a field that is not fails as bad_value.
[[nodiscard]] Parameters decode_parameters(Decoder& in);

}  // namespace bezant
