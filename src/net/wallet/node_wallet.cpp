// SPDX-License-Identifier: Apache-2.0
#include "net/wallet/node_wallet.hpp"

#include <boost/asio/post.hpp>

#include "net/entropy.hpp"
#include "net/private_file.hpp"
#include "net/spawn.hpp"

namespace bezant::net {

Result<std::unique_ptr<NodeWallet>, StartError> NodeWallet::open(
    const boost::asio::any_io_executor& executor, Driver& driver, WalletSource source, Told told) {
    auto live = LiveWallet::open(source.file, driver.ledger(), driver.archive(),
                                 {.birthday = {}, .told = std::move(told)});
    if (!live) {
        return unexpected{
            StartError{.what = "the wallet " + source.path.string() +
                               " cannot be used: " + std::string{to_text(live.error())},
                       .advice = "name a wallet of this network"}};
    }
    std::unique_ptr<NodeWallet> wallet{
        new NodeWallet{executor, driver, std::move(source), *std::move(live)}};
    boost::asio::post(executor, [raw = wallet.get(), alive = wallet->lifetime_.watch()] {
        if (!*alive) return;
        raw->hand_in();
        raw->scanning_.begin();
    });
    return wallet;
}

NodeWallet::NodeWallet(const boost::asio::any_io_executor& executor, Driver& driver,
                       WalletSource source, std::unique_ptr<LiveWallet> live)
    : driver_(driver),
      source_(std::move(source)),
      live_(std::move(live)),
      scanning_(executor, [this] { return scan(); }),
      locking_(executor) {
    live_->join(driver_.participant());
    driver_.accompany(*live_);
    driver_.add_listener(*live_);
}

NodeWallet::~NodeWallet() {
    driver_.remove_listener(*live_);
    driver_.leave(*live_);
}

bool NodeWallet::scan() {
    const auto done = live_->scan();
    if (!done) driver_.database().fail_to_write();
    return *done;
}

void NodeWallet::hand_in() {
    for (Transaction& payment : live_->to_hand_in()) {
        const TransactionIndex index = driver_.add_transaction(std::move(payment));
        driver_.handle(PaymentSubmitted{index});
    }
}

Result<void, std::string> NodeWallet::unlock(std::string_view password, Time now, Duration length) {
    if (auto unlocked = live_->unlock(password, now + length); !unlocked) return unlocked;
    locking_.expires_after(real(length));
    locking_.async_wait([this, alive = lifetime_.watch()](const auto& cancelled) {
        if (!cancelled && *alive) live_->lock();
    });
    // What was derived can be derived again: a file that cannot be written loses nothing yet.
    (void)save_if_changed();
    scanning_.begin();
    return {};
}

void NodeWallet::lock() {
    locking_.cancel();
    live_->lock();
}

Result<PublicKeyHash, std::string> NodeWallet::issue_address() {
    auto owner = live_->issue_address();
    if (owner && !saves_issued_keys())
        return unexpected{"the wallet's file " + source_.path.string() + " cannot be written"};
    return owner;
}

Result<Transaction, SendFault> NodeWallet::pay(const SendOrder& order, Time now) {
    Random random{fresh_number()};
    auto payment = live_->pay(order, random, now);
    if (!payment || saves_issued_keys()) return payment;
    [[maybe_unused]] const auto given_up = give_up(transaction_id(*payment));
    return unexpected{SendFault::not_written};
}

Result<void, GiveUpFault> NodeWallet::give_up(const TransactionId& payment) {
    auto given_up = live_->give_up(payment);
    if (!given_up && given_up.error() == GiveUpFault::not_written)
        driver_.database().fail_to_write();
    return given_up;
}

/// An unlocked wallet makes keys as others are used. Whoever opens the file after a crash must find
/// those that were given away, or would not know their coins while it is locked, and give them away
/// again. Since many are made in advance, the file is written once for as many.
bool NodeWallet::saves_issued_keys() {
    const wallet::AccountKeys& saved = source_.file.keys;
    for (std::size_t i = 0; i < saved.size(); ++i) {
        if (live_->keyring().keys()[i].issued > saved[i].keys.size()) return save_if_changed();
    }
    return true;
}

bool NodeWallet::save_if_changed() {
    wallet::WalletFile file = live_->file();
    if (file == source_.file) return true;
    if (!write_private_file(source_.path, encoded(file))) return false;
    source_.file = std::move(file);
    return true;
}

}  // namespace bezant::net
