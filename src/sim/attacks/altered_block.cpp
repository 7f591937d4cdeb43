// SPDX-License-Identifier: Apache-2.0
#include "sim/attacks/altered_block.hpp"

#include <algorithm>

#include "base/check.hpp"
#include "crypto/mining_kernel.hpp"
#include "ledger/codec.hpp"
#include "ledger/ledger_file.hpp"
#include "node/message_codec.hpp"

namespace bezant::sim {

namespace {

constexpr Amount added = bezants(1);

void redo_work(Block& block, const Parameters& parameters) {
    if (parameters.proof_of_work == ProofOfWork::sampled) return;
    HeaderBytes bytes{};
    std::ranges::copy(encoded(block.header), bytes.begin());
    const auto target = target_from_compact(block.header.target);
    CHECK(target, "blocks of a valid chain have well-formed targets");
    constexpr std::uint64_t all_nonces = std::uint64_t{UINT32_MAX} + 1;
    const auto nonce = search_nonces(MiningWork{bytes, *target}, 0, all_nonces);
    if (nonce) block.header.nonce = *nonce;
}

/// Makes the tamperer the block's miner, who claims the subsidy and leaves the fees.
void sign_as_miner(Block& block, Height height, const SigningKey& miner,
                   const Parameters& parameters) {
    Transaction& coinbase = block.transactions.front();
    coinbase.inputs.front().public_key = miner.public_key();
    const Amount claim = subsidy_at(height, parameters);
    coinbase.outputs.clear();
    if (claim > Amount{})
        coinbase.outputs = {{.amount = claim, .owner = public_key_hash(miner.public_key())}};
    const Hash256 message = coinbase_signature_message(
        coinbase, block.header.previous, payments_merkle_root(block), parameters.genesis_hash);
    coinbase.inputs.front().signature = miner.sign(message.view());
}

/// A block as who gets its bytes reads it: that the body is another does not show in the header.
Message message_of(Archive& archive, BlockIndex original, const Block& altered) {
    Bytes bytes = encode_message(BlockMessage{.block = original}, archive);
    constexpr std::size_t kind_bytes = 1;
    const Bytes body = encoded(altered);
    bytes.resize(kind_bytes);
    bytes.insert(bytes.end(), body.begin(), body.end());
    return decode_message(bytes, archive);
}

}  // namespace

std::optional<BuriedPayment> find_buried(const Archive& archive, BlockIndex tip,
                                         std::uint32_t depth_min) {
    const BlockTree& blocks = archive.blocks();
    for (std::uint32_t at = 1; at + depth_min <= blocks[tip].height.value; ++at) {
        const BlockIndex block = blocks.ancestor(tip, Height{at});
        const auto body = archive.body(block);
        if (body.size() > 1) return BuriedPayment{.block = block, .payment = body.back()};
    }
    return std::nullopt;
}

std::vector<AlteredBlock> alter(const Archive& archive, const BuriedPayment& buried,
                                const SigningKey& tamperer) {
    const Parameters& parameters = archive.parameters();
    const Height height = archive.blocks()[buried.block].height;
    std::vector<AlteredBlock> versions;
    Block block = archive.assemble(buried.block);
    const auto keep = [&](std::string what) {
        versions.push_back({.what = std::move(what), .block = block});
    };

    Amount& amount = block.transactions.back().outputs.front().amount;
    const Amount before = amount;
    amount.value += added.value;
    keep("the payment's amount changed from " + to_text(before) + " to " + to_text(amount) +
         " BZT, and nothing else");
    block.header.merkle_root = merkle_root(block);
    keep("the merkle root made to fit as well");
    if (parameters.proof_of_work == ProofOfWork::searched) {
        redo_work(block, parameters);
        keep("the block's work redone as well");
    }
    sign_as_miner(block, height, tamperer, parameters);
    block.header.merkle_root = merkle_root(block);
    redo_work(block, parameters);
    keep("signed by the tamperer as its miner as well, and worked anew");
    block.transactions.pop_back();
    sign_as_miner(block, height, tamperer, parameters);
    block.header.merkle_root = merkle_root(block);
    redo_work(block, parameters);
    keep("the payment left out instead, signed as its miner, and worked anew");
    return versions;
}

Result<LedgerAccount, LedgerFault> verify_with(const Archive& archive, BlockIndex tip,
                                               Height height, const Block& altered) {
    Bytes file;
    const Height top = archive.blocks()[tip].height;
    LedgerWriter writer{archive.parameters(), top.value, [&](ByteView bytes) {
                            file.insert(file.end(), bytes.begin(), bytes.end());
                        }};
    for (Height at{1}; at <= top; at = next(at)) {
        const BlockIndex original = archive.blocks().ancestor(tip, at);
        writer.add(at == height ? altered : archive.assemble(original));
    }
    writer.finish();
    DirectVerifier signatures;
    return verify_ledger(file, signatures);
}

Lie lie_of(Archive& archive, BlockIndex tip, BlockIndex original, const Block& altered) {
    const BlockTree& blocks = archive.blocks();
    const bool same_header = altered.header == blocks[original].header;
    const auto told = same_header ? original : archive.add_block(altered);
    CHECK(told, "an altered block whose merkle root fits is on a known parent");
    Headers headers;
    for (Height at{1}; at < blocks[original].height; at = next(at))
        headers.headers.push_back(blocks.ancestor(tip, at));
    headers.headers.push_back(*told);
    return {.announcement = std::move(headers),
            .block = *told,
            .goods = same_header ? message_of(archive, original, altered)
                                 : Message{BlockMessage{.block = *told}},
            .is_for_newcomers = true};
}

}  // namespace bezant::sim
