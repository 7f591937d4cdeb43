// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <span>
#include <variant>
#include <vector>

#include "base/amount.hpp"
#include "base/result.hpp"
#include "chain/block_tree.hpp"
#include "chain/coin_table.hpp"
#include "chain/fact_index.hpp"
#include "chain/fault_table.hpp"
#include "chain/indexed_coins.hpp"
#include "chain/signature_memo.hpp"
#include "chain/transaction_table.hpp"
#include "ledger/parameters.hpp"
#include "rules/block_rules.hpp"
#include "rules/reason.hpp"
#include "rules/signature_verifier.hpp"

namespace bezant {

/// A transaction of a body that is put together: one whose content is in the archive, or one that
/// came with the block.
using BodyPart = std::variant<TransactionIndex, Transaction>;

/// All facts of one network: immutable, addressed by content, each worked out once. What a block
/// is, whether it obeys the rules on its parent, and what the ledger says after it is the same for
/// everyone; who knows of it is not kept here. Participants of a simulation share one archive; a
/// deployed node has its own.
///
/// Adding is idempotent: the same content has one index. Nothing is ever removed, references stay
/// good. The genesis block is here from the start, valid by definition. Not thread-safe.
class Archive {
public:
    /// `signatures` must outlive the archive; it is asked once about each signature. `secret` keeps
    /// strangers from choosing coins that collide in a hash table: a deployed node draws it at
    /// random, a simulation needs none.
    Archive(Parameters parameters, SignatureVerifier& signatures, std::uint64_t secret = 0);
    Archive(const Archive&) = delete;
    Archive& operator=(const Archive&) = delete;
    ~Archive() = default;

    [[nodiscard]] const Parameters& parameters() const { return parameters_; }
    [[nodiscard]] const BlockTree& blocks() const { return blocks_; }
    [[nodiscard]] const TransactionTable& transactions() const { return transactions_; }
    [[nodiscard]] const CoinTable& coins() const { return coins_; }

    /// Adds a header whose parent is here; nothing if the parent is not. Does not judge it.
    std::optional<BlockIndex> add_header(const BlockHeader& header);

    /// Adds a payment (or coinbase) and the names of the coins it touches. Does not judge it.
    TransactionIndex add_transaction(Transaction transaction);

    /// The index of a transaction that somebody says to have, of which nothing is known here but
    /// the id. Bounded (TransactionTable::name).
    TransactionIndex name_transaction(const FullTransactionId& full_id) {
        return transactions_.name(full_id);
    }

    /// Adds a header and its body. One without known parent is refused, and so is a body that is
    /// not the header's own (its merkle root differs): that says nothing about the header. What is
    /// refused leaves no trace.
    Result<BlockIndex, Rejection> add_block(const Block& block);

    /// Gives a block whose header is here its body, put together from parts in order. One that is
    /// not the header's own is refused, and leaves no trace.
    Result<void, Rejection> add_body(BlockIndex block, std::span<const BodyPart> parts);

    /// Whether the block's transactions are here, not only its header.
    [[nodiscard]] bool has_body(BlockIndex block) const;

    /// The block's transactions in order, the coinbase first; its body must be here.
    [[nodiscard]] std::span<const TransactionIndex> body(BlockIndex block) const;

    /// The block with all its transactions, copied out of the tables; its body must be here.
    [[nodiscard]] Block assemble(BlockIndex block) const;

    /// Whether the header obeys the rules on its parent, all ancestors' headers included: nothing
    /// if it does, else why not (invalid_parent names the ancestor at fault). Worked out once.
    [[nodiscard]] const Rejection* header_fault(BlockIndex block);

    /// Whether the block obeys all rules on its parent (but the clock's), all ancestors included:
    /// nothing if it does. Its body and its ancestors' bodies must be here. Worked out once.
    [[nodiscard]] const Rejection* block_fault(BlockIndex block);

    /// The money of a block found valid.
    struct Sums {
        Amount fees;
        Amount issued;     ///< new money: what the coinbase claims beyond the fees
        Amount destroyed;  ///< fees that the coinbase leaves unclaimed
        Amount supply;     ///< all money in coins after the block, genesis allocation included
    };
    [[nodiscard]] const Sums& sums(BlockIndex block) const;

    /// Whether a payment would be valid in a block of this height on these coins; gives the fee.
    /// Same verdict and first reason as rules/check_transaction_format and then check_payment on
    /// the same coins (a property test holds them together). Whoever keeps pending payments answers
    /// for the coins that they create, and passes CoinsAtTip on for the rest. What does not depend
    /// on height and coins' states is worked out once: from then on a valid payment costs a lookup
    /// of each coin, no hashing and no allocation.
    [[nodiscard]] Result<Amount, Rejection> check_payment_on(TransactionIndex payment,
                                                             Height height,
                                                             const IndexedCoins& coins);

    /// The coins after this block, which must have been found valid.
    [[nodiscard]] CoinsAtTip coins_at(BlockIndex tip) const {
        return CoinsAtTip{coins_, blocks_, tip};
    }

    /// Context of the rules for children of this block.
    [[nodiscard]] ParentContext context_of(BlockIndex parent) const;

    /// Number of signatures verified so far.
    [[nodiscard]] std::size_t signatures_verified() const { return signatures_.size(); }

private:
    void add_genesis();
    [[nodiscard]] std::optional<TransactionIndex> find_known(
        const FullTransactionId& full_id) const;
    TransactionIndex store_transaction(const FullTransactionId& full_id, Transaction transaction);
    [[nodiscard]] FullTransactionId id_of(const BodyPart& part) const;
    [[nodiscard]] Result<void, Rejection> check_body_ids(
        BlockIndex block, std::span<const FullTransactionId> ids) const;
    void store_body(BlockIndex block, std::vector<TransactionIndex> body);
    void register_coins(BlockIndex block);
    void register_sums(BlockIndex block, const BlockEffect& effect);
    [[nodiscard]] bool can_be_spent(const TransactionFact& fact, Height height,
                                    const IndexedCoins& coins) const;
    Result<Amount, Rejection> check_payment_in_full(TransactionIndex payment, Height height,
                                                    const IndexedCoins& coins);

    Parameters parameters_;
    SignatureMemo signatures_;
    BlockTree blocks_;
    TransactionTable transactions_;
    CoinTable coins_;
    FaultTable header_faults_;
    FaultTable block_faults_;
    std::vector<std::optional<std::vector<TransactionIndex>>> bodies_;  ///< by block
    std::deque<Sums> sums_;                                             ///< by block
    /// By transaction: the fee of a payment whose format, owners, signatures and sums were found
    /// valid. They depend on the payment alone: it names its coins, and a coin's name commits to
    /// its amount and owner.
    std::vector<std::optional<Amount>> fees_;
};

}  // namespace bezant
