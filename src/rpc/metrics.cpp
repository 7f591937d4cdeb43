// SPDX-License-Identifier: Apache-2.0
#include "rpc/metrics.hpp"

#include <fmt/format.h>

#include <string_view>

#include "rpc/ledger_json.hpp"

namespace bezant::rpc {

namespace {

/// Writes metrics one after the other, each with what it is.
class Page {
public:
    void begin(std::string_view name, std::string_view type, std::string_view help) {
        name_ = name;
        text_ += fmt::format("# HELP bezant_{} {}\n# TYPE bezant_{} {}\n", name, help, name, type);
    }
    template <class Number>
    void sample(Number value, std::string_view labels = "") {
        text_ += fmt::format("bezant_{}{} {}\n", name_, labels, value);
    }
    template <class Number>
    void gauge(std::string_view name, std::string_view help, Number value) {
        begin(name, "gauge", help);
        sample(value);
    }
    [[nodiscard]] std::string text() && { return std::move(text_); }

private:
    std::string_view name_;
    std::string text_;
};

void add_chain(Page& page, net::RunningNode& node) {
    const LocalChain& chain = node.participant().chain();
    const BlockTree& blocks = node.archive().blocks();
    page.gauge("height", "Height of the best chain.", chain.height().value);
    page.gauge("headers", "Height of the best header.", blocks[chain.best_header()].height.value);
    page.gauge("difficulty", "Difficulty of the tip.",
               difficulty_of(blocks[chain.tip()].header.target));
}

void add_peers(Page& page, net::RunningNode& node) {
    std::size_t in = 0;
    std::size_t out = 0;
    std::uint64_t sent = 0;
    std::uint64_t received = 0;
    for (const net::PeerReport& peer : node.peers()) {
        ++(peer.outbound ? out : in);
        sent += peer.bytes_sent;
        received += peer.bytes_received;
    }
    page.begin("peers", "gauge", "Neighbours, by who called.");
    page.sample(in, "{direction=\"in\"}");
    page.sample(out, "{direction=\"out\"}");
    page.gauge("peers_sent_bytes", "Sent to the neighbours of now.", sent);
    page.gauge("peers_received_bytes", "Received from the neighbours of now.", received);
}

void add_work(Page& page, net::RunningNode& node) {
    const Mempool& pool = node.participant().mempool();
    page.gauge("mempool_payments", "Payments that wait for a block.", pool.size());
    page.gauge("mempool_bytes", "Bytes of the payments that wait.", pool.bytes());
    page.gauge("mining_threads", "Threads that this node mines on.", node.mining().threads);
    page.gauge("hashes_per_second", "What this node's mining tries.",
               node.mining().hashes_per_second);
    page.gauge("uptime_seconds", "Since the node was started.",
               unix_seconds(Time{} + (node.now() - node.about().started_at)));
}

void add_calls(Page& page, const Statistics& statistics) {
    page.begin("rpc_requests_total", "counter", "Calls, by method and outcome.");
    for (const auto& [method, counts] : statistics.by_method()) {
        page.sample(counts.good, fmt::format(R"({{method="{}",outcome="good"}})", method));
        page.sample(counts.refused, fmt::format(R"({{method="{}",outcome="refused"}})", method));
    }
}

/// Names of workers have no letter that means something in a label.
void add_workers(Page& page, const mining::WorkerBook& book, Time now) {
    page.gauge("stratum_clients", "Mining programs that are connected.", book.clients);
    page.begin("stratum_shares_total", "counter", "Shares, by worker and outcome.");
    for (const auto& [name, worker] : book.workers()) {
        for (std::size_t i = 0; i < mining::share_outcomes; ++i) {
            page.sample(worker.shares[i],
                        fmt::format(R"({{worker="{}",outcome="{}"}})", name,
                                    to_text(static_cast<mining::ShareOutcome>(i))));
        }
    }
    page.begin("stratum_blocks_total", "counter", "Blocks that became the tip, by worker.");
    for (const auto& [name, worker] : book.workers())
        page.sample(worker.blocks, fmt::format(R"({{worker="{}"}})", name));
    page.begin("stratum_hashes_per_second", "gauge", "What shares are worth, by worker.");
    for (const auto& [name, worker] : book.workers())
        page.sample(mining::WorkerBook::hashes_per_second(worker, now),
                    fmt::format(R"({{worker="{}"}})", name));
}

}  // namespace

std::string metrics_text(net::RunningNode& node, const Statistics& statistics,
                         const mining::WorkerBook* workers) {
    Page page;
    add_chain(page, node);
    add_peers(page, node);
    add_work(page, node);
    add_calls(page, statistics);
    if (workers != nullptr) add_workers(page, *workers, node.now());
    return std::move(page).text();
}

}  // namespace bezant::rpc
