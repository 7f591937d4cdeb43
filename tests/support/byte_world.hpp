// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/check.hpp"
#include "chain/archive.hpp"
#include "node/message_codec.hpp"
#include "node/participant.hpp"
#include "tests/support/block_builder.hpp"
#include "tests/support/keys.hpp"

namespace bezant::test {

/// Participants as they are deployed: each has an archive of its own, and bytes are all that passes
/// between them, in order and after a fixed delay. Strangers say to them what a test likes.
class ByteWorld {
public:
    static constexpr Duration delay = milliseconds(10);

    explicit ByteWorld(Parameters parameters)
        : parameters_(std::move(parameters)),
          now_(from_unix_seconds(parameters_.genesis.header.time + 1'000'000)) {}

    /// One network for tests: sampled work, and coins of these people's in the genesis block.
    static Parameters network(std::size_t people, std::size_t coins_each) {
        std::vector<Output> allocation;
        for (std::size_t i = 0; i < people; ++i) {
            for (std::size_t coin = 0; coin < coins_each; ++coin)
                allocation.push_back({.amount = bezants(1), .owner = person(i).owner});
        }
        Parameters parameters = built_in_parameters("local", allocation).value();
        parameters.proof_of_work = ProofOfWork::sampled;
        parameters.coinbase_maturity = 2;
        return parameters;
    }
    static Person person(std::size_t number) { return Person{"person " + std::to_string(number)}; }

    std::size_t add(const ParticipantOptions& options) {
        members_.push_back(std::make_unique<Member>(*this, members_.size(), options));
        happen(members_.size() - 1, Started{});
        return members_.size() - 1;
    }

    [[nodiscard]] Participant& operator[](std::size_t i) { return members_[i]->participant; }
    [[nodiscard]] Archive& archive(std::size_t i) { return members_[i]->archive; }
    [[nodiscard]] const Parameters& parameters() const { return parameters_; }
    [[nodiscard]] Time now() const { return now_; }
    [[nodiscard]] BlockHash tip(std::size_t i) {
        return archive(i).blocks()[(*this)[i].chain().tip()].hash;
    }
    /// Whom a participant dropped for misconduct, and what for.
    [[nodiscard]] const std::map<PeerId, Misconduct>& dropped(std::size_t i) const {
        return members_[i]->dropped;
    }

    /// What each is called by the other: the left one's name for the right one first.
    std::pair<PeerId, PeerId> connect(std::size_t left, std::size_t right) {
        const PeerId at_left = next_peer();
        const PeerId at_right = next_peer();
        members_[left]->ends[at_left] = {.who = right, .seen_as = at_right};
        members_[right]->ends[at_right] = {.who = left, .seen_as = at_left};
        happen(left, PeerConnected{.peer = at_left, .outbound = true});
        happen(right, PeerConnected{.peer = at_right, .outbound = false});
        return {at_left, at_right};
    }
    /// A stranger calls and greets.
    PeerId stranger(std::size_t to, Height height = {},
                    std::optional<NetworkAddress> address = std::nullopt) {
        const PeerId peer = next_peer();
        members_[to]->ends[peer] = {.who = std::nullopt, .seen_as = {}};
        happen(to, PeerConnected{.peer = peer, .outbound = false, .address = address});
        says(to, peer,
             Message{Hello{.version = protocol_version,
                           .genesis = parameters_.genesis_hash,
                           .nonce = peer.value,
                           .height = height}});
        return peer;
    }
    [[nodiscard]] bool is_connected(std::size_t to, PeerId stranger) const {
        return members_[to]->ends.contains(stranger);
    }
    void says(std::size_t to, PeerId stranger, const Bytes& bytes) {
        if (!is_connected(to, stranger)) return;
        Message message = decode_message(bytes, archive(to));
        happen(to, MessageArrived{.peer = stranger, .message = std::move(message)});
    }
    /// A message that refers to nothing by index.
    void says(std::size_t to, PeerId stranger, const Message& message) {
        says(to, stranger, encode_message(message, archive(to)));
    }
    /// What a stranger was told since this was last asked.
    std::vector<Bytes> heard(std::size_t from, PeerId stranger) {
        const auto end = members_[from]->ends.find(stranger);
        return end == members_[from]->ends.end() ? std::vector<Bytes>{}
                                                 : std::exchange(end->second.heard, {});
    }

    void happen(std::size_t to, const Event& event) {
        Member& member = *members_[to];
        member.participant.handle(event, now_, member);
    }
    void mine(std::size_t miner) { happen(miner, BlockGranted{}); }
    void run_for(Duration span) {
        const Time end = now_ + span;
        while (!queue_.empty() && queue_.begin()->first.first <= end) {
            now_ = queue_.begin()->first.first;
            const auto action = std::move(queue_.begin()->second);
            queue_.erase(queue_.begin());
            action();
        }
        now_ = end;
    }

private:
    struct End {
        std::optional<std::size_t> who;  ///< nothing: a stranger
        PeerId seen_as;                  ///< by whoever is there
        std::vector<Bytes> heard{};      ///< by a stranger
    };

    class Member final : public Effects {
    public:
        Member(ByteWorld& world, std::size_t number, const ParticipantOptions& options)
            : archive(world.parameters_, verifier),
              participant(archive, person(number).key, options, Random{number + 1}),
              world_(world),
              number_(number) {}

        void send(PeerId peer, Message message) override {
            const auto end = ends.find(peer);
            if (end == ends.end()) return;
            Bytes bytes = encode_message(message, archive);
            if (!end->second.who) return end->second.heard.push_back(std::move(bytes));
            world_.after(delay, [this, to = end->second, bytes = std::move(bytes)] {
                world_.says(*to.who, to.seen_as, bytes);
            });
        }
        void disconnect(PeerId peer, Misconduct) override {
            const End end = ends.at(peer);
            ends.erase(peer);
            if (!end.who) return;
            world_.members_[*end.who]->ends.erase(end.seen_as);
            world_.after(delay, [this, end] {
                world_.happen(*end.who, PeerDisconnected{.peer = end.seen_as});
            });
        }
        void set_timer(Timer timer, Time at) override {
            world_.after(std::max(at - world_.now_, Duration{}),
                         [this, timer] { world_.happen(number_, TimerFired{timer}); });
        }
        void notice(const Notice& notice) override {
            if (const auto* drop = std::get_if<PeerDropped>(&notice))
                dropped.emplace(drop->peer, drop->misconduct);
        }
        void store(BlockIndex) override {}
        void mine(const MiningJob&) override {}
        void stop_mining() override {}
        void charge(Verification) override {}
        void dial(const NetworkAddress&) override {}

        DirectVerifier verifier;
        Archive archive;
        Participant participant;
        std::map<PeerId, End> ends;
        std::map<PeerId, Misconduct> dropped;

    private:
        ByteWorld& world_;
        std::size_t number_;
    };

    PeerId next_peer() { return PeerId{++peers_}; }
    void after(Duration span, std::function<void()> action) {
        queue_.emplace(std::pair{now_ + span, ++sequence_}, std::move(action));
    }

    Parameters parameters_;
    Time now_;
    std::vector<std::unique_ptr<Member>> members_;
    std::map<std::pair<Time, std::uint64_t>, std::function<void()>> queue_;
    std::uint64_t sequence_ = 0;
    std::uint32_t peers_ = 0;
};

}  // namespace bezant::test
