// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/asio/steady_timer.hpp>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>

#include "net/driver.hpp"
#include "net/lifetime.hpp"
#include "net/portioned_work.hpp"
#include "net/start_error.hpp"
#include "net/wallet/live_wallet.hpp"

namespace bezant::net {

/// A wallet, and the file that it comes from.
struct WalletSource {
    std::filesystem::path path;
    wallet::WalletFile file;
};

/// A person's wallet as part of a running node: reads the blocks that it has not seen, hands in
/// what waits, locks itself, and keeps its file. Lives on the participant's thread.
class NodeWallet {
public:
    using Told = std::function<void(const WalletNotice&)>;

    /// The driver must outlive the wallet, and have begun when the loop runs.
    [[nodiscard]] static Result<std::unique_ptr<NodeWallet>, StartError> open(
        const boost::asio::any_io_executor& executor, Driver& driver, WalletSource source,
        Told told);
    ~NodeWallet();

    [[nodiscard]] const LiveWallet& live() const { return *live_; }

    /// Opens the secret for so long. About half a second.
    [[nodiscard]] Result<void, std::string> unlock(std::string_view password, Time now,
                                                   Duration length);
    void lock();

    /// An address that is given away once: when this returns well that is on the disk, and its key.
    [[nodiscard]] Result<PublicKeyHash, std::string> issue_address();
    /// A signed payment that the wallet keeps handing in until it is confirmed: the caller hands it
    /// in first.
    [[nodiscard]] Result<Transaction, SendFault> pay(const SendOrder& order, Time now);
    /// As LiveWallet::give_up.
    Result<void, GiveUpFault> give_up(const TransactionId& payment);

private:
    NodeWallet(const boost::asio::any_io_executor& executor, Driver& driver, WalletSource source,
               std::unique_ptr<LiveWallet> live);

    [[nodiscard]] bool scan();
    void hand_in();
    [[nodiscard]] bool saves_issued_keys();
    [[nodiscard]] bool save_if_changed();

    Driver& driver_;
    WalletSource source_;
    std::unique_ptr<LiveWallet> live_;
    PortionedWork scanning_;
    boost::asio::steady_timer locking_;
    Lifetime lifetime_;
};

}  // namespace bezant::net
