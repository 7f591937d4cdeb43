// SPDX-License-Identifier: Apache-2.0
// A participant with one honest neighbour, among strangers who say whatever may hurt it: what is
// real in the wrong order, again, altered, cut short, unasked or without end. Whatever they do, it
// keeps little, never drops the honest one, serves it, and agrees with it; who can be shown to have
// lied is gone.
#include <gtest/gtest.h>

#include "node/compact_block.hpp"
#include "node/limits.hpp"
#include "tests/seeds.hpp"
#include "tests/support/byte_world.hpp"
#include "tests/support/network_addresses.hpp"

namespace bezant::test {
namespace {

constexpr std::size_t victim = 0;
constexpr std::size_t honest = 1;
constexpr std::size_t strangers_at_once = 4;
constexpr std::size_t coins_each = 200;

class HostileWorld {
public:
    explicit HostileWorld(std::uint64_t seed)
        : random_(seed), world_(ByteWorld::network(3, coins_each)) {
        const ParticipantOptions options = options_for(seed);
        world_.add(options);
        world_.add(options);
        const auto names = world_.connect(victim, honest);
        honest_peer_ = names.first;
        victim_peer_ = names.second;
        for (std::size_t i = 0; i < depth_kept_max + 60; ++i) grow();
        for (PeerId& stranger : strangers_) stranger = call();
        memory_before_ = world_[victim].memory_bytes();
    }

