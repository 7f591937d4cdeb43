// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <span>

#include "base/random.hpp"
#include "base/time.hpp"
#include "chain/archive.hpp"
#include "chain/local_chain.hpp"
#include "crypto/ed25519.hpp"
#include "mempool/mempool.hpp"
#include "node/effects.hpp"
#include "node/event.hpp"
#include "node/wallet.hpp"

namespace bezant {

/// How new blocks travel.
enum class BlockRelay : std::uint8_t {
    headers,  ///< told by their headers, and sent whole
    compact,  ///< as compact blocks, between those who both read them
};

/// What may differ between participants of one network. Times of 0 switch the thing off.
struct ParticipantOptions {
    MempoolLimits mempool;
    Duration announce_interval =
        milliseconds(100);  ///< mean delay that gathers payments for a peer
    Duration request_timeout = seconds(20);
    Duration ping_interval = seconds(120);
    Duration template_interval = seconds(10);  ///< longest age of the block being mined
    Duration fee_floor_interval =
        seconds(600);  ///< mean time until a peer is told that the pool asks for other fees
    std::size_t blocks_in_flight_per_peer_max = 16;
    std::size_t payments_in_flight_per_peer_max = 1'000;
    BlockRelay block_relay = BlockRelay::headers;
    bool mines = false;  ///< from the start
};

/// One participant of the network: keys, copy of the ledger, waiting payments, neighbours, miner.
///
/// A deterministic state machine: `handle` is the only way in, Effects the only way out. It owns no
/// clock, socket, file, thread or global; the same events give the same effects. Not thread-safe.
class Participant {
public:
    /// `archive` must outlive the participant. `stored` are the blocks kept from an earlier life,
    /// parents before children; they become known at once.
    Participant(Archive& archive, SigningKey key, ParticipantOptions options, Random random,
                std::span<const BlockIndex> stored = {});
    ~Participant();
    Participant(Participant&&) noexcept;
    Participant& operator=(Participant&&) noexcept;

    /// Something happened at `now`, by this participant's own clock.
    void handle(const Event& event, Time now, Effects& effects);

    [[nodiscard]] const LocalChain& chain() const;
    [[nodiscard]] const Mempool& mempool() const;
    [[nodiscard]] const Wallet& wallet() const;
    [[nodiscard]] Balance balance() const;
    [[nodiscard]] const PublicKey& public_key() const;
    [[nodiscard]] std::size_t memory_bytes() const;

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace bezant
