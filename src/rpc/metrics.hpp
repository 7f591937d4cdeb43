// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "mining/worker_book.hpp"
#include "net/running_node.hpp"
#include "rpc/statistics.hpp"

namespace bezant::rpc {

/// Figures of a node in Prometheus' text format
/// (https://prometheus.io/docs/instrumenting/exposition_formats), version 0.0.4.
[[nodiscard]] std::string metrics_text(net::RunningNode& node, const Statistics& statistics,
                                       const mining::WorkerBook* workers = nullptr);

}  // namespace bezant::rpc
