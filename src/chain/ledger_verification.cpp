// SPDX-License-Identifier: Apache-2.0
#include "chain/ledger_verification.hpp"

#include <deque>
#include <vector>

#include "base/hex.hpp"
#include "chain/tip_coins.hpp"
#include "ledger/ledger_file.hpp"
#include "rules/block_rules.hpp"

namespace bezant {

namespace {

LedgerFault frame_fault(const DecodeError& error, std::optional<Height> height = {}) {
    return {height, {}, {}, std::string{to_text(error.reason)}, to_text(error)};
}

/// The chain as far as it has been checked.
class Verification {
public:
    Verification(const Parameters& parameters, SignatureVerifier& signatures)
        : signatures_(signatures) {
        coins_.connect(genesis_effect(parameters.genesis));
        account_.parameters = parameters;
        account_.tip = parameters.genesis_hash;
        account_.transactions = parameters.genesis.transactions.size();
        times_.push_back(parameters.genesis.header.time);
        add_work(parameters.genesis.header);
    }

    Result<void, LedgerFault> add(const LedgerBlock& entry) {
        const Block& block = entry.block;
        if (block.header.previous != account_.tip) {
            return unexpected(fault(entry, {Reason::unknown_parent,
                                            to_hex_reversed(block.header.previous.view()),
                                            to_hex_reversed(account_.tip.view()),
                                            {},
                                            {}}));
        }
        const auto effect =
            check_block(block, parent_context(), coins_, account_.parameters, signatures_);
        if (!effect) return unexpected(fault(entry, effect.error()));
        coins_.connect(*effect);
        account_.height = entry.height;
        account_.tip = block_hash(block.header);
        account_.transactions += block.transactions.size();
        account_.fees.value += effect->fees.value;
        remember_time(block.header.time);
        add_work(block.header);
        return {};
    }

    /// The account, if the coins are no more than the schedule lets there be.
    Result<LedgerAccount, LedgerFault> close() {
        account_.coins = coins_.unspent_count();
        account_.supply = coins_.unspent_sum();
        const Amount scheduled = scheduled_supply(account_.height, account_.parameters);
        if (account_.supply > scheduled) {
            return unexpected(LedgerFault{account_.height,
                                          account_.tip,
                                          {},
                                          "supply",
                                          "got " + to_text(account_.supply) +
                                              " BZT, expected at most " + to_text(scheduled)});
        }
        return account_;
    }

private:
    static LedgerFault fault(const LedgerBlock& entry, const Rejection& rejection) {
        return {entry.height, block_hash(entry.block.header), rejection.transaction,
                std::string{to_text(rejection.reason)}, to_text(rejection)};
    }

    [[nodiscard]] ParentContext parent_context() const {
        const std::vector<std::uint32_t> times{times_.begin(), times_.end()};
        return {account_.height, times_.back(), median_time(times)};
    }

    void remember_time(std::uint32_t time) {
        times_.push_back(time);
        if (times_.size() > median_time_blocks) times_.pop_front();
    }

    void add_work(const BlockHeader& header) {
        if (const auto target = target_from_compact(header.target)) {
            account_.work = account_.work + work_of_target(*target);
        }
    }

    SignatureVerifier& signatures_;
    TipCoins coins_;
    std::deque<std::uint32_t> times_;
    LedgerAccount account_;
};

}  // namespace

Result<LedgerAccount, LedgerFault> verify_ledger(
    ByteView file, SignatureVerifier& signatures,
    const std::function<void(Height, std::uint32_t block_count)>& progress) {
    auto reader = LedgerReader::open(file);
    if (!reader) return unexpected(frame_fault(reader.error()));
    Verification verification{reader->parameters(), signatures};
    for (Height height{1}; reader->blocks_left() > 0; height = next(height)) {
        const auto entry = reader->next_block();
        if (!entry) return unexpected(frame_fault(entry.error(), height));
        if (auto added = verification.add(*entry); !added) return unexpected(added.error());
        if (progress) progress(height, reader->block_count());
    }
    if (auto sound = reader->check_trailer(); !sound) return unexpected(frame_fault(sound.error()));
    return verification.close();
}

}  // namespace bezant
