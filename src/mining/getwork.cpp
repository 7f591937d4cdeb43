// SPDX-License-Identifier: Apache-2.0
#include "mining/getwork.hpp"

#include <algorithm>
#include <span>

#include "ledger/codec.hpp"
#include "mining/limits.hpp"

namespace bezant::mining {

namespace {

constexpr std::size_t word_bytes = 4;

void turn_words_round(std::span<Byte> bytes) {
    for (; !bytes.empty(); bytes = bytes.subspan(word_bytes))
        std::ranges::reverse(bytes.first(word_bytes));
}

}  // namespace

GetworkData getwork_data(const BlockHeader& header) {
    constexpr Byte end_of_message = 0x80;
    constexpr std::size_t message_bits = header_bytes * 8;
    GetworkData data{};
    std::ranges::copy(encoded(header), data.begin());
    data[header_bytes] = end_of_message;
    data[data.size() - 2] = message_bits >> 8U;
    data[data.size() - 1] = message_bits & 0xffU;
    turn_words_round(data);
    return data;
}

std::optional<BlockHeader> header_in_getwork_data(ByteView data) {
    if (data.size() != GetworkData{}.size()) return std::nullopt;
    Bytes bytes{data.begin(), data.begin() + header_bytes};
    turn_words_round(bytes);
    const auto header = header_from_bytes(bytes);
    return header ? std::optional{*header} : std::nullopt;
}

GetworkDesk::Given GetworkDesk::give_out() {
    const WorkDesk::Given& given = works_.current();
    const Extranonce extranonce = numbered_extranonce(GivenBy::getwork, ++given_);
    const BlockHeader header = given.work->header_with(
        {.extranonce = extranonce, .time = given.work->block().header.time, .nonce = 0});
    if (order_.size() >= getworks_max) {
        sources_.erase(order_.front());
        order_.pop_front();
    }
    order_.push_back(header.merkle_root);
    sources_[header.merkle_root] = {.work = given.number, .extranonce = extranonce};
    return {.header = header, .target = given.work->target()};
}

std::optional<Block> GetworkDesk::find(const BlockHeader& header) {
    const auto source = sources_.find(header.merkle_root);
    if (source == sources_.end()) return std::nullopt;
    const auto work = works_.find(source->second.work);
    if (!work) return std::nullopt;
    return work->block_with(
        {.extranonce = source->second.extranonce, .time = header.time, .nonce = header.nonce});
}

}  // namespace bezant::mining
