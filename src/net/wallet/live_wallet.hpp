// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "net/running_node.hpp"
#include "net/wallet/wallet_draft.hpp"
#include "storage/stored_ledger.hpp"
#include "wallet/unsigned_payment.hpp"
#include "wallet/wallet_file.hpp"

namespace bezant::net {

/// Blocks that one call of scan() reads at most.
inline constexpr std::uint32_t scan_blocks_usual = 200;

/// Others' payments that wait, of which a wallet takes notice at most. More are seen when they are
/// confirmed.
inline constexpr std::size_t waiting_of_others_usual = 10'000;

/// Why a wallet cannot follow this node.
enum class WalletFault : std::uint8_t {
    other_network,
    no_keys,      ///< the file has no key to receive with
    not_written,  ///< the store cannot be written
};
/// A plain English sentence for each, without a full stop.
[[nodiscard]] std::string_view to_text(WalletFault fault);

/// What the owner must be told at once.
struct WalletNotice {
    enum class Kind : std::uint8_t {
        double_spend_attempted,  ///< somebody tried to spend a coin of this payment again
        payment_lost,            ///< another payment took its coins, or they are gone
    };
    Kind kind{};
    WalletPayment payment;  ///< the one that was there first
    /// What spends the same coin; nothing if that is what an ancestor of the payment suffers from.
    std::optional<TransactionId> rival{};
};
/// What it says, with addresses that begin with this prefix.
[[nodiscard]] std::string to_text(const WalletNotice& notice, std::string_view address_prefix);

/// Money by what can be done with it.
struct WalletBalance {
    Amount spendable;         ///< confirmed, mature, and spent by no payment that waits
    Amount immature;          ///< of coinbases that must wait
    Amount waiting_change;    ///< comes back from payments of our own that wait
    Amount waiting_incoming;  ///< comes from payments of others that wait

    friend bool operator==(const WalletBalance&, const WalletBalance&) = default;
};

struct UnspentCoin {
    OutPoint outpoint;
    Output output;
    wallet::KeyPath path;
    std::uint32_t confirmations = 0;  ///< 0: its transaction waits
    bool is_mature = true;
    bool is_reserved = false;  ///< a payment that waits spends it
    bool is_change = false;    ///< of a payment of our own that waits

    /// Whether it can be spent now, without trusting anybody's waiting payment but our own.
    [[nodiscard]] bool is_usable() const {
        return is_mature && !is_reserved && (confirmations > 0 || is_change);
    }
};

enum class PaymentStatus : std::uint8_t { confirmed, waiting, lost };

struct HistoryItem {
    WalletPayment payment;
    PaymentStatus status{};
    std::uint32_t confirmations = 0;
    std::optional<Height> height{};
    std::vector<TransactionId> rivals{};  ///< of a lost one: what took its coins, if not a parent's
};

/// What to pay, and what a byte of the transaction may cost.
struct SendOrder {
    std::vector<Output> outputs;
    std::uint64_t units_per_byte = 0;
};

enum class SendFault : std::uint8_t {
    scanning,            ///< not all blocks have been read yet: coins may be missing
    out_of_range,        ///< as ChoiceError
    insufficient_funds,  ///< as ChoiceError
    too_many_coins,      ///< as ChoiceError
    no_key_for_change,
    locked,
    not_written,  ///< the store cannot be written
};
[[nodiscard]] std::string_view to_text(SendFault fault);

/// Why a payment is not given up.
enum class GiveUpFault : std::uint8_t {
    unknown,      ///< the wallet has none of this id
    confirmed,    ///< it is on the chain
    held,         ///< the node's pool has it
    not_written,  ///< the store cannot be written
};
[[nodiscard]] std::string_view to_text(GiveUpFault fault);

/// A person's wallet on a node: follows the node's best chain for the keys of a wallet file, and
/// keeps what it knows in the node's store, in the same writes as the blocks. docs/architecture.md,
/// "A wallet moves with the blocks".
///
/// Lives on the participant's thread. First it reads the blocks that it has not read (`scan`),
/// which is nothing after a usual restart; then LedgerStorage tells it of each step, and the node
/// of payments that wait (NodeListener). Memory is proportional to the wallet's own history.
class LiveWallet final : public storage::LedgerCompanion, public NodeListener {
public:
    struct Options {
        /// Blocks below this height have nothing for the wallet, and are not read.
        Height birthday{};
        std::function<void(const WalletNotice&)> told{};
        std::size_t waiting_of_others_max = waiting_of_others_usual;
    };

    /// The ledger must be the one that backs the archive, loaded; both must outlive the wallet.
    /// Costs the reading of the wallet's records.
    [[nodiscard]] static Result<std::unique_ptr<LiveWallet>, WalletFault> open(
        wallet::WalletFile file, storage::StoredLedger& ledger, const Archive& archive,
        Options options);

    /// What waits in this participant's pool counts from now on. It must outlive the wallet, and
    /// live on the wallet's archive.
    void join(const Participant& participant);

    /// Reads blocks that were not read, at most so many; true when there are none left. May be
    /// needed again after keys were added, and after nothing else.
    [[nodiscard]] Result<bool, StorageError> scan(std::uint32_t blocks_max = scan_blocks_usual);
    /// Whether all blocks of the store's chain have been read.
    [[nodiscard]] bool is_complete() const;
    /// One past the height of the last block that was read.
    [[nodiscard]] Height next_height() const;

