// SPDX-License-Identifier: Apache-2.0
#include "bench/catch_up/peer.hpp"

#include <algorithm>

#include "base/check.hpp"
#include "ledger/codec.hpp"
#include "node/message_codec.hpp"
#include "tests/support/keys.hpp"

namespace bezant::bench {

namespace {

constexpr std::size_t no_number = SIZE_MAX;

SecretSeed seed_of(std::string_view name) {
    return SecretSeed{std::span<const Byte, 32>{sha256(as_bytes(name)).bytes}};
}

net::NetworkLimits limits_of(const Parameters& parameters) {
    net::NetworkLimits limits;
    limits.connection.message_bytes_max = message_bytes_max(parameters);
    return limits;
}

net::Network::Hooks no_hooks() {
    return {.admits = [](const Host&) { return true; },
            .opened = [](const net::PeerReport&) {},
            .closed = [](const net::PeerReport&, std::string_view) {},
            .dropped = [](const net::PeerReport&, Misconduct) {},
            .refused = [](const NetworkAddress&, std::string_view) {}};
}

}  // namespace

ChainPeer::ChainPeer(const LongChain& chain, std::string_view name, Vice vice)
    : chain_(chain),
      vice_(vice),
      headers_(chain.parameters, verifier_),
      tls_(seed_of(name), std::nullopt),
      network_(loop_.get_executor(), tls_, limits_of(chain.parameters), *this, no_hooks()) {
    told_.push_back(genesis_index);
    for (const Block& block : chain.blocks) told_.push_back(*headers_.add_header(block.header));
    numbers_.assign(told_.size() + chain.false_headers.size(), no_number);
    for (std::size_t i = 1; i < told_.size(); ++i) numbers_[told_[i].value] = i - 1;
    if (vice == Vice::lies) {
        told_.resize(chain.fork + 1);
        for (const BlockHeader& header : chain.false_headers)
            told_.push_back(*headers_.add_header(header));
    }
    CHECK(network_.listen({{.host = ipv4_host(127, 0, 0, 1), .port = 0}}), "there is a free port");
    address_ = network_.listens_at().front();
    thread_ = std::jthread{[this] { loop_.run(); }};
}

ChainPeer::~ChainPeer() {
    loop_.stop();
    thread_.join();
}

void ChainPeer::connected(const PeerConnected& event) {
    send(event.peer, Hello{.genesis = chain_.parameters.genesis_hash,
                           .nonce = told_.size() + static_cast<std::uint64_t>(vice_),
                           .height = Height{static_cast<std::uint32_t>(told_.size() - 1)}});
}

/// Who was found out has no reason to lie any longer.
void ChainPeer::disconnected(PeerId) {
    told_.resize(1);
    for (const Block& block : chain_.blocks)
        told_.push_back(headers_.blocks().find(block_hash(block.header)).value());
}

void ChainPeer::arrived(PeerId peer, ByteView message) {
    if (!is_silent_) answer(peer, decode_message(message, headers_));
}

void ChainPeer::answer(PeerId peer, const Message& message) {
    if (const auto* ping = std::get_if<Ping>(&message)) send(peer, Pong{.nonce = ping->nonce});
    if (std::holds_alternative<GetAddresses>(message)) send(peer, Addresses{});
    if (const auto* headers = std::get_if<GetHeaders>(&message)) send_headers(peer, *headers);
    if (const auto* data = std::get_if<GetData>(&message)) send_blocks(peer, *data);
}

void ChainPeer::send_headers(PeerId peer, const GetHeaders& question) {
    auto known = told_.begin();
    for (const BlockIndex block : question.locator) {
        known = std::ranges::find(told_, block);
        if (known != told_.end()) break;
    }
    CHECK(known != told_.end(), "locators end with genesis");
    send(peer, Headers{.headers = {known + 1, told_.end()}});
}

void ChainPeer::send_blocks(PeerId peer, const GetData& question) {
    for (const BlockIndex block : question.blocks) {
        const std::size_t number = numbers_[block.value];
        if (vice_ == Vice::stalls && number >= 2 * chain_.blocks.size() / 3) is_silent_ = true;
        if (is_silent_) return;
        if (number != no_number || block == told_[chain_.fork + 1])
            network_.send_block(peer, block);
    }
}

Bytes ChainPeer::block_message(BlockIndex block) {
    const std::size_t number = numbers_[block.value];
    return encode_block_message(
        encoded(number == no_number ? chain_.false_block : chain_.blocks[number]));
}

void ChainPeer::send(PeerId peer, const Message& message) {
    network_.send(peer, encode_message(message, headers_));
}

}  // namespace bezant::bench
