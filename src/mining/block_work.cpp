// SPDX-License-Identifier: Apache-2.0
#include "mining/block_work.hpp"

#include <algorithm>
#include <span>
#include <utility>

#include "base/check.hpp"
#include "ledger/codec.hpp"
#include "ledger/merkle_branch.hpp"
#include "ledger/target.hpp"

namespace bezant::mining {

namespace {

/// Behind the version and the number of inputs, which is 1.
constexpr std::size_t extranonce_offset = 5;

std::vector<Hash256> branch_of(const Block& block) {
    std::vector<FullTransactionId> payments;
    for (const Transaction& payment : std::span{block.transactions}.subspan(1))
        payments.push_back(full_transaction_id(payment));
    return first_leaf_branch(payments);
}

}  // namespace

Extranonce numbered_extranonce(GivenBy by, std::uint64_t n) {
    Bytes bytes{static_cast<Byte>(by)};
    Encoder{bytes}.u64(n);
    Extranonce extranonce{};
    std::ranges::copy(bytes, extranonce.begin());
    return extranonce;
}

BlockWork::BlockWork(Block block, std::uint32_t time_min)
    : block_(std::move(block)),
      time_min_(time_min),
      coinbase_(encoded(block_.transactions.front())),
      branch_(branch_of(block_)) {
    const auto target = target_from_compact(block_.header.target);
    CHECK(target, "a template's target is well-formed");
    target_ = *target;
}

ByteView BlockWork::before_extranonce() const {
    return ByteView{coinbase_}.first(extranonce_offset);
}

ByteView BlockWork::behind_extranonce() const {
    return ByteView{coinbase_}.subspan(extranonce_offset + Extranonce{}.size());
}

Transaction BlockWork::coinbase_with(const Extranonce& extranonce) const {
    Transaction coinbase = block_.transactions.front();
    coinbase.inputs.front().previous.transaction = {extranonce};
    return coinbase;
}

BlockHeader BlockWork::header_with(const Solution& solution) const {
    Bytes coinbase = coinbase_;
    std::ranges::copy(solution.extranonce, coinbase.begin() + extranonce_offset);
    BlockHeader header = block_.header;
    header.merkle_root = fold_branch({double_sha256(coinbase).bytes}, branch_);
    header.time = solution.time;
    header.nonce = solution.nonce;
    return header;
}

Block BlockWork::block_with(const Solution& solution) const {
    Block block = block_;
    block.transactions.front() = coinbase_with(solution.extranonce);
    block.header = header_with(solution);
    return block;
}

}  // namespace bezant::mining
