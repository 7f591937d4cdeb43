// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <span>
#include <variant>
#include <vector>

#include "base/amount.hpp"
#include "base/result.hpp"
#include "chain/block_findings.hpp"
#include "chain/block_tree.hpp"
#include "chain/body_table.hpp"
#include "chain/coin_table.hpp"
#include "chain/fact_index.hpp"
#include "chain/fault_table.hpp"
#include "chain/held_facts.hpp"
#include "chain/index_set.hpp"
#include "chain/indexed_coins.hpp"
#include "chain/payment_checks.hpp"
#include "chain/signature_memo.hpp"
#include "chain/stored_facts.hpp"
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
/// Adding is idempotent: the same content has one index. References stay good until `forget_buried`
/// or `forget_settled` is called. The genesis block is here from the start, valid by definition.
/// Not thread-safe.
///
/// With a storage, memory holds a window: all headers, and of the rest what is above some buried
/// block, or held by index, or has not been stored. What is below comes back when it is needed.
/// Without one, nothing is forgotten but what nobody will ask for again (`forget_settled`).
class Archive {
public:
    /// What a deployed node has and a simulation does not.
    struct Backing {
        /// Facts that are not in memory; must outlive the archive.
        const StoredFacts* stored = nullptr;
        /// Keeps strangers from choosing coins that collide in a hash table: drawn at random.
        std::uint64_t secret = 0;
        /// Verdicts on signatures that are remembered.
        std::size_t signatures_max = SIZE_MAX;
        /// Who looks at a block's payments before they are judged in order; must outlive the
        /// archive. Nobody: each signature is verified when its turn comes.
        PaymentChecks* checks = nullptr;
    };

    /// `signatures` must outlive the archive; it is asked once about each signature that is
    /// remembered.
    Archive(Parameters parameters, SignatureVerifier& signatures, Backing backing);
    Archive(Parameters parameters, SignatureVerifier& signatures)
        : Archive(std::move(parameters), signatures, Backing{}) {}
    Archive(const Archive&) = delete;
    Archive& operator=(const Archive&) = delete;
    ~Archive() = default;

    [[nodiscard]] const Parameters& parameters() const { return parameters_; }
    /// maximum_supply of these, worked out once.
    [[nodiscard]] Amount supply_max() const { return supply_max_; }
    [[nodiscard]] const BlockTree& blocks() const { return blocks_; }
    [[nodiscard]] const TransactionTable& transactions() const { return transactions_; }
    [[nodiscard]] const CoinTable& coins() const { return coins_; }

    /// Adds a header whose parent is here; nothing if the parent is not. Does not judge it.
    std::optional<BlockIndex> add_header(const BlockHeader& header);

    /// Adds a header that obeys the rules on its parent, all ancestors' headers included. One that
    /// does not, or whose parent is not here, is refused and leaves no trace.
    Result<BlockIndex, Rejection> add_valid_header(const BlockHeader& header);

    /// Adds a payment (or coinbase) and the names of the coins it touches. Does not judge it.
    TransactionIndex add_transaction(Transaction transaction);
    /// The same, where its own full id is known already.
    TransactionIndex add_transaction(Transaction transaction, const FullTransactionId& full_id);

    /// The index of a transaction that somebody says to have, of which nothing is known here but
    /// the id. Bounded (TransactionTable::name).
    TransactionIndex name_transaction(const FullTransactionId& full_id) {
        return transactions_.name(full_id);
    }

    /// Adds a header and its body. One without known parent is refused, and so is a body that is
    /// not the header's own (its merkle root differs): that says nothing about the header. What is
    /// refused leaves no trace. `found` is what was found out about this block, if anything was.
    Result<BlockIndex, Rejection> add_block(const Block& block,
                                            const BlockFindings* found = nullptr);

    /// Gives a block whose header is here its body, put together from parts in order. One that is
    /// not the header's own is refused, and leaves no trace.
    Result<void, Rejection> add_body(BlockIndex block, std::span<const BodyPart> parts);

    /// Whether the block's transactions are known, not only its header: in memory, or stored.
    [[nodiscard]] bool has_body(BlockIndex block) const;
    /// Whether they are in memory.
    [[nodiscard]] bool is_loaded(BlockIndex block) const { return bodies_.contains(block); }

