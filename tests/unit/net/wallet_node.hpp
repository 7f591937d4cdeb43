// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "net/wallet/live_wallet.hpp"
#include "node/message_codec.hpp"
#include "storage/ledger_storage.hpp"
#include "tests/support/temporary_folder.hpp"
#include "tests/support/test_network.hpp"
#include "tests/unit/net/naive_wallet.hpp"
#include "tests/unit/wallet/wallets.hpp"

namespace bezant::net {

/// Participant 0 of a network once more, as it is deployed: with an archive and a store of its own,
/// and a wallet. It is given every event that the other one is given.
class WalletNode {
public:
    static constexpr std::string_view password = "correct horse";

    explicit WalletNode(test::TestNetwork& network) : network_(network) {
        const BlockHash& genesis = network.archive().parameters().genesis_hash;
        file_ = wallet::make_wallet_file(genesis, wallet::keyring_of(7), wallet::secret_of(7),
                                         password, wallet::cheap_lock())
                    .value();
        network.witness = [this](std::size_t to, const Event& event, Time now) {
            if (to == 0) happen(event, now);
        };
        start();
        happen(Started{}, network.now());
    }

    [[nodiscard]] LiveWallet& wallet() { return *life_->wallet; }
    [[nodiscard]] Participant& participant() { return *life_->participant; }
    [[nodiscard]] Archive& archive() { return life_->archive; }
    [[nodiscard]] const wallet::WalletFile& file() const { return file_; }
    /// Opens another file in its place from the next start on.
    void use(wallet::WalletFile file) { file_ = std::move(file); }
    void unlock() { CHECK(wallet().unlock(password, network_.now() + seconds(60)), "it opens"); }

    /// The process ends and begins anew, here and in the network.
    void restart() {
        network_.crash(0);
        file_ = wallet().file();
        network_.start(0);
        for (std::size_t other = 1; other < network_.size(); ++other) network_.connect(0, other);
    }

    /// The owner pays; nothing if that cannot be.
    std::optional<Transaction> pay(const SendOrder& order) {
        auto payment = wallet().pay(order, random_, network_.now());
        if (!payment) return std::nullopt;
        hand_in(*payment);
        return *payment;
    }
    void hand_in(const Transaction& payment) {
        network_.happen(0, PaymentSubmitted{network_.archive().add_transaction(payment)});
    }
    PublicKeyHash address() {
        const auto issued = wallet().issue_address();
        if (issued) last_address_ = *issued;
        return last_address_;
    }

    /// What a wallet should know.
    [[nodiscard]] NaiveWallet naive() {
        std::vector<BlockIndex> way;
        const BlockHash& tip = archive().blocks()[participant().chain().tip()].hash;
        BlockIndex block = network_.archive().blocks().find(tip).value();
        for (; block != no_block; block = network_.archive().blocks()[block].parent)
            way.insert(way.begin(), block);
        blocks_.clear();
        for (const BlockIndex each : way) blocks_.push_back(network_.archive().assemble(each));
        std::vector<const Block*> chain;
        for (const Block& each : blocks_) chain.push_back(&each);
        return {chain, owners_of(wallet().keyring().keys())};
    }
    [[nodiscard]] std::vector<Transaction> pool() {
        std::vector<Transaction> payments;
        for (const TransactionIndex payment : participant().mempool().payments())
            payments.push_back(archive().transactions()[payment].transaction);
        return payments;
    }

    std::vector<WalletNotice> told;
    std::size_t waiting_of_others_max = waiting_of_others_usual;  ///< from the next start on

private:
    /// Stores what is to be stored, and tells the wallet.
    class WalletEffects final : public Effects {
    public:
        explicit WalletEffects(WalletNode& node) : node_(node) {}

        void send(PeerId, Message message) override {
            if (const auto* block = std::get_if<BlockMessage>(&message))
                node_.archive().load(block->block);
        }
        void disconnect(PeerId, Misconduct) override {}
        void set_timer(Timer, Time) override {}
        void store(BlockIndex block) override {
            CHECK(node_.life_->storage.append(block), "it fits");
        }
        void mine(const MiningJob&) override {}
        void stop_mining() override {}
        void charge(Verification) override {}
        void notice(const Notice& notice) override {
            node_.wallet().noticed(notice, node_.network_.now());
        }
        void dial(const NetworkAddress&) override {}

    private:
        WalletNode& node_;
    };

    struct Life {
        explicit Life(WalletNode& node)
            : ledger(storage::StoredLedger::open(node.folder_.file("store"),
                                                 node.network_.archive().parameters())
                         .value()),
              archive(node.network_.archive().parameters(), verifier, {.stored = ledger.get()}),
              storage(*ledger, archive),
              effects(node) {}

        DirectVerifier verifier;
        std::unique_ptr<storage::StoredLedger> ledger;
        Archive archive;
        storage::LedgerStorage storage;
        WalletEffects effects;
        std::unique_ptr<LiveWallet> wallet;
        std::optional<Participant> participant;
    };

    void start() {
        life_.reset();
        life_ = std::make_unique<Life>(*this);
        ParticipantOptions options = network_.options();
        options.transactions_in_memory_min = 10;
        const std::vector<BlockIndex> stored = life_->storage.load().value();
        life_->wallet = LiveWallet::open(
                            file_, *life_->ledger, life_->archive,
                            {.told = [this](const WalletNotice& notice) { told.push_back(notice); },
                             .waiting_of_others_max = waiting_of_others_max})
                            .value();
        life_->storage.accompany(*life_->wallet);
        while (!life_->wallet->scan().value()) continue;
        life_->participant.emplace(life_->archive, test::TestNetwork::person(0).key, options,
                                   network_.random_of(0), stored);
        life_->wallet->join(*life_->participant);
    }

    void happen(const Event& event, Time now) {
        if (std::holds_alternative<Started>(event)) start();
        life_->participant->handle(translated(event), now, life_->effects);
        CHECK(life_->storage.sync(life_->participant->chain().tip()), "it fits");
        life_->participant->forget_buried();
    }

    Event translated(const Event& event) {
        if (const auto* submitted = std::get_if<PaymentSubmitted>(&event)) {
            return PaymentSubmitted{archive().add_transaction(
                network_.archive().transactions()[submitted->payment].transaction)};
        }
        const auto* arrived = std::get_if<MessageArrived>(&event);
        if (arrived == nullptr) return event;
        const Bytes bytes = encode_message(arrived->message, network_.archive());
        return MessageArrived{.peer = arrived->peer, .message = decode_message(bytes, archive())};
    }

    test::TestNetwork& network_;
    test::TemporaryFolder folder_;
    wallet::WalletFile file_;
    std::unique_ptr<Life> life_;
    Random random_{11};
    PublicKeyHash last_address_;
    std::vector<Block> blocks_;
};

}  // namespace bezant::net
