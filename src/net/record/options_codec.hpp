// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ledger/codec.hpp"
#include "node/participant.hpp"

namespace bezant::net {

/// The fields of docs/formats.md, "Options".
void encode(Encoder& out, const ParticipantOptions& options);
/// What no participant can be made of is refused.
[[nodiscard]] ParticipantOptions decode_participant_options(Decoder& in);

}  // namespace bezant::net
