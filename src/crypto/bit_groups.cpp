// SPDX-License-Identifier: Apache-2.0
#include "crypto/bit_groups.hpp"

#include <cstdint>

#include "base/check.hpp"

namespace bezant {

namespace {

constexpr unsigned group_bits = 5;
constexpr unsigned byte_bits = 8;

/// Bits that are in but not yet out: the lowest `count` of `value`.
struct BitQueue {
    std::uint32_t value = 0;
    unsigned count = 0;

    void push(Byte bits, unsigned width) {
        value = (value << width | bits) & 0xffffU;
        count += width;
    }
    Byte pop(unsigned width) {
        count -= width;
        return static_cast<Byte>(value >> count & ((1U << width) - 1U));
    }
};

}  // namespace

Bytes to_five_bit_groups(ByteView bytes) {
    Bytes groups;
    groups.reserve((bytes.size() * byte_bits + group_bits - 1) / group_bits);
    BitQueue queue;
    for (const Byte byte : bytes) {
        queue.push(byte, byte_bits);
        while (queue.count >= group_bits) groups.push_back(queue.pop(group_bits));
    }
    if (queue.count > 0) {
        queue.push(0, group_bits - queue.count);
        groups.push_back(queue.pop(group_bits));
    }
    return groups;
}

std::optional<Bytes> from_five_bit_groups(ByteView groups) {
    Bytes bytes;
    bytes.reserve(groups.size() * group_bits / byte_bits);
    BitQueue queue;
    for (const Byte group : groups) {
        CHECK(group < 1U << group_bits, "a group has five bits");
        queue.push(group, group_bits);
        if (queue.count >= byte_bits) bytes.push_back(queue.pop(byte_bits));
    }
    if (queue.count >= group_bits || queue.pop(queue.count) != 0) return std::nullopt;
    return bytes;
}

}  // namespace bezant
