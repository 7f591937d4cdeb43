// SPDX-License-Identifier: Apache-2.0
#include "rules/reason.hpp"

#include <algorithm>
#include <array>

namespace bezant {

namespace {

struct ReasonText {
    Reason reason;
    std::string_view name;
    std::string_view explanation;
};

constexpr std::array<ReasonText, reason_count> reason_texts{{
    {Reason::malformed_block, "malformed_block",
     "A block's bytes must decode to exactly one block, or participants could read two different "
     "blocks from the same bytes."},
    {Reason::oversized_block, "oversized_block",
     "A block may not be longer than the network allows, or one miner could flood everybody's "
     "lines and disks."},
    {Reason::unknown_block_version, "unknown_block_version",
     "A block's version must be known, or a miner could smuggle in a block whose meaning nobody "
     "has agreed on."},
    {Reason::malformed_target, "malformed_target",
     "A target must be the one canonical way to write a positive number, or a miner could pass off "
     "a negative or overflowing target as a valid one."},
    {Reason::insufficient_work, "insufficient_work",
     "A block's hash must not be above its target, or blocks would cost nothing and history could "
     "be rewritten for free."},
    {Reason::unknown_parent, "unknown_parent",
     "A block must name a parent that is known, or a block from nowhere could claim any height and "
     "any past."},
    {Reason::invalid_parent, "invalid_parent",
     "A block must build on a valid one, or a broken rule could be buried under later blocks."},
    {Reason::wrong_target, "wrong_target",
     "A block's target must be the one that the schedule gives, or a miner could choose an easy "
     "one for himself."},
    {Reason::time_too_early, "time_too_early",
     "A block's time must be above the median of the last 11, or a miner could turn the clock back "
     "to bend the difficulty."},
    {Reason::time_too_late, "time_too_late",
     "A block's time may not be far ahead of the clock, or a miner could pretend that time has "
     "passed to lower the difficulty."},
    {Reason::merkle_root_mismatch, "merkle_root_mismatch",
     "The header must commit to exactly these transactions, or somebody could alter them after the "
     "work was done."},
    {Reason::missing_coinbase, "missing_coinbase",
     "A block's first transaction must be its coinbase, or nobody would answer for the block and "
     "its new money."},
    {Reason::extra_coinbase, "extra_coinbase",
     "Only the first transaction may be a coinbase, or a miner could pay himself more than once."},
    {Reason::coinbase_wrong_height, "coinbase_wrong_height",
     "A coinbase must carry its block's height, or two coinbases could share an id and one would "
     "overwrite the other's coins."},
    {Reason::coinbase_bad_signature, "coinbase_bad_signature",
     "A coinbase must be signed by the miner that it names, or anybody could put his own name on "
     "another's block."},
    {Reason::malformed_transaction, "malformed_transaction",
     "A transaction's bytes must decode to exactly one transaction, or the same bytes could mean "
     "different payments to different participants."},
    {Reason::oversized_transaction, "oversized_transaction",
     "A transaction may not be longer than the network allows, or one payment could take all the "
     "room and checking time of a block."},
    {Reason::unknown_transaction_version, "unknown_transaction_version",
     "A transaction's version must be known, or one could be accepted whose meaning nobody has "
     "agreed on."},
    {Reason::no_inputs, "no_inputs",
     "A payment must spend something, or money could come from nowhere."},
    {Reason::no_outputs, "no_outputs",
     "A payment must pay somebody, or a slip would give everything to the miner."},
    {Reason::zero_output, "zero_output",
     "An output must be worth something, or anybody could fill the ledger with worthless coins for "
     "free."},
    {Reason::amount_overflow, "amount_overflow",
     "No amount or sum may be above all the money there can be, or a sum could wrap around to a "
     "small number and create money."},
    {Reason::duplicate_input, "duplicate_input",
     "A payment may name each coin once, or the same coin would count twice within one payment."},
    {Reason::unexpected_coinbase, "unexpected_coinbase",
     "Only a miner's block may carry a coinbase, or anybody could hand himself new money."},
    {Reason::locked, "locked",
     "A payment is valid only from its lock height on, or money promised for later could be taken "
     "now."},
    {Reason::unknown_coin, "unknown_coin",
     "A payment may spend only coins that exist on this chain, or money could be made up."},
    {Reason::coin_already_spent, "coin_already_spent",
     "A coin can be spent once, or the same money could pay two people: the double spend."},
    {Reason::immature_coinbase, "immature_coinbase",
     "New money must mature before it is spent, or a reorganisation could wipe out payments of "
     "people who never mined."},
    {Reason::wrong_owner, "wrong_owner",
     "A coin can be spent only with the key that it was paid to, or anybody could spend it with a "
     "key of his own."},
    {Reason::bad_signature, "bad_signature",
     "The owner must have signed exactly this payment on this network, or anybody could forge or "
     "alter one, or replay it from another network."},
    {Reason::outputs_exceed_inputs, "outputs_exceed_inputs",
     "A payment may not pay out more than it spends, or money would be created."},
    {Reason::coinbase_overclaims, "coinbase_overclaims",
     "A coinbase may claim no more than subsidy and fees, or miners could inflate the money at "
     "will."},
}};

constexpr bool in_order_of_the_enum() {
    for (std::size_t i = 0; i < reason_texts.size(); ++i) {
        if (static_cast<std::size_t>(reason_texts[i].reason) != i) return false;
    }
    return true;
}
static_assert(in_order_of_the_enum());

constexpr const ReasonText& text_of(Reason reason) {
    return reason_texts[static_cast<std::size_t>(reason)];
}

bool is_about_outputs(Reason reason) {
    return reason == Reason::zero_output || reason == Reason::amount_overflow;
}

}  // namespace

std::string_view to_text(Reason reason) { return text_of(reason).name; }

std::string_view explanation(Reason reason) { return text_of(reason).explanation; }

std::optional<Reason> reason_from_text(std::string_view text) {
    const auto* found = std::ranges::find(reason_texts, text, &ReasonText::name);
    if (found == reason_texts.end()) return std::nullopt;
    return found->reason;
}

std::string to_text(const Rejection& rejection) {
    std::string where;
    if (rejection.transaction) where = "transaction " + std::to_string(*rejection.transaction);
    if (rejection.input) {
        if (!where.empty()) where += ", ";
        where += is_about_outputs(rejection.reason) ? "output " : "input ";
        where += std::to_string(*rejection.input);
    }
    if (!where.empty()) where += ": ";
    return std::string{to_text(rejection.reason)} + ": " + where + "got " + rejection.got +
           ", expected " + rejection.expected;
}

}  // namespace bezant
