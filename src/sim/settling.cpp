// SPDX-License-Identifier: Apache-2.0
#include "sim/settling.hpp"

namespace bezant::sim {

void Settling::mine_above(Height height) {
    above_ = height;
    phase_ = Phase::mining;
    engine_.switch_mining(true);
}

void Settling::begin() {
    above_.reset();
    phase_ = Phase::waiting;
    engine_.switch_mining(false);
}

bool Settling::look() {
    const std::uint32_t tips = engine_.agreement().tips();
    if (phase_ == Phase::mining) {
        if (tips != 1 || (above_ && !all_agree_above(*above_))) return false;
        phase_ = Phase::waiting;
        engine_.switch_mining(false);
        return false;
    }
    if (!engine_.is_quiet()) return false;
    if (tips <= 1) return true;
    phase_ = Phase::mining;
    engine_.switch_mining(true);
    return false;
}

bool Settling::all_agree_above(Height height) const {
    const BlockIndex tip = engine_.agreement().common_tip();
    return engine_.archive().blocks()[tip].height > height;
}

}  // namespace bezant::sim