    void step() {
        if (random_.chance(1, 8)) grow();
        if (random_.chance(1, 4)) pay();
        PeerId& stranger = random_.pick(strangers_);
        if (!world_.is_connected(victim, stranger)) stranger = call();
        act(stranger);
        if (random_.chance(1, 2)) world_.run_for(Duration{random_.between(0, 400'000)});
    }

    /// What must hold at any moment.
    void check() {
        ASSERT_TRUE(world_.is_connected(victim, honest_peer_));
        ASSERT_TRUE(world_.is_connected(honest, victim_peer_));
        ASSERT_LE(world_[victim].memory_bytes(), memory_before_ + memory_max);
        const Archive& facts = world_.archive(victim);
        ASSERT_LE(facts.blocks().size(), 1 + grown_ + worked_) << "act " << last_act_;
        ASSERT_LE(facts.transactions().known_count(),
                  1 + grown_ + bodies_ + paid_ + asked_payments_)
            << "act " << last_act_;
        ASSERT_LE(facts.transactions().size(), facts.transactions().known_count() + names_ + paid_)
            << "act " << last_act_;
    }
    void check_agreement() {
        world_.run_for(seconds(30));
        grow();
        world_.run_for(seconds(30));
        ASSERT_EQ(world_.tip(victim), world_.tip(honest));
        ASSERT_EQ(world_[victim].chain().height().value, grown_);
        ASSERT_EQ(world_[victim].mempool().size(), world_[honest].mempool().size());
    }
    [[nodiscard]] std::size_t dropped() const { return world_.dropped(victim).size(); }

private:
    static constexpr std::size_t memory_max = 4'000'000;

    static ParticipantOptions options_for(std::uint64_t seed) {
        ParticipantOptions options;
        if (seed % 2 == 0) options.block_relay = BlockRelay::compact;
        options.address_book = {.new_buckets = 16, .tried_buckets = 4, .bucket_places = 8};
        options.waiting_body_bytes_max = 2'000;
        return options;
    }

    // Honest life.

    /// A block of the honest chain, found by either.
    void grow() {
        world_.run_for(seconds(1));
        world_.mine(random_.below(2));
        ++grown_;
        world_.run_for(milliseconds(200));
        ASSERT_EQ(world_[victim].chain().height().value, grown_);
        ASSERT_EQ(world_[honest].chain().height().value, grown_);
    }
    void pay() {
        world_.happen(random_.below(2), PaymentOrdered{{.order = ++orders_,
                                                        .to = ByteWorld::person(2).owner,
                                                        .amount = Amount{1'000},
                                                        .fee = Amount{1'000}}});
        ++paid_;
    }

    // What strangers say.

    PeerId call() {
        const auto group = static_cast<std::uint32_t>(random_.below(200));
        return world_.stranger(victim, Height{static_cast<std::uint32_t>(random_.below(100'000))},
                               address_in(group, 1));
    }
    void says(PeerId stranger, const Message& message) {
        last_said_ = encode_message(message, world_.archive(honest));
        world_.says(victim, stranger, last_said_);
    }
    /// No honest one does this: who does it is dropped at once.
    void lies(PeerId stranger, const Message& message) {
        says(stranger, message);
        ASSERT_FALSE(world_.is_connected(victim, stranger)) << name_of(message);
    }
    void act(PeerId stranger) {
        last_act_ = random_.below(16);
        switch (last_act_) {
            case 0:
                return say_branch(stranger);
            case 1:
                return say_full_branches(stranger);
            case 2:
                return say_broken_headers(stranger);
            case 3:
                return say_worked_header(stranger);
            case 4:
                return say_invalid_block(stranger);
            case 5:
                return says(stranger, BlockMessage{.block = any_block()});
            case 6:
                return say_bad_compact_block(stranger);
            case 7:
                return say_unasked_answers(stranger);
            case 8:
                return say_payment(stranger);
            case 9:
                return say_unknown_inventory(stranger);
            case 10:
                return say_addresses(stranger);
            case 11:
                return ask_much(stranger);
            case 12:
                return flood(stranger);
            case 13:
                return say_garbage(stranger);
            case 14:
                return say_small_things(stranger);
            default:
                return world_.says(victim, stranger, last_said_);
        }
    }
    BlockIndex any_block() {
        const auto height = static_cast<std::uint32_t>(random_.below(grown_));
        return world_[honest].chain().block_at(Height{height});
    }
    /// Headers that obey the rules, of no block.
    std::vector<BlockHeader> headers_on(BlockIndex parent, std::size_t count) {
        const BlockNode& node = world_.archive(honest).blocks()[parent];
        std::vector<BlockHeader> headers;
        BlockHash previous = node.hash;
        for (std::uint32_t i = 1; i <= count; ++i) {
            headers.push_back({.version = 1,
                               .previous = previous,
                               .merkle_root = {},
                               .time = node.header.time + i,
                               .target = node.header.target,
                               .nonce = ++nonce_});
            previous = block_hash(headers.back());
        }
        note_work(node.height.value, count);
        return headers;
    }
    /// What is on a chain with enough work may be kept: it was paid for.
    void note_work(std::uint32_t height, std::size_t count) {
        if (height + count + depth_kept_max >= grown_) worked_ += std::max<std::size_t>(1, count);
    }
    /// No strangers have more work than the honest chain: who has decides what the chain is.
    void say_branch(PeerId stranger) {
        const BlockIndex parent = any_block();
        const std::size_t above = grown_ - world_.archive(honest).blocks()[parent].height.value;
        says(stranger, NewHeaders{headers_on(parent, std::min(above, 1 + random_.below(30)))});
    }
    void say_full_branches(PeerId stranger) {
        says(stranger, NewHeaders{headers_on(genesis_index, 40)});
        says(stranger, NewHeaders{headers_on(genesis_index, grown_ - depth_kept_max - 1)});
    }
    void say_broken_headers(PeerId stranger) {
        std::vector<BlockHeader> headers = headers_on(any_block(), 3);  // none of which counts
        headers[0].time = world_.parameters().genesis.header.time;
        headers[1].previous = block_hash(headers[0]);
        headers[2].previous = block_hash(headers[1]);
        lies(stranger, NewHeaders{headers});
    }
    /// A header with as much work as the tip, whose body nobody will get.
    void say_worked_header(PeerId stranger) {
        const BlockNode& tip = world_.archive(honest).blocks()[world_[honest].chain().tip()];
        says(stranger, NewHeaders{headers_on(tip.parent, 1)});
    }
    void say_invalid_block(PeerId stranger) {
        const BlockIndex parent = world_[honest].chain().tip();
        const BlockNode& node = world_.archive(honest).blocks()[parent];
        const Block block = make_block({node.hash, next(node.height),
                                        node.header.time + ++nonce_ % 900 + 1, node.header.target},
                                       ByteWorld::person(2), {}, Amount{1}, world_.parameters());
        ++worked_;
        ++bodies_;
        if (world_.tip(victim) == node.hash) lies(stranger, NewBlock{Boxed{block}});
    }
    void say_bad_compact_block(PeerId stranger) {
        const BlockIndex block = any_block();
        if (block == genesis_index) return;
        CompactBlock compact = make_compact_block(world_.archive(honest), block, random_.next());
        compact.short_ids.push_back(random_.next() >> 16U);
        says(stranger, compact);
        says(stranger, SendCompact{.unasked = false});
        says(stranger, compact);
    }
    void say_unasked_answers(PeerId stranger) {
        const BlockIndex block = any_block();
        MissingTransactions answer{.block = block, .transactions = {}};
        says(stranger, answer);
        says(stranger, NotFound{.payments = {}, .blocks = {}});
        says(stranger, NotFound{.payments = {}, .blocks = {block}});
    }
    /// Announced or not; of coins that are spent twice.
    void say_payment(PeerId stranger) {
        Archive& facts = world_.archive(honest);
        const auto coin = static_cast<std::uint32_t>(2 * coins_each + random_.below(20));
        const Person owner = ByteWorld::person(2);
        const Spend spend = coin_of(world_.parameters().genesis.transactions[0], coin, owner);
        const Amount amount{spend.coin.amount.value - 1'000 - random_.below(50)};
        const Transaction payment =
            make_payment(std::span{&spend, 1}, {{amount, owner.owner}}, world_.parameters());
        if (random_.chance(1, 2)) {
            ++names_;
            ++asked_payments_;
            says(stranger,
                 Inventory{.payments = {facts.name_transaction(full_transaction_id(payment))}});
        }
        says(stranger, NewPayment{Boxed{payment}, full_transaction_id(payment)});
    }
    void say_unknown_inventory(PeerId stranger) {
        Bytes bytes{static_cast<Byte>(4)};
        Encoder out{bytes};
        const std::size_t count = 1 + random_.below(50);
        out.size(count);
        for (std::size_t i = 0; i < 4 * count; ++i) out.u64(random_.next());
        names_ += count;
        world_.says(victim, stranger, bytes);
    }
    void say_addresses(PeerId stranger) {
        Addresses message;
        message.addresses.resize(random_.below(addresses_per_message_max + 1));
        for (HeardAddress& heard : message.addresses) {
            heard.heard_at = static_cast<std::uint32_t>(random_.next());
            for (Byte& byte : heard.address.host.bytes) byte = static_cast<Byte>(random_.next());
            heard.address.port = static_cast<std::uint16_t>(random_.next());
        }
        says(stranger, message);
    }
    void ask_much(PeerId stranger) {
        const BlockIndex block = any_block();
        says(stranger, GetHeaders{.locator = std::vector(locator_entries_max, block)});
        says(stranger, GetData{.payments = {}, .blocks = std::vector(100, block)});
        says(stranger, GetCompactBlock{.block = block});
        says(stranger, GetMissingTransactions{.block = block, .positions = {0}});
        says(stranger, GetAddresses{});
        world_.heard(victim, stranger);
    }
    /// More than any honest one says: who does it is gone when the credit is.
    void flood(PeerId stranger) {
        if (!random_.chance(1, 10)) return;
        const Message message = any_small_thing();
        const auto credit = useless_credit_max.microseconds / useless_credit_each.microseconds;
        for (std::int64_t i = 0; i <= credit && world_.is_connected(victim, stranger); ++i)
            says(stranger, message);
        ASSERT_FALSE(world_.is_connected(victim, stranger)) << name_of(message);
    }
    Message any_small_thing() {
        switch (random_.below(5)) {
            case 0:
                return Ping{.nonce = random_.next()};
            case 1:
                return Inventory{};
            case 2:
                return Headers{.headers = {any_block()}};
            case 3:
                return NotFound{};
            default:
                return GetHeaders{.locator = {any_block()}};
        }
    }
    void say_small_things(PeerId stranger) {
        says(stranger, any_small_thing());
        says(stranger, FeeFloor{.fee_per_kilobyte = Amount{random_.below(5)}});
        if (random_.chance(1, 4)) says(stranger, Pong{.nonce = random_.next()});
        if (random_.chance(1, 8)) lies(stranger, FeeFloor{.fee_per_kilobyte = Amount{UINT64_MAX}});
    }
    /// A real message, altered or cut short. What becomes of the header may be a good one.
    void say_garbage(PeerId stranger) {
        const BlockIndex block = any_block();
        note_work(world_.archive(honest).blocks()[block].height.value, 0);
        Bytes bytes = encode_message(BlockMessage{.block = block}, world_.archive(honest));
        if (random_.chance(1, 2)) {
            bytes.resize(random_.below(bytes.size()));
        } else {
            bytes[random_.below(bytes.size())] ^= static_cast<Byte>(1 + random_.below(255));
        }
        world_.says(victim, stranger, bytes);
    }

    Random random_;
    ByteWorld world_;
    PeerId honest_peer_;
    PeerId victim_peer_;
    std::array<PeerId, strangers_at_once> strangers_{};
    Bytes last_said_{1};
    std::uint64_t last_act_ = 0;
    std::size_t memory_before_ = 0;
    std::size_t grown_ = 0;           ///< blocks of the honest chain
    std::size_t worked_ = 0;          ///< headers that strangers worked for
    std::size_t bodies_ = 0;          ///< and blocks
    std::size_t names_ = 0;           ///< payments that they announced
    std::size_t asked_payments_ = 0;  ///< and may have been asked for
    std::size_t paid_ = 0;
    std::uint64_t orders_ = 0;
    std::uint32_t nonce_ = 1;
};

TEST(HostilePeers, GetNowhere) {
    for (std::uint64_t seed = 1; seed <= seeds_to_try(6); ++seed) {
        SCOPED_TRACE(seed);
        HostileWorld world{seed};
        for (int i = 0; i < 250; ++i) {
            world.step();
            world.check();
            if (testing::Test::HasFatalFailure()) return;
        }
        world.check_agreement();
        EXPECT_GT(world.dropped(), 20U);
        if (testing::Test::HasFailure()) return;
    }
}

}  // namespace
}  // namespace bezant::test
