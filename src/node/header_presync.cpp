// SPDX-License-Identifier: Apache-2.0
#include "node/header_presync.hpp"

#include <algorithm>

#include "node/message.hpp"

namespace bezant {

HeaderPresync::HeaderPresync(BlockIndex start, const Archive& archive)
    : start_(start),
      end_(archive.blocks()[start].hash),
      height_(archive.blocks()[start].height),
      work_(archive.blocks()[start].work),
      confirmed_end_(end_) {
    for (BlockIndex block = start; block != no_block && times_.size() < times_.capacity();
         block = archive.blocks()[block].parent)
        times_.push_back(archive.blocks()[block].header.time);
    std::ranges::reverse(times_);
}

Result<void, Rejection> HeaderPresync::look_at(std::span<const BlockHeader> headers,
                                               const Parameters& parameters) {
    for (const BlockHeader& header : headers) {
        if (auto good = append(header, parameters); !good) return good;
    }
    if (headers.size() == headers_per_message_max && !is_full()) marks_.push_back(end_);
    return {};
}

ParentContext HeaderPresync::context() const {
    return {.height = height_,
            .time = times_.back(),
            .median_time_past = median_time({times_.data(), times_.size()})};
}

Result<void, Rejection> HeaderPresync::append(const BlockHeader& header,
                                              const Parameters& parameters) {
    if (auto worked = check_header_work(header, parameters); !worked) return worked;
    if (auto fits = check_header_on_parent(header, context(), parameters); !fits) return fits;
    end_ = block_hash(header);
    height_ = next(height_);
    if (times_.size() == times_.capacity()) times_.erase(times_.begin());
    times_.push_back(header.time);
    work_ = checked_add(work_, claimed_work(header)).value_or(Uint256::max());
    ++seen_;
    return {};
}

bool HeaderPresync::confirms(std::span<const BlockHeader> headers) {
    if (confirmed_ == marks_.size() || headers.size() != headers_per_message_max ||
        headers.front().previous != confirmed_end_ ||
        block_hash(headers.back()) != marks_[confirmed_])
        return false;
    confirmed_end_ = marks_[confirmed_++];
    return true;
}

}  // namespace bezant
