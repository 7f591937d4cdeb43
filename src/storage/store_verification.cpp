// SPDX-License-Identifier: Apache-2.0
#include "storage/store_verification.hpp"

#include <algorithm>
#include <boost/unordered/unordered_flat_map.hpp>
#include <ranges>
#include <string_view>
#include <vector>

#include "base/hex.hpp"
#include "storage/index_reader.hpp"
#include "storage/index_verification.hpp"

namespace bezant::storage {

namespace {

/// A store as it is checked.
class StoreCheck {
public:
    StoreCheck(const StoredLedger& ledger, const Parameters& parameters,
               SignatureVerifier& signatures)
        : ledger_(ledger), chain_(parameters, signatures) {
        ledger.each_block([this](std::uint64_t, const BlockRecord& record) {
            records_.emplace(block_hash(record.header), record);
        });
    }

    /// The hashes from the first block above genesis to this one.
    [[nodiscard]] Result<std::vector<BlockHash>, LedgerFault> path(const BlockHash& genesis,
                                                                   BlockHash hash) const {
        std::vector<BlockHash> hashes;
        while (hash != genesis) {
            const auto found = records_.find(hash);
            if (found == records_.end() || hashes.size() == records_.size())
                return unexpected{fault(hash, "block record", "it is not there")};
            hashes.push_back(hash);
            hash = found->second.header.previous;
        }
        std::ranges::reverse(hashes);
        return hashes;
    }

    [[nodiscard]] Result<void, LedgerFault> add(const BlockHash& hash) {
        const auto block = ledger_.block(hash);
        if (!block) return unexpected{fault(hash, "block", "it is not there")};
        if (block_hash(block->header) != hash)
            return unexpected{fault(hash, "block", "it is another block")};
        const auto effect = chain_.add(*block);
        if (!effect) return unexpected{effect.error()};
        supply_.value += effect->issued.value - effect->destroyed.value;
        if (!is_recorded(*effect, records_.find(hash)->second.sums))
            return unexpected{fault(hash, "block record", "its sums are not the block's")};
        if (ledger_.spent_by(hash) != effect->spent)
            return unexpected{fault(hash, "undo data", "the coins are not those that it spent")};
        return {};
    }

    /// The index may end before the tip, or beside the chain, if it was not kept for a while.
    [[nodiscard]] Result<void, LedgerFault> index(const BlockHash& genesis) const {
        const auto tip = IndexReader{ledger_.database()}.tip();
        if (!tip) return verify_index(ledger_, {});
        auto chain = path(genesis, *tip);
        if (!chain) return unexpected{chain.error()};
        chain->insert(chain->begin(), genesis);
        return verify_index(ledger_, *chain);
    }

    [[nodiscard]] Result<LedgerAccount, LedgerFault> close() {
        if (auto same = compare_coins(); !same) return unexpected{same.error()};
        return chain_.close();
    }

private:
    [[nodiscard]] LedgerFault fault(const BlockHash& hash, std::string_view check,
                                    std::string_view detail) const {
        return {.height = next(chain_.height()),
                .block = hash,
                .transaction = {},
                .check = std::string{check},
                .detail = std::string{detail}};
    }

    [[nodiscard]] static LedgerFault coins_fault(std::string detail) {
        return {.height = {},
                .block = {},
                .transaction = {},
                .check = "coins",
                .detail = std::move(detail)};
    }

    [[nodiscard]] bool is_recorded(const BlockEffect& effect, const Archive::Sums& sums) const {
        return sums == Archive::Sums{.fees = effect.fees,
                                     .issued = effect.issued,
                                     .destroyed = effect.destroyed,
                                     .supply = supply_};
    }

    [[nodiscard]] Result<void, LedgerFault> compare_coins() const {
        std::size_t count = 0;
        std::optional<OutPoint> wrong;
        ledger_.each_coin([&](const OutPoint& outpoint, const Coin& coin) {
            ++count;
            const CoinLookup found = chain_.coins().find(outpoint);
            if (found.state != CoinState::unspent || found.coin != coin) wrong = outpoint;
            return !wrong;
        });
        if (wrong) {
            return unexpected{coins_fault(
                "the chain does not leave output " + std::to_string(wrong->index) +
                " of transaction " + to_hex_reversed(wrong->transaction.view()) + " as it is")};
        }
        const std::size_t expected = chain_.coins().unspent_count();
        if (count != expected) {
            return unexpected{coins_fault("got " + std::to_string(count) + ", expected the " +
                                          std::to_string(expected) + " that the chain leaves")};
        }
        return {};
    }

    const StoredLedger& ledger_;
    ChainVerification chain_;
    boost::unordered_flat_map<BlockHash, BlockRecord, DigestHasher> records_;
    Amount supply_ = chain_.coins().unspent_sum();  ///< after the block last added
};

}  // namespace

Result<LedgerAccount, LedgerFault> verify_store(
    const StoredLedger& ledger, SignatureVerifier& signatures,
    const std::function<void(Height, std::uint32_t block_count)>& progress) {
    const Parameters parameters = ledger.parameters();
    StoreCheck check{ledger, parameters, signatures};
    const auto path = check.path(parameters.genesis_hash, ledger.tip());
    if (!path) return unexpected{path.error()};
    Height height{0};
    for (const BlockHash& hash : *path) {
        if (auto added = check.add(hash); !added) return unexpected{added.error()};
        height = next(height);
        if (progress) progress(height, static_cast<std::uint32_t>(path->size()));
    }
    if (auto same = check.index(parameters.genesis_hash); !same) return unexpected{same.error()};
    return check.close();
}

}  // namespace bezant::storage
