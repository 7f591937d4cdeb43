// SPDX-License-Identifier: Apache-2.0
#include "net/wallet/live_wallet.hpp"

#include <algorithm>

#include "base/check.hpp"
#include "storage/records.hpp"

namespace bezant::net {

using storage::Database;
using storage::Family;

std::string_view to_text(WalletFault fault) {
    switch (fault) {
        case WalletFault::other_network:
            return "the wallet is for another network than this node";
        case WalletFault::no_keys:
            return "the wallet has no key to receive with";
        case WalletFault::not_written:
            return "what the wallet knows cannot be written to the node's store; see to the space "
                   "on the disk";
    }
    CHECK(false, "every fault has a text");
}

Result<std::unique_ptr<LiveWallet>, WalletFault> LiveWallet::open(wallet::WalletFile file,
                                                                  storage::StoredLedger& ledger,
                                                                  const Archive& archive,
                                                                  Options options) {
    if (file.genesis != archive.parameters().genesis_hash)
        return unexpected{WalletFault::other_network};
    if (file.keys.front().keys.empty()) return unexpected{WalletFault::no_keys};
    std::unique_ptr<LiveWallet> opened{
        new LiveWallet{std::move(file), ledger, archive, std::move(options)}};
    const bool is_good = opened->must_start_over() ? opened->start_over().has_value() : true;
    if (!is_good) return unexpected{WalletFault::not_written};
    return opened;
}

LiveWallet::LiveWallet(wallet::WalletFile file, storage::StoredLedger& ledger,
                       const Archive& archive, Options options)
    : file_(std::move(file)),
      keyring_(file_.keyring()),
      ledger_(ledger),
      archive_(archive),
      options_(std::move(options)),
      id_(public_key_hash(file_.keys.front().keys.front())) {
    read_books();
    merge_key_counts();
}

void LiveWallet::read_books() {
    ledger_.database().scan(Family::wallet, [&](ByteView key, ByteView value) {
        const auto read = read_record(books_, id_, key, value);
        if (!read) ledger_.database().fail(to_text(read.error()));
        return true;
    });
}

/// File and store both count, and either may be behind the other. Coins of keys that the file does
/// not have are nobody's here.
void LiveWallet::merge_key_counts() {
    for (std::size_t i = 0; i < file_.keys.size(); ++i) {
        wallet::BranchKeys& branch = file_.keys[i];
        KeyCounts& counts = books_.position.keys[i];
        const auto known = static_cast<std::uint32_t>(branch.keys.size());
        if (counts.used > known) starts_over_ = true;
        counts.watched = std::min(known, counts.watched);
        counts.used = branch.used = std::min(known, std::max(branch.used, counts.used));
        counts.issued = branch.issued = std::min(known, std::max(branch.issued, counts.issued));
    }
    keyring_ = file_.keyring();
}

Result<void, std::string> LiveWallet::unlock(std::string_view password, Time until) {
    if (!file_.secret) return unexpected{std::string{"this wallet only watches"}};
    const auto secret = wallet::open_secret(file_, password);
    if (!secret) return unexpected{std::string{to_text(secret.error())}};
    if (const auto unlocked = keyring_.unlock(secret->seed()); !unlocked)
        return unexpected{std::string{to_text(unlocked.error())}};
    locks_at_ = until;
    settle_keys({});
    return {};
}

void LiveWallet::lock() {
    keyring_.lock();
    locks_at_.reset();
}

wallet::WalletFile LiveWallet::file() const {
    wallet::WalletFile file = file_;
    file.keys = keyring_.keys();
    return file;
}

Result<PublicKeyHash, std::string> LiveWallet::issue_address() {
    const auto path = keyring_.issue(wallet::KeyBranch::receiving);
    if (!path) return unexpected{std::string{to_text(path.error())}};
    if (!write_position()) return unexpected{std::string{to_text(WalletFault::not_written)}};
    return public_key_hash(keyring_.public_key(*path));
}

Result<void, StorageError> LiveWallet::write_position() {
    for (std::size_t i = 0; i < keyring_.keys().size(); ++i)
        books_.position.keys[i].issued = keyring_.keys()[i].issued;
    Database::Batch batch{ledger_.database()};
    batch.put(Family::wallet, position_key(id_), storage::bytes_of(books_.position));
    return ledger_.database().write(std::move(batch));
}

}  // namespace bezant::net
