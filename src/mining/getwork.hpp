// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <deque>
#include <map>
#include <optional>

#include "mining/work_desk.hpp"

namespace bezant::mining {

/// A header as getwork frames it (docs/formats.md, "Work for mining programs"): padded to the two
/// blocks that SHA-256 reads, each word of four bytes turned round.
using GetworkData = std::array<Byte, 128>;

[[nodiscard]] GetworkData getwork_data(const BlockHeader& header);
/// The header in such data, whatever the padding is; nothing if the length is another.
[[nodiscard]] std::optional<BlockHeader> header_in_getwork_data(ByteView data);

/// Gives out headers, no two of them with the same extranonce, and knows the last ones again by
/// their merkle roots.
class GetworkDesk {
public:
    /// The node must outlive it.
    explicit GetworkDesk(net::RunningNode& node) : works_(node) {}

    struct Given {
        BlockHeader header;
        Uint256 target;
    };
    [[nodiscard]] Given give_out();

    /// The block to which this header belongs, with the header's time and nonce; nothing if it was
    /// not given out here, is one of too long ago, or the tip has moved.
    [[nodiscard]] std::optional<Block> find(const BlockHeader& header);

private:
    struct Source {
        std::uint64_t work = 0;
        Extranonce extranonce{};
    };

    WorkDesk works_;
    std::uint64_t given_ = 0;
    std::map<MerkleRoot, Source> sources_;
    std::deque<MerkleRoot> order_;  ///< of sources, oldest first
};

}  // namespace bezant::mining
