// SPDX-License-Identifier: Apache-2.0
#include "node/compact_block.hpp"

#include <algorithm>

#include "base/check.hpp"
#include "crypto/hash.hpp"
#include "ledger/codec.hpp"

namespace bezant {

namespace {

constexpr ShortId short_id_mask = (ShortId{1} << 48U) - 1;

ShortHashKey key_for(const BlockHeader& header, std::uint64_t nonce) {
    Bytes bytes = encoded(header);
    Encoder{bytes}.u64(nonce);
    return ShortHashKey::from(sha256(bytes).view().first<ShortHashKey::size_bytes>());
}

}  // namespace

ShortIds::ShortIds(const BlockHeader& header, std::uint64_t nonce) : key_(key_for(header, nonce)) {}

ShortId ShortIds::of(const FullTransactionId& full_id) const {
    return short_hash(key_, full_id.view()) & short_id_mask;
}

CompactBlock make_compact_block(const Archive& archive, BlockIndex block, std::uint64_t nonce) {
    const auto body = archive.body(block);
    const TransactionTable& transactions = archive.transactions();
    const ShortIds ids{archive.blocks()[block].header, nonce};
    CompactBlock message{.block = block, .nonce = nonce, .short_ids = {}, .prefilled = {}};
    message.prefilled.push_back(
        {.position = 0, .transaction = transactions[body.front()].transaction});
    message.short_ids.reserve(body.size() - 1);
    for (const TransactionIndex payment : body.subspan(1))
        message.short_ids.push_back(ids.of(transactions[payment].full_id));
    return message;
}

bool is_well_formed(const CompactBlock& message) {
    const auto& prefilled = message.prefilled;
    const bool in_order =
        std::ranges::adjacent_find(prefilled, [](const Prefilled& left, const Prefilled& right) {
            return left.position >= right.position;
        }) == prefilled.end();
    return in_order && !prefilled.empty() && prefilled.front().position == 0 &&
           prefilled.back().position < message.short_ids.size() + prefilled.size() &&
           std::ranges::all_of(
               message.short_ids, [](ShortId id) { return (id & ~short_id_mask) == 0; });
}

PartialBlock::PartialBlock(const BlockHeader& header, const CompactBlock& message)
    : block_(message.block), short_ids_(header, message.nonce) {
    CHECK(is_well_formed(message), "the form of a message is looked at first");
    parts_.resize(message.short_ids.size() + message.prefilled.size(), no_transaction);
    for (const Prefilled& each : message.prefilled) parts_[each.position] = each.transaction;
    name_places(message);
    mark_equal_ids();
}

void PartialBlock::name_places(const CompactBlock& message) {
    places_.reserve(message.short_ids.size());
    auto prefilled = message.prefilled.begin();
    for (std::uint32_t position = 0; position < parts_.size(); ++position) {
        if (prefilled != message.prefilled.end() && prefilled->position == position) {
            ++prefilled;
            continue;
        }
        places_.push_back({.id = message.short_ids[places_.size()], .position = position});
    }
    std::ranges::sort(places_, {},
                      [](const Place& place) { return std::pair{place.id, place.position}; });
}

void PartialBlock::mark_equal_ids() {
    for (std::size_t i = 1; i < places_.size(); ++i) {
        if (places_[i - 1].id == places_[i].id)
            places_[i - 1].state = places_[i].state = State::ambiguous;
    }
}

void PartialBlock::offer(TransactionIndex payment, ShortId id) {
    const auto place = std::ranges::lower_bound(places_, id, {}, &Place::id);
    if (place == places_.end() || place->id != id) return;
    BodyPart& part = parts_[place->position];
    if (place->state == State::empty) {
        place->state = State::guessed;
        part = payment;
        ++guesses_;
    } else if (place->state == State::guessed && part != BodyPart{payment}) {
        place->state = State::ambiguous;
        --guesses_;
    }
}

std::vector<std::uint32_t> PartialBlock::missing() const {
    std::vector<std::uint32_t> positions;
    for (const Place& place : places_) {
        if (place.is_missing()) positions.push_back(place.position);
    }
    std::ranges::sort(positions);
    return positions;
}

std::vector<PartialBlock::Place*> PartialBlock::missing_places() {
    std::vector<Place*> missing;
    for (Place& place : places_) {
        if (place.is_missing()) missing.push_back(&place);
    }
    std::ranges::sort(missing, {}, &Place::position);
    return missing;
}

bool PartialBlock::fill(std::span<const Transaction> transactions) {
    const std::vector<Place*> places = missing_places();
    if (transactions.size() != places.size()) return false;
    for (std::size_t i = 0; i < places.size(); ++i) {
        if (short_ids_.of(full_transaction_id(transactions[i])) != places[i]->id) return false;
    }
    for (std::size_t i = 0; i < places.size(); ++i) {
        parts_[places[i]->position] = transactions[i];
        places[i]->state = State::sent;
    }
    return true;
}

std::size_t PartialBlock::memory_bytes() const {
    std::size_t bytes =
        sizeof(*this) + parts_.capacity() * sizeof(BodyPart) + places_.capacity() * sizeof(Place);
    for (const BodyPart& part : parts_) {
        if (const auto* sent = std::get_if<Transaction>(&part))
            bytes +=
                sent->inputs.capacity() * sizeof(Input) + sent->outputs.capacity() * sizeof(Output);
    }
    return bytes;
}

}  // namespace bezant
