// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/unordered/unordered_flat_map.hpp>
#include <cstddef>
#include <deque>
#include <functional>
#include <memory>
#include <variant>

#include "chain/archive.hpp"
#include "net/checking_pool.hpp"
#include "net/lifetime.hpp"
#include "node/event.hpp"
#include "node/message.hpp"

namespace bezant::net {

/// Bytes of messages that were read and not handed on. From there on the oldest is waited for.
inline constexpr std::size_t read_ahead_bytes_max = 8'000'000;

/// Messages on their way to the participant, in the order in which they came. One with a block
/// waits until it was found out about its payments, on all processors; meanwhile what comes after
/// it is read, so that there is always something to find out, and the loop takes part when it has
/// nothing else to do. The participant does not notice: it is told the same things in the same
/// order, and each block comes with what follows from its bytes alone.
///
/// Work is done only for the body of a header that the participant has taken in, which has cost its
/// maker work, and once: it must be the header's own, and one that the participant lacks. All of it
/// is in vain if the block breaks some other rule.
class ReadAhead {
public:
    struct Hooks {
        /// It is this message's turn, as it came; or this block's.
        std::function<void(PeerId, ByteView)> take;
        std::function<void(PeerId, NewBlock)> take_block;
        std::function<bool(BlockIndex)> is_body_wanted;  ///< its header is known, its body is not
        /// As Archive::find_coin.
        std::function<std::optional<CoinIndex>(const OutPoint&)> find_coin;
    };

    /// All must outlive it.
    ReadAhead(const boost::asio::any_io_executor& executor, const Archive& archive,
              CheckingPool& pool, Hooks hooks);

    /// A message came. Its turn may come at once, or when control is with the loop.
    void arrived(PeerId peer, ByteView bytes);

    /// Hands on all that this peer has said.
    void finish(PeerId peer);

private:
    /// A block, and what is being found out about it.
    struct Reading {
        Boxed<Block> block;
        std::shared_ptr<BlockFindings> found;
        std::vector<std::uint32_t> places;  ///< in the block, of the payments that are looked at
        std::shared_ptr<CheckingPool::Work> work;
    };
    struct Waiting {
        PeerId peer;
        std::size_t bytes = 0;
        std::variant<Bytes, Reading> what;
    };

    bool begin(PeerId peer, Block block, ByteView bytes);
    [[nodiscard]] std::vector<PaymentCheck> checks_of(Reading& reading);
    [[nodiscard]] std::optional<std::vector<Output>> spent_by(const Transaction& payment);
    [[nodiscard]] const Output* find_output(const OutPoint& outpoint);
    void watch(const Reading& reading);
    void forget(const Reading& reading);

    void push(Waiting waiting);
    [[nodiscard]] bool is_ready() const;
    void hand_on_ready();
    void help_later();
    void hand_on();
    [[nodiscard]] NewBlock read(Reading& reading);

    boost::asio::any_io_executor executor_;
    const Archive& archive_;
    CheckingPool& pool_;
    Hooks hooks_;
    std::deque<Waiting> waiting_;
    std::size_t bytes_ = 0;
    bool is_helping_ = false;
    /// Transactions of the blocks that wait here: later ones spend their outputs.
    boost::unordered_flat_map<TransactionId, const Transaction*, DigestHasher> unread_;
    Lifetime lifetime_;
};

}  // namespace bezant::net
