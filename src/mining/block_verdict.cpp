// SPDX-License-Identifier: Apache-2.0
#include "mining/block_verdict.hpp"

#include <utility>

namespace bezant::mining {

namespace {

/// Listens what becomes of one block while it is handed in.
class Verdict final : public net::NodeListener {
public:
    Verdict(net::RunningNode& node, const BlockHash& block) : node_(node), block_(block) {
        node_.add_listener(*this);
    }
    Verdict(const Verdict&) = delete;
    Verdict& operator=(const Verdict&) = delete;
    ~Verdict() override { node_.remove_listener(*this); }

    void noticed(const Notice& notice, Time /*now*/) override {
        using enum BlockVerdict::Kind;
        if (const auto* refused = std::get_if<SubmissionRefused>(&notice)) {
            if (refused->block != block_) return;
            verdict_.kind = refused->rejection != nullptr ? BlockVerdict::Kind::refused : known;
            if (refused->rejection != nullptr) verdict_.rejection = *refused->rejection;
        } else if (const auto* stale = std::get_if<BlockLeftStale>(&notice)) {
            if (node_.archive().blocks()[stale->block].hash == block_) verdict_.kind = rival;
        }
    }
    void peer_connected(const net::PeerReport& /*peer*/) override {}
    void peer_gone(const net::PeerReport& /*peer*/) override {}

    [[nodiscard]] const BlockVerdict& verdict() const { return verdict_; }

private:
    net::RunningNode& node_;
    BlockHash block_;
    BlockVerdict verdict_;
};

}  // namespace

BlockVerdict submit(net::RunningNode& node, Block block) {
    const Verdict listener{node, block_hash(block.header)};
    node.handle(BlockSubmitted{Boxed{std::move(block)}});
    return listener.verdict();
}

}  // namespace bezant::mining
