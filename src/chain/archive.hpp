// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <span>
#include <vector>

#include "base/result.hpp"
#include "chain/block_tree.hpp"
#include "chain/coin_table.hpp"
#include "chain/fact_index.hpp"
#include "chain/transaction_table.hpp"
#include "ledger/parameters.hpp"
#include "rules/block_rules.hpp"
#include "rules/reason.hpp"
#include "rules/signature_verifier.hpp"

namespace bezant {

/// All facts of one network: immutable, addressed by content, each worked out once. What a block
/// is, whether it obeys the rules on its parent, and what the ledger says after it is the same for
/// everyone; who knows of it is not kept here. Participants of a simulation share one archive; a
/// deployed node has its own.
///
/// Adding is idempotent: the same content has one index. Nothing is ever removed, references stay
/// good. Not thread-safe.
class Archive {
public:
    /// `signatures` must outlive the archive.
    Archive(Parameters parameters, SignatureVerifier& signatures);

    [[nodiscard]] const Parameters& parameters() const { return parameters_; }
    [[nodiscard]] const BlockTree& blocks() const { return blocks_; }
    [[nodiscard]] const TransactionTable& transactions() const { return transactions_; }
    [[nodiscard]] const CoinTable& coins() const { return coins_; }

    /// Adds a header whose parent is here; nothing if the parent is not. Does not judge it.
    std::optional<BlockIndex> add_header(const BlockHeader& header);

    /// Adds a payment (or coinbase) and the names of the coins it touches. Does not judge it.
    TransactionIndex add_transaction(Transaction transaction);

    /// Adds a header and its body. A body that is not the header's own (its merkle root differs) is
    /// refused and leaves no trace: it says nothing about the header. So is one without known
    /// parent.
    Result<BlockIndex, Rejection> add_block(const Block& block);

    /// The block with all its transactions, copied out of the tables; its body must be here.
    [[nodiscard]] Block assemble(BlockIndex block) const;

    /// Whether the header obeys the rules on its parent, all ancestors' headers included: nothing
    /// if it does, else why not. Worked out once.
    [[nodiscard]] const Rejection* header_fault(BlockIndex block);

    /// Whether the block obeys all rules on its parent (but the clock's), all ancestors included:
    /// nothing if it does. Its body and its ancestors' bodies must be here. Worked out once.
    [[nodiscard]] const Rejection* block_fault(BlockIndex block);

    /// Fees and new money of a block found valid.
    struct Sums {
        Amount fees;
        Amount issued;
        Amount supply;  ///< all money in existence after the block, genesis allocation included
    };
    [[nodiscard]] const Sums& sums(BlockIndex block) const;

    /// Whether a payment would be valid in a child of `tip`, given coins that unconfirmed payments
    /// create: `pending(coin)` says whether a coin that no block has created is to be taken as
    /// there. Same verdict and first reason as rules/check_payment on the corresponding view (a
    /// property test holds them together); everything that does not depend on the tip is worked out
    /// once. Gives the fee.
    [[nodiscard]] Result<Amount, Rejection> check_payment_on(TransactionIndex payment,
                                                             BlockIndex tip, const CoinView& view);

    /// Context of the rules for children of this block.
    [[nodiscard]] ParentContext context_of(BlockIndex parent) const;

private:
    Parameters parameters_;
    SignatureVerifier& signatures_;
    BlockTree blocks_;
    TransactionTable transactions_;
    CoinTable coins_;
};

}  // namespace bezant
