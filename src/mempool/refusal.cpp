// SPDX-License-Identifier: Apache-2.0
#include "mempool/refusal.hpp"

namespace bezant {

namespace {

struct Name {
    std::string_view operator()(const AlreadyHeld&) const { return "already_held"; }
    std::string_view operator()(const AlreadyConfirmed&) const { return "already_confirmed"; }
    std::string_view operator()(const Conflict&) const { return "conflict"; }
    std::string_view operator()(const MissingParents&) const { return "missing_parents"; }
    std::string_view operator()(const FeeTooLow&) const { return "fee_too_low"; }
    std::string_view operator()(const TooLongChain&) const { return "too_long_chain"; }
    std::string_view operator()(const PoolFull&) const { return "pool_full"; }
    std::string_view operator()(const Invalid& invalid) const {
        return to_text(invalid.rejection.reason);
    }
};

}  // namespace

std::string_view to_text(const Refusal& refusal) { return std::visit(Name{}, refusal); }

}  // namespace bezant
