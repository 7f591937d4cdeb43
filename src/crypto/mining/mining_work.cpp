// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "crypto/hash.hpp"
#include "crypto/mining/scalar_lane.hpp"
#include "crypto/mining_kernel.hpp"

namespace bezant {

namespace {

using mining::big_endian_word;
using ScalarRounds = mining::LaneRounds<mining::ScalarLane>;

constexpr std::size_t nonce_offset = 76;

mining::State hash_first_block(const HeaderBytes& header) {
    ScalarRounds rounds{};
    rounds.set_state(mining::initial_state);
    for (std::size_t i = 0; i < 16; ++i) rounds.schedule[i] = big_endian_word(&header[4 * i]);
    rounds.do_rounds<0, 64>();
    mining::State state;
    for (unsigned i = 0; i < 8; ++i) state[i] = rounds.state[i] + mining::initial_state[i];
    return state;
}

}  // namespace

MiningWork::MiningWork(const HeaderBytes& header, const Uint256& target)
    : header_(header),
      target_(target),
      midstate_(hash_first_block(header)),
      state_before_nonce_{},
      tail_{} {
    ScalarRounds rounds{};
    rounds.set_state(midstate_);
    for (std::size_t i = 0; i < tail_.size(); ++i)
        rounds.schedule[i] = tail_[i] = big_endian_word(&header[64 + 4 * i]);
    rounds.do_rounds<0, 3>();
    std::ranges::copy(rounds.state, state_before_nonce_.begin());
}

std::uint32_t MiningWork::target_top() const {
    return static_cast<std::uint32_t>((target_ >> 224U).low64());
}

bool MiningWork::is_solved_by(std::uint32_t nonce) const {
    HeaderBytes header = header_;
    for (unsigned i = 0; i < 4; ++i)
        header[nonce_offset + i] = static_cast<Byte>(nonce >> (8U * i));
    return Uint256::from_little_endian(double_sha256(header).bytes) <= target_;
}

}  // namespace bezant
