// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <functional>

#include "net/driver.hpp"
#include "net/portioned_work.hpp"
#include "storage/ledger_index.hpp"

namespace bezant::net {

/// The index of transactions and addresses as part of a running node: built from the stored blocks
/// where it is behind, and kept from there on. Lives on the participant's thread.
class NodeIndex {
public:
    /// The driver must outlive it. `completed` is called when there is nothing left to be read.
    NodeIndex(const boost::asio::any_io_executor& executor, Driver& driver,
              std::function<void()> completed);
    ~NodeIndex() { driver_.leave(index_); }
    NodeIndex(const NodeIndex&) = delete;
    NodeIndex& operator=(const NodeIndex&) = delete;

    [[nodiscard]] const storage::LedgerIndex& ledger_index() const { return index_; }

private:
    [[nodiscard]] bool build();

    Driver& driver_;
    storage::LedgerIndex index_;
    std::function<void()> completed_;
    PortionedWork building_;
};

}  // namespace bezant::net
