// SPDX-License-Identifier: Apache-2.0
#include "chain/archive.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "base/check.hpp"
#include "chain/coin_table_view.hpp"
#include "chain/parent_faults.hpp"
#include "chain/spendable_coins.hpp"
#include "chain/tip_coins.hpp"
#include "ledger/codec.hpp"
#include "rules/refusal.hpp"
#include "rules/sound_payment.hpp"
#include "rules/transaction_format.hpp"
#include "rules/transaction_rules.hpp"

namespace bezant {

namespace {

Result<void, Rejection> check_root(const BlockHeader& header,
                                   std::span<const FullTransactionId> ids) {
    const MerkleRoot root = merkle_root(ids);
    if (root == header.merkle_root) return {};
    return refuse(Reason::merkle_root_mismatch, shown(header.merkle_root), shown(root));
}

}  // namespace

Archive::Archive(Parameters parameters, SignatureVerifier& signatures, Backing backing)
    : parameters_(std::move(parameters)),
      supply_max_(maximum_supply(parameters_)),
      signatures_(signatures, backing.signatures_max),
      blocks_(parameters_.genesis.header),
      coins_(backing.secret),
      checks_(backing.checks),
      stored_(backing.stored) {
    add_genesis();
}

void Archive::add_genesis() {
    std::vector<TransactionIndex> body;
    for (const Transaction& transaction : parameters_.genesis.transactions)
        body.push_back(add_transaction(transaction));
    const Amount allocation = genesis_effect(parameters_.genesis).issued;
    bodies_.add(genesis_index, std::move(body));
    register_coins(genesis_index);
    sums_.push_back({.fees = {}, .issued = allocation, .destroyed = {}, .supply = allocation});
}

std::optional<BlockIndex> Archive::add_header(const BlockHeader& header) {
    return blocks_.add(header);
}

Result<BlockIndex, Rejection> Archive::add_valid_header(const BlockHeader& header) {
    if (const auto known = blocks_.find(block_hash(header))) {
        if (const Rejection* fault = header_fault(*known)) return unexpected{*fault};
        return *known;
    }
    const auto parent = blocks_.find(header.previous);
    if (!parent) return unexpected{unknown_parent(header)};
    if (header_fault(*parent) != nullptr) return unexpected{invalid_parent(header.previous)};
    if (auto valid = check_header(header, *parent); !valid)
        return unexpected{std::move(valid).error()};
    const BlockIndex block = *blocks_.add(header);
    header_faults_.pass(block);
    return block;
}

TransactionIndex Archive::add_transaction(Transaction transaction) {
    const FullTransactionId full_id = full_transaction_id(transaction);
    return add_transaction(std::move(transaction), full_id);
}

TransactionIndex Archive::add_transaction(Transaction transaction,
                                          const FullTransactionId& full_id) {
    if (const auto known = find_known(full_id)) return *known;
    const TransactionId id = transaction_id(transaction);
    return store_transaction(full_id, id, std::move(transaction), std::nullopt);
}

std::optional<TransactionIndex> Archive::find_known(const FullTransactionId& full_id) const {
    const auto named = transactions_.find(full_id);
    return named && transactions_.is_known(*named) ? named : std::nullopt;
}

TransactionIndex Archive::store_transaction(const FullTransactionId& full_id,
                                            const TransactionId& id, Transaction transaction,
                                            std::optional<Amount> fee) {
    TransactionFact fact;
    fact.id = id;
    fact.full_id = full_id;
    fact.fee = fee;
    fact.bytes = static_cast<std::uint32_t>(encoded_size(transaction));
    fact.parties = parties_of(transaction);
    if (!transaction.is_coinbase()) {
        fact.spends.reserve(transaction.inputs.size());
        for (const Input& input : transaction.inputs)
            fact.spends.push_back(name_coin(input.previous));
    }
    fact.creates.reserve(transaction.outputs.size());
    const bool is_new = is_surely_new(fact.spends);
    for (std::uint32_t i = 0; i < transaction.outputs.size(); ++i) {
        const OutPoint outpoint{.transaction = fact.id, .index = i};
        fact.creates.push_back(is_new ? coins_.name(outpoint) : name_coin(outpoint));
    }
    fact.transaction = std::move(transaction);

    const TransactionIndex index = transactions_.add(std::move(fact));
    const TransactionFact& stored = transactions_[index];
    for (const CoinIndex coin : stored.spends) coins_.add_spending_transaction(coin, index);
    for (std::size_t i = 0; i < stored.creates.size(); ++i) {
        coins_.describe(stored.creates[i], stored.transaction.outputs[i], index,
                        stored.transaction.is_coinbase());
    }
    return index;
}

/// Whether a transaction that spends these coins is none of the stored ones, so that the storage
/// has none of its outputs: one of its coins is still unspent, after the stored tip and beyond. It
/// may be none of them all the same.
bool Archive::is_surely_new(std::span<const CoinIndex> spends) const {
    const BlockIndex top = blocks_.trunk_tip();
    return stored_ != nullptr && blocks_.is_ancestor(stored_tip_, top) &&
           std::ranges::any_of(spends, [&](CoinIndex coin) {
               return coins_.at(coin, top, blocks_).state == CoinState::unspent;
           });
}

Result<BlockIndex, Rejection> Archive::add_block(const Block& block, const BlockFindings* found) {
    const bool is_known = blocks_.find(block_hash(block.header)).has_value();
    if (!is_known && !blocks_.find(block.header.previous))
        return unexpected{unknown_parent(block.header)};
    if (found == nullptr) {
        const BlockFindings ids = identify(block);
        return add_block(block, &ids);
    }
    if (auto own = check_root(block.header, found->full_ids); !own)
        return unexpected{std::move(own).error()};

    const BlockIndex index = *blocks_.add(block.header);
    if (has_body(index)) return index;
    std::vector<TransactionIndex> body;
    body.reserve(block.transactions.size());
    for (std::size_t i = 0; i < block.transactions.size(); ++i) {
        const auto known = find_known(found->full_ids[i]);
        body.push_back(known ? *known
                             : store_transaction(found->full_ids[i], found->ids[i],
                                                 block.transactions[i], found->fees[i]));
    }
    bodies_.add(index, std::move(body));
    return index;
}

Result<void, Rejection> Archive::add_body(BlockIndex block, std::span<const BodyPart> parts) {
    std::vector<FullTransactionId> ids;
    ids.reserve(parts.size());
    for (const BodyPart& part : parts) ids.push_back(id_of(part));
    if (auto own = check_body_ids(block, ids); !own || has_body(block)) return own;
    std::vector<TransactionIndex> body;
    body.reserve(parts.size());
    for (std::size_t i = 0; i < parts.size(); ++i) {
        const auto known = find_known(ids[i]);
        if (known) {
            body.push_back(*known);
            continue;
        }
        const auto& transaction = std::get<Transaction>(parts[i]);
        body.push_back(store_transaction(ids[i], transaction_id(transaction), transaction, {}));
    }
    bodies_.add(block, std::move(body));
    return {};
}

FullTransactionId Archive::id_of(const BodyPart& part) const {
    const auto* index = std::get_if<TransactionIndex>(&part);
    if (index == nullptr) return full_transaction_id(std::get<Transaction>(part));
    CHECK(transactions_.is_known(*index), "a part named by its index has its content here");
    return transactions_[*index].full_id;
}

// Two bodies of one merkle root would be a collision of SHA-256: of a body that is here already,
// the ids are compared, and nothing is hashed.
Result<void, Rejection> Archive::check_body_ids(BlockIndex block,
                                                std::span<const FullTransactionId> ids) const {
    if (bodies_.contains(block) && std::ranges::equal(ids, body(block), {}, {}, [&](auto index) {
            return transactions_[index].full_id;
        }))
        return {};
    return check_root(blocks_[block].header, ids);
}

bool Archive::has_body(BlockIndex block) const {
    return bodies_.contains(block) || stored_bodies_.contains(block.value);
}

std::size_t Archive::body_bytes(BlockIndex block) const {
    std::size_t bytes = 0;
    for (const TransactionIndex index : body(block)) bytes += transactions_[index].bytes;
    return bytes;
}

Block Archive::assemble(BlockIndex block) const {
    Block result{.header = blocks_[block].header, .transactions = {}};
    const std::span<const TransactionIndex> indices = body(block);
    result.transactions.reserve(indices.size());
    for (const TransactionIndex index : indices)
        result.transactions.push_back(transactions_[index].transaction);
    return result;
}

const Rejection* Archive::header_fault(BlockIndex block) {
    return header_faults_.fault(block, blocks_, [this](BlockIndex next) {
        return check_header(blocks_[next].header, blocks_[next].parent);
    });
}

Result<void, Rejection> Archive::check_header(const BlockHeader& header, BlockIndex parent) const {
    if (auto worked = check_header_work(header, parameters_); !worked) return worked;
    return check_header_on_parent(header, context_of(parent), parameters_);
}

Result<Amount, Rejection> Archive::check_payment_on(TransactionIndex payment, Height height,
                                                    const IndexedCoins& coins) {
    const TransactionFact& fact = transactions_[payment];
    if (fact.fee && can_be_spent(fact, height, coins)) return *fact.fee;
    return check_payment_in_full(payment, height, coins);
}

std::optional<Amount> Archive::fee_if_confirmable(TransactionIndex payment, BlockIndex tip) {
    const TransactionFact& fact = transactions_[payment];
    if (fact.fee && fact.confirmable_on == tip) return fact.fee;
    const CoinsAtTip coins = coins_at(tip);
    if (!fact.fee || fact.creates.empty() ||
        coins.at(fact.creates.front()).state != CoinState::unknown ||
        !can_be_spent(fact, next(blocks_[tip].height), coins))
        return std::nullopt;
    transactions_.set_confirmable_on(payment, tip);
    return fact.fee;
}

namespace {

/// Takes signatures for good that are known to be.
class Vouched final : public SignatureVerifier {
public:
    explicit Vouched(SignatureVerifier& verifier) : verifier_(verifier) {}

