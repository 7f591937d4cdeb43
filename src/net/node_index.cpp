// SPDX-License-Identifier: Apache-2.0
#include "net/node_index.hpp"

#include <utility>

namespace bezant::net {

NodeIndex::NodeIndex(const boost::asio::any_io_executor& executor, Driver& driver,
                     std::function<void()> completed)
    : driver_(driver),
      index_(driver.ledger(), driver.archive()),
      completed_(std::move(completed)),
      building_(executor, [this] { return build(); }) {
    driver_.accompany(index_);
    building_.begin();
}

bool NodeIndex::build() {
    const auto done = index_.scan();
    if (!done) driver_.database().fail_to_write();
    if (*done) completed_();
    return *done;
}

}  // namespace bezant::net
