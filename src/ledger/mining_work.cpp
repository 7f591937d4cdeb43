// SPDX-License-Identifier: Apache-2.0
#include "ledger/mining_work.hpp"

#include <algorithm>

#include "base/check.hpp"
#include "ledger/codec.hpp"
#include "ledger/target.hpp"

namespace bezant {

MiningWork mining_work_of(const BlockHeader& header) {
    const Bytes bytes = encoded(header);
    HeaderBytes fixed{};
    CHECK(bytes.size() == fixed.size(), "a header has 80 bytes");
    std::ranges::copy(bytes, fixed.begin());
    const auto target = target_from_compact(header.target);
    CHECK(target, "a miner's own header has a well-formed target");
    return MiningWork{fixed, *target};
}

}  // namespace bezant
