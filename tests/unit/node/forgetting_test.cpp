// SPDX-License-Identifier: Apache-2.0
// A participant on a store of its own, which forgets what is buried and is started anew now and
// then, does and says to the last byte what one does that forgets nothing.
#include <gtest/gtest.h>

#include "node/compact_block.hpp"
#include "node/forgetting.hpp"
#include "node/participant_state.hpp"
#include "storage/ledger_storage.hpp"
#include "tests/seeds.hpp"
#include "tests/support/temporary_folder.hpp"
#include "tests/support/test_network.hpp"

namespace bezant::test {
namespace {

/// Participant 0 of a network once more, with an archive and a disk of its own: it is given every
/// event that the other one is given, as bytes.
class DeployedTwin {
public:
    explicit DeployedTwin(TestNetwork& network) : network_(network) {
        network.witness = [this](std::size_t to, const Event& event, Time now) {
            if (to == 0) happen(event, now);
        };
        start();
        happen(Started{}, network.now());
    }

    [[nodiscard]] const std::string& transcript() const { return life_->effects.transcript; }
    [[nodiscard]] Archive& archive() { return life_->archive; }
    [[nodiscard]] Participant& participant() { return *life_->participant; }
    [[nodiscard]] bool has_forgotten() { return archive().window_edge() != genesis_index; }

private:
    /// Loads from the disk what is sent, and writes to it what is stored.
    class StoringEffects final : public Effects {
    public:
        StoringEffects(Archive& archive, Storage& storage) : archive_(archive), storage_(storage) {}

        void send(PeerId peer, Message message) override {
            if (const auto* block = std::get_if<BlockMessage>(&message))
                archive_.load(block->block);
            note("send", peer, to_hex(encode_message(message, archive_)));
        }
        void disconnect(PeerId peer, Misconduct why) override {
            note("disconnect", peer, std::string{to_text(why)});
        }
        void set_timer(Timer timer, Time at) override {
            note("timer", timer.peer,
                 std::to_string(static_cast<int>(timer.kind)) + "@" +
                     std::to_string(at.microseconds));
        }
        void store(BlockIndex block) override { CHECK(storage_.append(block), "it fits"); }
        void mine(const MiningJob& job) override { note("mine", {}, to_hex(encoded(job.header))); }
        void stop_mining() override {}
        void charge(Verification) override {}
        void notice(const Notice&) override {}
        void dial(const NetworkAddress& address) override { note("dial", {}, to_text(address)); }

        std::string transcript;

    private:
        void note(std::string_view what, PeerId peer, const std::string& rest) {
            transcript.append(what).append(" ").append(std::to_string(peer.value)).append(" ");
            transcript.append(rest).append("\n");
        }

        Archive& archive_;
        Storage& storage_;
    };

    struct Life {
        Life(const std::string& folder, const Parameters& parameters)
            : ledger(storage::StoredLedger::open(folder, parameters).value()),
              archive(parameters, verifier, {.stored = ledger.get()}),
              storage(*ledger, archive),
              effects(archive, storage) {}

        DirectVerifier verifier;
        std::unique_ptr<storage::StoredLedger> ledger;
        Archive archive;
        storage::LedgerStorage storage;
        StoringEffects effects;
        std::optional<Participant> participant;
    };

    void start() {
        std::string transcript = life_ ? std::move(life_->effects.transcript) : "";
        life_.reset();
        life_ = std::make_unique<Life>(folder_.file("store"), network_.archive().parameters());
        life_->effects.transcript = std::move(transcript);
        ParticipantOptions options = network_.options();
        options.transactions_in_memory_min = 10;
        const std::vector<BlockIndex> stored = life_->storage.load().value();
        life_->participant.emplace(life_->archive, TestNetwork::person(0).key, options,
                                   network_.random_of(0), stored);
    }

    void happen(const Event& event, Time now) {
        if (std::holds_alternative<Started>(event)) start();
        life_->participant->handle(translated(event), now, life_->effects);
        CHECK(life_->storage.sync(life_->participant->chain().tip()), "it fits");
        life_->participant->forget_buried();
    }

    Event translated(const Event& event) {
        const auto* arrived = std::get_if<MessageArrived>(&event);
        if (arrived == nullptr) return event;
        const Bytes bytes = encode_message(arrived->message, network_.archive());
        return MessageArrived{.peer = arrived->peer,
                              .message = decode_message(bytes, life_->archive)};
    }

