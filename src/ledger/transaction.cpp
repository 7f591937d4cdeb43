// SPDX-License-Identifier: Apache-2.0
#include "ledger/transaction.hpp"

#include "base/check.hpp"
#include "ledger/codec.hpp"

namespace bezant {

TransactionId transaction_id(const Transaction& transaction) {
    Bytes bytes;
    bytes.reserve(encoded_size(transaction));
    Encoder out{bytes};
    encode_without_signatures(out, transaction);
    return {tagged_hash("bezant/transaction-id", bytes).bytes};
}

FullTransactionId full_transaction_id(const Transaction& transaction) {
    return {double_sha256(encoded(transaction)).bytes};
}

PublicKeyHash public_key_hash(const PublicKey& key) {
    return {tagged_hash("bezant/public-key", key.view()).bytes};
}

Hash256 signature_message(const Transaction& transaction, std::span<const Output> spent,
                          const BlockHash& genesis) {
    CHECK(spent.size() == transaction.inputs.size(), "each input comes with the coin it spends");
    Bytes bytes;
    bytes.reserve(genesis.size_bytes + encoded_size(transaction) + spent.size() * output_bytes);
    Encoder out{bytes};
    out.raw(genesis.view());
    encode_without_signatures(out, transaction);
    for (const Output& coin : spent) encode(out, coin);
    return tagged_hash("bezant/signature", bytes);
}

Hash256 coinbase_signature_message(const Transaction& coinbase, const BlockHash& previous,
                                   const MerkleRoot& payments, const BlockHash& genesis) {
    CHECK(coinbase.is_coinbase(), "a miner signs a coinbase");
    Transaction unrolled = coinbase;
    unrolled.inputs.front().previous.transaction = {};
    Bytes bytes;
    Encoder out{bytes};
    out.raw(genesis.view());
    out.raw(previous.view());
    encode_without_signatures(out, unrolled);
    out.raw(payments.view());
    return tagged_hash("bezant/coinbase", bytes);
}

}  // namespace bezant
