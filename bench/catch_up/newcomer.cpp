// SPDX-License-Identifier: Apache-2.0
#include "bench/catch_up/newcomer.hpp"

#include <chrono>
#include <memory>

#include "base/check.hpp"
#include "bench/catch_up/peer.hpp"
#include "net/node.hpp"
#include "tests/support/temporary_folder.hpp"

namespace bezant::bench {

namespace {

constexpr double patience_seconds = 300;

net::NodeOptions options_of(const LongChain& chain, const std::filesystem::path& folder) {
    net::NodeOptions options;
    options.parameters = chain.parameters;
    options.folder = folder;
    options.participant = net::usual_participant_options(chain.parameters);
    return options;
}

/// Looks at each tip that the node moves to. (Asking the node would make it write first.)
class Watcher final : public net::NodeListener {
public:
    explicit Watcher(std::size_t length) : length_(length) {}

    void noticed(const Notice& notice, Time) override {
        if (const auto* moved = std::get_if<TipMoved>(&notice))
            height_ += moved->change.connected.size() - moved->change.disconnected.size();
    }
    void peer_connected(const net::PeerReport&) override {}
    void peer_gone(const net::PeerReport&) override {}

    [[nodiscard]] bool is_at_end() const { return height_ == length_; }

private:
    std::size_t length_;
    std::size_t height_ = 0;
};

}  // namespace

Cost cost_to_catch_up(const LongChain& chain) {
    const ChainPeer staller{chain, "staller", Vice::stalls};
    const ChainPeer liar{chain, "liar", Vice::lies};
    const test::TemporaryFolder folder;
    const auto log = net::Log::open(net::LogLevel::off, std::nullopt).value();
    boost::asio::io_context loop{1};
    const auto node =
        net::Node::start(loop.get_executor(), options_of(chain, folder.path()), *log, [] {
        }).value();
    Watcher watcher{chain.blocks.size()};
    node->add_listener(watcher);
    const Stopwatch watch;
    node->keep_calling(staller.address());
    node->keep_calling(liar.address());
    while (!watcher.is_at_end()) {
        loop.run_one_for(std::chrono::milliseconds(100));
        CHECK(watch.cost().seconds < patience_seconds, "a node catches up in the end");
    }
    const Archive& archive = node->archive();
    const Cost cost = watch.cost();
    CHECK(archive.blocks()[archive.stored_tip()].hash == block_hash(chain.blocks.back().header),
          "all of the chain is on the disk");
    return cost;
}

}  // namespace bezant::bench
