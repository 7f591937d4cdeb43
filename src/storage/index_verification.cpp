// SPDX-License-Identifier: Apache-2.0
#include "storage/index_verification.hpp"

#include <boost/unordered/unordered_flat_map.hpp>
#include <map>
#include <string>

#include "base/hex.hpp"
#include "storage/index_reader.hpp"
#include "storage/indexed_block.hpp"

namespace bezant::storage {

namespace {

/// An index as it is checked, block by block.
class IndexCheck {
public:
    explicit IndexCheck(const StoredLedger& ledger) : ledger_(ledger), reader_(ledger.database()) {}

    [[nodiscard]] Result<void, LedgerFault> add(const BlockHash& hash, Height height) {
        const auto block = ledger_.block(hash);
        if (!block) return unexpected{fault(hash, height, "block", "it is not there")};
        if (block_hash(block->header) != hash || merkle_root(*block) != block->header.merkle_root)
            return unexpected{fault(hash, height, "block", "it is another block")};
        const auto spent = apply(*block, height);
        if (!spent) return unexpected{fault(hash, height, "block", "it spends what is not there")};
        const IndexedBlock made = indexed({hash, height, *block, *spent});
        if (const auto wrong = wrong_place(made, height))
            return unexpected{fault(hash, height, "transaction index", "it " + *wrong)};
        if (const auto wrong = wrong_entry(made, height))
            return unexpected{fault(hash, height, "address index", "it " + *wrong)};
        return {};
    }

    [[nodiscard]] Result<void, LedgerFault> close(bool has_tip) const {
        for (const auto& [outpoint, coin] : coins_) {
            const AddressCoin expected{coin.output.amount, coin.coinbase};
            if (reader_.coin(coin.output.owner, coin.height, outpoint) == expected) continue;
            return unexpected{whole_fault(
                "address index", "it does not have output " + std::to_string(outpoint.index) +
                                     " of transaction " +
                                     to_hex_reversed(outpoint.transaction.view()) + " as it is")};
        }
        const std::uint64_t tips = has_tip ? 1 : 0;
        if (auto same =
                compare_count(Family::transaction_index, "transaction index", transactions_ + tips);
            !same)
            return same;
        return compare_count(Family::address_index, "address index", entries_ + coins_.size());
    }

private:
    using Coins = boost::unordered_flat_map<OutPoint, Coin, OutPointHasher>;

    [[nodiscard]] static LedgerFault fault(const BlockHash& hash, Height height, std::string check,
                                           std::string detail) {
        return {.height = height,
                .block = hash,
                .transaction = {},
                .check = std::move(check),
                .detail = std::move(detail)};
    }
    [[nodiscard]] static LedgerFault whole_fault(std::string check, std::string detail) {
        return {.height = {},
                .block = {},
                .transaction = {},
                .check = std::move(check),
                .detail = std::move(detail)};
    }

    /// Moves the coins by a block; those that it spent, if they were there.
    [[nodiscard]] std::optional<std::vector<SpentCoin>> apply(const Block& block, Height height) {
        std::vector<SpentCoin> spent;
        for (const Transaction& transaction : block.transactions) {
            const bool coinbase = transaction.is_coinbase();
            for (std::size_t i = 0; !coinbase && i < transaction.inputs.size(); ++i) {
                const auto coin = coins_.find(transaction.inputs[i].previous);
                if (coin == coins_.end()) return std::nullopt;
                spent.push_back({coin->first, coin->second});
                coins_.erase(coin);
            }
            const TransactionId id = transaction_id(transaction);
            for (std::uint32_t i = 0; i < transaction.outputs.size(); ++i)
                coins_[{id, i}] = {transaction.outputs[i], height, coinbase && height > Height{}};
        }
        return spent;
    }

    [[nodiscard]] std::optional<std::string> wrong_place(const IndexedBlock& block, Height height) {
        transactions_ += block.ids.size();
        for (std::uint32_t position = 0; position < block.ids.size(); ++position) {
            const TransactionId& id = block.ids[position];
            if (reader_.find(id) == TransactionPlace{height, position}) continue;
            return "does not have transaction " + to_hex_reversed(id.view()) + " where it is";
        }
        return std::nullopt;
    }

    [[nodiscard]] std::optional<std::string> wrong_entry(const IndexedBlock& block, Height height) {
        entries_ += block.touches.size();
        for (const AddressTouch& touch : block.touches) {
            AddressEntry& entry = last_[touch.owner];
            entry = entry_after(entry, touch, block.ids[touch.position]);
            if (reader_.entry(touch.owner, {height, touch.position}) == entry) continue;
            return "does not have what transaction " + std::to_string(touch.position) +
                   " did to the owner " + to_hex(touch.owner.view());
        }
        return std::nullopt;
    }

    [[nodiscard]] Result<void, LedgerFault> compare_count(Family family, const std::string& check,
                                                          std::uint64_t expected) const {
        std::uint64_t count = 0;
        ledger_.database().scan(family, [&](ByteView, ByteView) {
            ++count;
            return true;
        });
        if (count == expected) return {};
        return unexpected{whole_fault(check, "got " + std::to_string(count) +
                                                 " records, expected the " +
                                                 std::to_string(expected) + " of the chain")};
    }

    const StoredLedger& ledger_;
    IndexReader reader_;
    Coins coins_;
    std::map<PublicKeyHash, AddressEntry> last_;
    std::uint64_t transactions_ = 0;
    std::uint64_t entries_ = 0;
};

}  // namespace

Result<void, LedgerFault> verify_index(const StoredLedger& ledger,
                                       std::span<const BlockHash> chain) {
    IndexCheck check{ledger};
    Height height;
    for (const BlockHash& hash : chain) {
        if (auto added = check.add(hash, height); !added) return added;
        height = next(height);
    }
    return check.close(!chain.empty());
}

}  // namespace bezant::storage
