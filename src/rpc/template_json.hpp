// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "rpc/json_text.hpp"
#include "rpc/mining_desk.hpp"

namespace bezant::rpc {

/// A rule of which a program that asks for a template may say that it knows it: a last node of the
/// merkle tree goes up as it is.
inline constexpr std::string_view promotion_rule = "merkle-promotion";

/// The block as BIP 22 and 23 describe one, with this extranonce in its coinbase.
[[nodiscard]] json::object template_in_json(const TemplateDesk::Template& given,
                                            const mining::Extranonce& extranonce,
                                            const Parameters& parameters);

}  // namespace bezant::rpc