    TestNetwork& network_;
    TemporaryFolder folder_;
    std::unique_ptr<Life> life_;
};

/// The lines of a transcript that do not name facts by an index of the archive.
std::string without_indices(const std::string& transcript) {
    std::string lines;
    std::istringstream in{transcript};
    for (std::string line; std::getline(in, line);) {
        const bool shared = line.starts_with("send ") || line.starts_with("disconnect ") ||
                            line.starts_with("timer ") || line.starts_with("mine ");
        if (!shared) continue;
        // A job's number is not of interest.
        lines += line.starts_with("mine ") ? "mine 0 " + line.substr(line.rfind(' ') + 1) : line;
        lines += '\n';
    }
    return lines;
}

TestNetwork::Settings settings(std::uint64_t seed) {
    TestNetwork::Settings settings;
    settings.seed = seed;
    settings.jitter = milliseconds(100);
    settings.options.mines = true;
    if (seed % 2 == 0) settings.options.block_relay = BlockRelay::compact;
    return settings;
}

/// Payments, blocks, forks, lost neighbours and restarts.
void live(TestNetwork& network, Random& random, int steps) {
    for (int i = 0; i < steps; ++i) {
        const std::size_t who = random.below(network.size());
        if (random.chance(2, 3)) {
            network.pay(who, TestNetwork::person(random.below(network.size())).owner, bezants(1),
                        Amount{1'000 + random.below(1'000)});
        } else if (random.chance(1, 30)) {
            network.crash(0);
            network.start(0);
            for (std::size_t other = 1; other < network.size(); ++other) network.connect(0, other);
        } else {
            network.mine(who);
            if (random.chance(1, 3)) network.mine(random.below(network.size()));
        }
        network.run_for(random.exponential(milliseconds(500)));
    }
}

TEST(Forgetting, HoldsWhateverIsReferredToByIndex) {
    TestNetwork network{2};
    auto key = std::make_unique<SigningKey>(TestNetwork::person(0).key);
    ParticipantState self{network.archive(), std::move(key), {}, Random{1}, {}};
    const PublicKeyHash payee = TestNetwork::person(1).owner;
    const TransactionIndex pooled = network.archive().add_transaction(network.payment(0, 0, payee));
    ASSERT_TRUE(self.pool.add(pooled, genesis_index));
    const Transaction parent = network.payment(0, 1, payee);
    const TransactionIndex orphan = network.archive().add_transaction(
        network.payment_of(coin_of(parent, 0, TestNetwork::person(1)), payee));
    ASSERT_FALSE(self.pool.add(orphan, genesis_index));
    const TransactionFact& given =
        network.archive().transactions()[network.archive().body(genesis_index)[0]];
    self.wallet.watch(given, self.pool);
    self.payment_requests.announced(TransactionIndex{1'001}, PeerId{1});
    self.refused.add(TransactionIndex{1'002}, 200);
    self.orphans.add(TransactionIndex{1'007}, PeerId{1});
    Peer& peer = self.peers.add(PeerId{1});
    peer.payments_asked.add(TransactionIndex{1'003}, {});
    peer.payments_asked.give_up();
    peer.payments_waiting.push_back(TransactionIndex{1'004});
    const BlockIndex block = network.block_on(genesis_index, {network.payment(0, 0, payee)});
    const BlockHeader& header = network.archive().blocks()[block].header;
    const CompactBlock compact = make_compact_block(network.archive(), block, 1);
    peer.partial = std::make_unique<PartialBlock>(header, compact);
    peer.partial->offer(TransactionIndex{1'005}, compact.short_ids.front());

    const HeldFacts held = facts_held(self);
    EXPECT_TRUE(held.holds(pooled));
    EXPECT_TRUE(held.holds(orphan));
    for (std::uint32_t i = 1'001; i <= 1'005; ++i)
        EXPECT_TRUE(held.holds(TransactionIndex{i})) << i;
    EXPECT_FALSE(held.holds(TransactionIndex{1'006}));
    EXPECT_FALSE(held.holds(no_transaction)) << "what a partial block lacks";
    EXPECT_TRUE(held.holds(TransactionIndex{1'007}));
    for (std::size_t i = 0; i < given.creates.size(); ++i)
        EXPECT_TRUE(held.holds(given.creates[i]) ||
                    given.transaction.outputs[i].owner != TestNetwork::person(0).owner);
}

TEST(Forgetting, ChangesNothingOfWhatIsDoneAndSaid) {
    for (std::uint64_t seed = 1; seed <= seeds_to_try(4); ++seed) {
        SCOPED_TRACE(seed);
        TestNetwork network{4, settings(seed)};
        DeployedTwin twin{network};
        for (std::size_t i = 1; i < network.size(); ++i) network.connect(0, i);
        Random random{seed};
        live(network, random, 400);
        network.run_for(seconds(10));
        ASSERT_EQ(without_indices(twin.transcript()),
                  without_indices(network.effects(0).transcript));
        EXPECT_TRUE(twin.has_forgotten());
        EXPECT_LT(twin.archive().transactions().known_count(),
                  network.archive().transactions().known_count() / 2);
        EXPECT_EQ(twin.participant().balance().confirmed, network[0].balance().confirmed);
    }
}

}  // namespace
}  // namespace bezant::test