    [[nodiscard]] bool is_valid(const PublicKey& key, const Hash256& message,
                                const Signature& signature) override {
        verifier_.expect_valid(key, message, signature);
        return true;
    }

private:
    SignatureVerifier& verifier_;
};

}  // namespace

void Archive::vouch_for(TransactionIndex payment) {
    const auto check = check_of(payment);
    if (!check) return;
    Vouched vouched{signatures_};
    const auto fee = fee_if_sound(*check->payment, check->spent, parameters_, supply_max_, vouched);
    if (fee) transactions_.set_fee(payment, *fee);
}

/// Whether the payment's lock and the state and age of its coins let it into a block of this
/// height.
bool Archive::can_be_spent(const TransactionFact& fact, Height height,
                           const IndexedCoins& coins) const {
    return fact.transaction.lock_height <= height &&
           std::ranges::all_of(fact.spends, [&](CoinIndex coin) {
               return bezant::can_be_spent(coins.at(coin), height, parameters_);
           });
}

Result<Amount, Rejection> Archive::check_payment_in_full(TransactionIndex payment, Height height,
                                                         const IndexedCoins& coins) {
    const Transaction& transaction = transactions_[payment].transaction;
    if (auto formed = check_payment_format(transaction, parameters_, supply_max_); !formed)
        return unexpected{std::move(formed).error()};
    auto effect =
        check_payment(transaction, height, CoinTableView{coins_, coins}, parameters_, signatures_);
    if (!effect) return unexpected{std::move(effect).error()};
    transactions_.set_fee(payment, effect->fee);
    return effect->fee;
}

ParentContext Archive::context_of(BlockIndex parent) const {
    std::array<std::uint32_t, median_time_blocks> times{};
    std::size_t count = 0;
    for (BlockIndex block = parent; block != no_block && count < times.size();
         block = blocks_[block].parent)
        times[count++] = blocks_[block].header.time;
    return {.height = blocks_[parent].height,
            .time = blocks_[parent].header.time,
            .median_time_past = median_time({times.data(), count})};
}

}  // namespace bezant
