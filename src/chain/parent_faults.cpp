// SPDX-License-Identifier: Apache-2.0
#include "chain/parent_faults.hpp"

#include "rules/refusal.hpp"

namespace bezant {

Rejection unknown_parent(const BlockHeader& header) {
    return refuse(Reason::unknown_parent, "parent " + shown(header.previous), "a known block")
        .error();
}

Rejection invalid_parent(const BlockHash& ancestor) {
    return refuse(Reason::invalid_parent, "invalid ancestor " + shown(ancestor), "a valid block")
        .error();
}

}  // namespace bezant
