// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/json/object.hpp>
#include <string_view>

#include "rpc/json_text.hpp"

namespace bezant::rpc {

/// The method table as an OpenRPC document (https://spec.open-rpc.org, version 1.3.2) of a program
/// of this version.
[[nodiscard]] json::object open_rpc_document(std::string_view version);

}  // namespace bezant::rpc
