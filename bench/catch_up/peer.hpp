// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/asio/io_context.hpp>
#include <optional>
#include <string_view>
#include <thread>
#include <vector>

#include "bench/catch_up/chain.hpp"
#include "chain/archive.hpp"
#include "net/network.hpp"
#include "node/message.hpp"

namespace bezant::bench {

/// What is wrong with a peer.
enum class Vice : std::uint8_t {
    stalls,  ///< says nothing any more once it was asked for the last third of the chain
    lies,    ///< tells of the false branch, until it was hung up on
};

/// Somebody who has the chain and sends it to whoever calls, on a thread of its own.
class ChainPeer final : private net::PeerEvents {
public:
    /// The chain must outlive the peer.
    ChainPeer(const LongChain& chain, std::string_view name, Vice vice);
    ~ChainPeer() override;

    [[nodiscard]] NetworkAddress address() const { return address_; }

private:
    void connected(const PeerConnected& event) override;
    void disconnected(PeerId peer) override;
    void arrived(PeerId peer, ByteView message) override;
    void dial_failed(const NetworkAddress&) override {}
    [[nodiscard]] Bytes block_message(BlockIndex block) override;

    void answer(PeerId peer, const Message& message);
    void send_headers(PeerId peer, const GetHeaders& question);
    void send_blocks(PeerId peer, const GetData& question);
    void send(PeerId peer, const Message& message);

    const LongChain& chain_;
    Vice vice_;
    DirectVerifier verifier_;
    Archive headers_;
    std::vector<BlockIndex> told_;      ///< the chain that it tells of, from genesis
    std::vector<std::size_t> numbers_;  ///< by index of a block: its place in chain_.blocks
    bool is_silent_ = false;

    boost::asio::io_context loop_{1};
    net::TlsContext tls_;
    net::Network network_;
    NetworkAddress address_;
    std::jthread thread_;
};

}  // namespace bezant::bench