    /// The block's transactions in order, the coinbase first; its body must be in memory.
    [[nodiscard]] std::span<const TransactionIndex> body(BlockIndex block) const {
        return bodies_[block];
    }

    /// Length of the encodings of the block's transactions; its body must be in memory.
    [[nodiscard]] std::size_t body_bytes(BlockIndex block) const;

    /// The block with all its transactions, copied out of the tables; its body must be in memory.
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

        friend bool operator==(const Sums&, const Sums&) = default;
    };
    [[nodiscard]] const Sums& sums(BlockIndex block) const;

    /// Whether a payment would be valid in a block of this height on these coins; gives the fee.
    /// Same verdict and first reason as rules/check_payment_format and then check_payment on
    /// the same coins (a property test holds them together). Whoever keeps pending payments answers
    /// for the coins that they create, and passes CoinsAtTip on for the rest. What does not depend
    /// on height and coins' states is worked out once: from then on a valid payment costs a lookup
    /// of each coin, no hashing and no allocation.
    [[nodiscard]] Result<Amount, Rejection> check_payment_on(TransactionIndex payment,
                                                             Height height,
                                                             const IndexedCoins& coins);

    /// The fee of a payment that was found sound before, that is not confirmed after `tip`, and
    /// whose coins, all confirmed there, can be spent in a child of it; nothing of any other. The
    /// same for everyone on this tip: worked out once for each tip, as long as they do not take
    /// turns.
    [[nodiscard]] std::optional<Amount> fee_if_confirmable(TransactionIndex payment,
                                                           BlockIndex tip);

    /// The payment's signatures were made here a moment ago: whether it is sound is found out now,
    /// but for them, which are verified at once or later (SignatureVerifier::expect_valid).
    void vouch_for(TransactionIndex payment);

    /// Where verdicts on signatures are remembered.
    [[nodiscard]] SignatureVerifier& signatures() { return signatures_; }

    /// The coins after this block, which must have been found valid.
    [[nodiscard]] CoinsAtTip coins_at(BlockIndex tip) const {
        return CoinsAtTip{coins_, blocks_, tip};
    }

    /// The coin of this name, brought into memory if only the storage has it; nothing if there is
    /// none (or none any longer, where a storage has forgotten it).
    [[nodiscard]] std::optional<CoinIndex> find_coin(const OutPoint& outpoint);

    /// Context of the rules for children of this block.
    [[nodiscard]] ParentContext context_of(BlockIndex parent) const;

    /// Number of signatures verified so far.
    [[nodiscard]] std::size_t signatures_verified() const { return signatures_.verified(); }

    // With a storage (chain/archive_window.cpp).

    [[nodiscard]] bool has_storage() const { return stored_ != nullptr; }

    /// Takes in a block of an earlier life, found valid and stored then. Parents come first. What
    /// it is, and what the ledger says after it, is known from now on; its body stays where it is.
    BlockIndex recall(const BlockHeader& header, const Sums& sums);

    /// The block's body, and its effect if it is on the way to the stored tip, can be read from the
    /// storage from now on.
    void note_stored(BlockIndex block) { stored_bodies_.insert(block.value); }
    /// The storage's coins are from now on those after this block, found valid.
    void note_stored_tip(BlockIndex tip) { stored_tip_ = tip; }
    [[nodiscard]] BlockIndex stored_tip() const { return stored_tip_; }
    /// After all was recalled, and before anything is added: the storage, which has the genesis
    /// block too, has the coins as they are after this block, and memory begins above it.
    void resume_above(BlockIndex tip);

    /// Brings a known body into memory, if it is not there.
    void load(BlockIndex block);

    /// What a block found valid does to the coins, as check_block gave it; its body must be in
    /// memory, and it above the window's edge.
    [[nodiscard]] BlockEffect effect_of(BlockIndex block) const;

    /// Forgets the bodies of stored and of bad blocks up to this height, which must not be above
    /// the stored tip; every transaction that is then in no body and not held; and every coin that
    /// is touched by no transaction that stays, and not held. Their indices are used again, so
    /// whatever refers to a transaction or a coin by index must be held. Linear in what is in
    /// memory (but headers): called when that has grown by some factor, it costs little a block.
    void forget_buried(Height height, const HeldFacts& held);
    /// The block above which the stored chain is in memory; genesis, if nothing was ever forgotten.
    [[nodiscard]] BlockIndex window_edge() const { return window_edge_; }

    // Without a storage (chain/archive_settling.cpp).

    /// Forgets what is settled: for whoever knows of everyone that uses the archive that they build
    /// on this block, found valid, or on a child of it. The bodies of the blocks below its height
    /// go, unless they are held (genesis, too, stays); of their transactions, those that are not
    /// held, and whose indices are never given again; and with those the coins that they touched,
    /// unless they are held, touched by a transaction that stays, or unspent after the block. A
    /// payment that is not confirmed there stays. Linear in the transactions that are in memory.
    void forget_settled(BlockIndex block, const HeldFacts& held);
    /// Whether it is known of all blocks whether they obey the rules: so none of them will be
    /// looked at on coins of long ago. Linear in the blocks.
    [[nodiscard]] bool all_judged() const;
    /// Payments that were forgotten, all of them confirmed.
    [[nodiscard]] std::uint64_t payments_settled() const { return payments_settled_; }

    /// What stays known of each block found valid.
    struct Outline {
        std::uint32_t transactions = 0;  ///< the coinbase included
        PublicKey miner;                 ///< the key that its coinbase names
    };
    /// Of a block, but genesis, whose body is in memory, or was settled.
    [[nodiscard]] Outline outline(BlockIndex block) const;

