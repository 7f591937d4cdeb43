// SPDX-License-Identifier: Apache-2.0
#include "net/read_ahead.hpp"

#include <algorithm>
#include <boost/asio/post.hpp>
#include <utility>

#include "ledger/codec.hpp"
#include "node/message_codec.hpp"
#include "node/message_kind.hpp"

namespace bezant::net {

namespace {

bool is_block(ByteView message) {
    return !message.empty() && message.front() == static_cast<Byte>(MessageKind::block);
}

/// As identify, from the block's encoding: nothing is put into bytes again.
BlockFindings identify(const Block& block, ByteView encoding) {
    BlockFindings found;
    const std::size_t count = block.transactions.size();
    found.full_ids.reserve(count);
    found.ids.reserve(count);
    found.fees.resize(count);
    ByteView rest = encoding.subspan(header_bytes + encoded_size_of_size(count));
    for (const Transaction& transaction : block.transactions) {
        const std::size_t bytes = encoded_size(transaction);
        found.full_ids.push_back(full_transaction_id(rest.first(bytes)));
        found.ids.push_back(transaction_id(transaction));
        rest = rest.subspan(bytes);
    }
    return found;
}

}  // namespace

ReadAhead::ReadAhead(const boost::asio::any_io_executor& executor, const Archive& archive,
                     CheckingPool& pool, Hooks hooks)
    : executor_(executor), archive_(archive), pool_(pool), hooks_(std::move(hooks)) {}

// What waits, waits as bytes: indices of the archive may mean something else when its turn comes.
void ReadAhead::arrived(PeerId peer, ByteView bytes) {
    if (is_block(bytes)) {
        auto block = block_from_bytes(bytes.subspan(1));
        if (block && begin(peer, *std::move(block), bytes)) return;
    }
    if (waiting_.empty()) return hooks_.take(peer, bytes);
    push({.peer = peer, .bytes = bytes.size(), .what = Bytes{bytes.begin(), bytes.end()}});
}

/// False if there is nothing to be found out beforehand.
bool ReadAhead::begin(PeerId peer, Block block, ByteView bytes) {
    const auto index = archive_.blocks().find(block_hash(block.header));
    if (!index || !hooks_.is_body_wanted(*index) || block.transactions.empty()) return false;
    auto found = std::make_shared<BlockFindings>(identify(block, bytes.subspan(1)));
    // A coinbase that is here twice is that of a block which waits already.
    if (merkle_root(found->full_ids) != block.header.merkle_root ||
        unread_.contains(found->ids.front()))
        return false;
    Reading reading{
        .block = Boxed{std::move(block)}, .found = std::move(found), .places = {}, .work = {}};
    watch(reading);
    std::vector<PaymentCheck> checks = checks_of(reading);
    if (!checks.empty()) {
        reading.work =
            pool_.begin(std::move(checks), [this, executor = executor_, alive = lifetime_.watch()] {
                boost::asio::post(executor, [this, alive] {
                    if (*alive) hand_on_ready();
                });
            });
    }
    push({.peer = peer, .bytes = bytes.size(), .what = std::move(reading)});
    return true;
}

/// Of those payments whose coins are known by now; of the others it is found out in their turn.
std::vector<PaymentCheck> ReadAhead::checks_of(Reading& reading) {
    const std::vector<Transaction>& transactions = reading.block->transactions;
    std::vector<PaymentCheck> checks;
    for (std::uint32_t i = 1; i < transactions.size(); ++i) {
        const auto known = archive_.transactions().find(reading.found->full_ids[i]);
        if (known) reading.found->fees[i] = archive_.transactions()[*known].fee;
        if (reading.found->fees[i]) continue;
        auto spent = spent_by(transactions[i]);
        if (!spent) continue;
        checks.push_back({.payment = &transactions[i], .spent = *std::move(spent)});
        reading.places.push_back(i);
    }
    return checks;
}

std::optional<std::vector<Output>> ReadAhead::spent_by(const Transaction& payment) {
    std::vector<Output> spent;
    spent.reserve(payment.inputs.size());
    for (const Input& input : payment.inputs) {
        const Output* output = find_output(input.previous);
        if (output == nullptr) return std::nullopt;
        spent.push_back(*output);
    }
    return spent;
}

const Output* ReadAhead::find_output(const OutPoint& outpoint) {
    const auto unread = unread_.find(outpoint.transaction);
    if (unread != unread_.end()) {
        const std::vector<Output>& outputs = unread->second->outputs;
        return outpoint.index < outputs.size() ? &outputs[outpoint.index] : nullptr;
    }
    const auto coin = hooks_.find_coin(outpoint);
    return coin ? archive_.coins().output(*coin) : nullptr;
}

void ReadAhead::watch(const Reading& reading) {
    const std::vector<Transaction>& transactions = reading.block->transactions;
    for (std::size_t i = 0; i < transactions.size(); ++i)
        unread_.try_emplace(reading.found->ids[i], &transactions[i]);
}

/// Another block with the same transaction may wait, too.
void ReadAhead::forget(const Reading& reading) {
    const std::vector<Transaction>& transactions = reading.block->transactions;
    for (std::size_t i = 0; i < transactions.size(); ++i) {
        const auto found = unread_.find(reading.found->ids[i]);
        if (found != unread_.end() && found->second == &transactions[i]) unread_.erase(found);
    }
}

void ReadAhead::push(Waiting waiting) {
    bytes_ += waiting.bytes;
    waiting_.push_back(std::move(waiting));
    while (bytes_ > read_ahead_bytes_max) hand_on();
    hand_on_ready();
    help_later();
}

/// When control is with the loop, and in turns with whatever else there is.
void ReadAhead::help_later() {
    if (waiting_.empty() || std::exchange(is_helping_, true)) return;
    boost::asio::post(executor_, [this, alive = lifetime_.watch()] {
        if (!*alive) return;
        is_helping_ = false;
        if (pool_.help()) help_later();
    });
}

void ReadAhead::finish(PeerId peer) {
    while (std::ranges::find(waiting_, peer, &Waiting::peer) != waiting_.end()) hand_on();
}

bool ReadAhead::is_ready() const {
    const auto* reading = std::get_if<Reading>(&waiting_.front().what);
    return reading == nullptr || !reading->work || CheckingPool::is_done(*reading->work);
}

void ReadAhead::hand_on_ready() {
    while (!waiting_.empty() && is_ready()) hand_on();
}

void ReadAhead::hand_on() {
    Waiting oldest = std::move(waiting_.front());
    waiting_.pop_front();
    bytes_ -= oldest.bytes;
    if (auto* reading = std::get_if<Reading>(&oldest.what))
        hooks_.take_block(oldest.peer, read(*reading));
    else
        hooks_.take(oldest.peer, std::get<Bytes>(oldest.what));
}

NewBlock ReadAhead::read(Reading& reading) {
    if (reading.work) {
        const std::vector<PaymentCheck> checks = pool_.finish(*reading.work);
        for (std::size_t i = 0; i < checks.size(); ++i)
            reading.found->fees[reading.places[i]] = checks[i].fee;
    }
    forget(reading);
    return {.block = reading.block, .found = reading.found};
}

}  // namespace bezant::net