    // The secret.

    /// Opens the secret until `until`, and derives keys that are wanting. About half a second.
    [[nodiscard]] Result<void, std::string> unlock(std::string_view password, Time until);
    void lock();
    [[nodiscard]] bool is_unlocked() const { return keyring_.is_unlocked(); }
    /// When lock() is to be called; nothing while it is locked.
    [[nodiscard]] std::optional<Time> locks_at() const { return locks_at_; }
    /// The file as it is to be written when it differs from what was read: keys are added to it.
    [[nodiscard]] wallet::WalletFile file() const;

    [[nodiscard]] const wallet::Keyring& keyring() const { return keyring_; }
    /// The next address to give away. It is on the disk that it was.
    [[nodiscard]] Result<PublicKeyHash, std::string> issue_address();

    // What there is. Costs are linear in the wallet's coins and what waits.

    [[nodiscard]] WalletBalance balance() const;
    /// By outpoint.
    [[nodiscard]] std::vector<UnspentCoin> unspent() const;
    /// The newest first: what waits and what was lost, then what is confirmed.
    [[nodiscard]] std::vector<HistoryItem> history(std::size_t count, std::size_t skip = 0) const;

    // Paying.

    /// A payment without signatures: the coins, and change to a key of its own. Confirmed coins
    /// first; if they are not enough, change of our own payments that wait. Promises nothing: the
    /// coins are spoken for once the node has accepted it, or `pay` gave it.
    [[nodiscard]] Result<wallet::UnsignedPayment, SendFault> prepare(const SendOrder& order,
                                                                     Random& random);
    /// The same, signed, and kept in the store: to be handed in (PaymentSubmitted), and again
    /// after every start until it is confirmed or given up.
    [[nodiscard]] Result<Transaction, SendFault> pay(const SendOrder& order, Random& random,
                                                     Time now);
    /// Payments of our own that wait and that the pool does not hold.
    [[nodiscard]] std::vector<Transaction> to_hand_in() const;
    /// Forgets a payment that the pool does not hold, and those that build on it, and frees their
    /// coins. If others still have it, it may yet be confirmed.
    [[nodiscard]] Result<void, GiveUpFault> give_up(const TransactionId& payment);

    // storage::LedgerCompanion
    void disconnect(const storage::ChainStep& step, storage::Database::Batch& batch) override;
    void connect(const storage::ChainStep& step, storage::Database::Batch& batch) override;
    void settle(bool written) override;

    // NodeListener
    void noticed(const Notice& notice, Time now) override;
    void peer_connected(const PeerReport&) override {}
    void peer_gone(const PeerReport&) override {}

private:
    LiveWallet(wallet::WalletFile file, storage::StoredLedger& ledger, const Archive& archive,
               Options options);

    // Following (live_wallet.cpp, live_wallet_scan.cpp).
    void read_books();
    void merge_key_counts();
    [[nodiscard]] bool must_start_over() const;
    [[nodiscard]] Result<void, StorageError> start_over();
    [[nodiscard]] BlockHash start_tip() const;
    [[nodiscard]] bool has_unwatched_keys() const;
    void settle_keys(const std::vector<PublicKeyHash>& used);
    void apply(WalletDraft&& draft);
    void read_block(WalletDraft& draft, Height height, storage::Database::Batch& batch) const;
    [[nodiscard]] Result<void, StorageError> write_position();

    // What waits (live_wallet_pending.cpp).
    [[nodiscard]] bool is_held(const PendingPayment& pending) const;
    [[nodiscard]] std::map<TransactionId, const PendingPayment*> waiting() const;
    void watch(TransactionIndex payment, Time now);
    [[nodiscard]] bool has_room_for_others();
    void forget_gone(const std::set<TransactionId>& leaving);
    void tip_moved(const TipMoved& moved, Time now);
    void note_losses(const PoolChange& change);
    [[nodiscard]] std::optional<WalletPayment> known_meaning(TransactionIndex payment) const;
    void tell_double_spend(const DoubleSpendAttempted& attempt);
    void tell_lost(const std::set<TransactionId>& before);
    void settle_losses();

    [[nodiscard]] std::vector<HistoryItem> unconfirmed() const;

    // Paying (live_wallet_paying.cpp).
    [[nodiscard]] Result<Output, SendFault> change_output(Amount amount);
    /// False if it could not be written; then nothing has changed.
    bool keep(const Transaction& payment, const std::vector<Output>& spent, Time now);
    bool write_pending(const PendingPayment& pending);

    wallet::WalletFile file_;
    wallet::Keyring keyring_;
    storage::StoredLedger& ledger_;
    const Archive& archive_;
    Options options_;
    WalletId id_;
    WalletBooks books_;
    std::optional<WalletDraft> draft_;
    bool starts_over_ = false;
    std::optional<Time> locks_at_;
    const Participant* participant_ = nullptr;
    /// Payments that the pool lost since the last write, and what took their coins.
    std::map<TransactionId, TransactionId> losses_;
};

}  // namespace bezant::net