private:
    void add_genesis();
    CoinIndex name_coin(const OutPoint& outpoint);
    void reach_back_to(BlockIndex tip);
    void recall_spent(BlockIndex block);
    [[nodiscard]] HeldFacts staying_with(HeldFacts held) const;
    [[nodiscard]] std::vector<TransactionIndex> transactions_but(const HeldFacts& staying) const;
    void forget_settled_bodies(Height height, const HeldFacts& held);
    void hold_unconfirmed(BlockIndex tip, HeldFacts& held) const;
    void forget_transactions(const HeldFacts& staying);
    void forget_coins(const HeldFacts& staying);
    [[nodiscard]] std::optional<TransactionIndex> find_known(
        const FullTransactionId& full_id) const;
    TransactionIndex store_transaction(const FullTransactionId& full_id, const TransactionId& id,
                                       Transaction transaction, std::optional<Amount> fee);
    [[nodiscard]] bool is_surely_new(std::span<const CoinIndex> spends) const;
    [[nodiscard]] FullTransactionId id_of(const BodyPart& part) const;
    [[nodiscard]] Result<void, Rejection> check_body_ids(
        BlockIndex block, std::span<const FullTransactionId> ids) const;
    [[nodiscard]] Result<void, Rejection> check_header(const BlockHeader& header,
                                                       BlockIndex parent) const;
    // Judging blocks (chain/archive_judging.cpp).
    [[nodiscard]] Result<BlockEffect, Rejection> judge(BlockIndex block);
    void find_out_fees(BlockIndex block);
    [[nodiscard]] std::optional<PaymentCheck> check_of(TransactionIndex payment) const;
    [[nodiscard]] std::optional<BlockEffect> money_if_good(BlockIndex block);
    [[nodiscard]] bool has_good_frame(BlockIndex block);
    void register_coins(BlockIndex block);
    void register_sums(BlockIndex block, const BlockEffect& effect);

    [[nodiscard]] bool can_be_spent(const TransactionFact& fact, Height height,
                                    const IndexedCoins& coins) const;
    Result<Amount, Rejection> check_payment_in_full(TransactionIndex payment, Height height,
                                                    const IndexedCoins& coins);

    Parameters parameters_;
    Amount supply_max_;
    SignatureMemo signatures_;
    BlockTree blocks_;
    TransactionTable transactions_;
    CoinTable coins_;
    FaultTable header_faults_;
    FaultTable block_faults_;
    BodyTable bodies_;
    std::deque<Sums> sums_;  ///< by block

    PaymentChecks* checks_;
    const StoredFacts* stored_;
    IndexSet stored_bodies_;
    BlockIndex stored_tip_ = genesis_index;
    BlockIndex window_edge_ = genesis_index;
    IndexSet registered_;  ///< blocks of which memory knows what they did to coins

    std::map<BlockIndex, Outline> settled_;  ///< of blocks whose bodies were forgotten
    std::uint64_t payments_settled_ = 0;
};

}  // namespace bezant
