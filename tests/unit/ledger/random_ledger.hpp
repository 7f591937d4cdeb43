// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/random.hpp"
#include "ledger/block.hpp"

namespace bezant {

/// Values with random content, for tests of formats: most obey no rule.
template <class Fixed>
Fixed random_fixed(Random& random) {
    Fixed value;
    for (Byte& byte : value.bytes) byte = static_cast<Byte>(random.next());
    return value;
}

inline std::uint32_t random_u32(Random& random) {
    return static_cast<std::uint32_t>(random.next());
}

inline Output random_output(Random& random) {
    return {Amount{random.next()}, random_fixed<PublicKeyHash>(random)};
}

inline Input random_input(Random& random) {
    return {{random_fixed<TransactionId>(random), random_u32(random)},
            random_fixed<PublicKey>(random),
            random_fixed<Signature>(random)};
}

inline Transaction random_transaction(Random& random, std::size_t inputs, std::size_t outputs) {
    Transaction transaction;
    transaction.version = random_u32(random);
    for (std::size_t i = 0; i < inputs; ++i) transaction.inputs.push_back(random_input(random));
    for (std::size_t i = 0; i < outputs; ++i) transaction.outputs.push_back(random_output(random));
    transaction.lock_height = Height{random_u32(random)};
    return transaction;
}

inline Transaction random_transaction(Random& random) {
    const std::size_t inputs = random.below(4);
    return random_transaction(random, inputs, random.below(4));
}

inline BlockHeader random_header(Random& random) {
    BlockHeader header;
    header.version = random_u32(random);
    header.previous = random_fixed<BlockHash>(random);
    header.merkle_root = random_fixed<MerkleRoot>(random);
    header.time = random_u32(random);
    header.target = CompactTarget{random_u32(random)};
    header.nonce = random_u32(random);
    return header;
}

inline Block random_block(Random& random) {
    Block block;
    block.header = random_header(random);
    for (std::uint64_t i = random.below(4); i > 0; --i) {
        block.transactions.push_back(random_transaction(random));
    }
    return block;
}

}  // namespace bezant
