// SPDX-License-Identifier: Apache-2.0
#include "ledger/transaction.hpp"

#include "base/check.hpp"
#include "ledger/codec.hpp"

namespace bezant {

namespace {

/// As tagged_hash, of a tag that was hashed before.
Hash256 hash_under(const Sha256& tag, ByteView message) {
    return Sha256{tag}.update(message).finish();
}

}  // namespace

TransactionId transaction_id(const Transaction& transaction) {
    static const Sha256 tag = tagged_hasher("bezant/transaction-id");
    Bytes bytes;
    bytes.reserve(encoded_size(transaction));
    Encoder out{bytes};
    encode_without_signatures(out, transaction);
    return {hash_under(tag, bytes).bytes};
}

FullTransactionId full_transaction_id(const Transaction& transaction) {
    return full_transaction_id(ByteView{encoded(transaction)});
}

FullTransactionId full_transaction_id(ByteView encoding) { return {double_sha256(encoding).bytes}; }

PublicKeyHash public_key_hash(const PublicKey& key) {
    static const Sha256 tag = tagged_hasher("bezant/public-key");
    return {hash_under(tag, key.view()).bytes};
}

Hash256 signature_message(const Transaction& transaction, std::span<const Output> spent,
                          const BlockHash& genesis) {
    static const Sha256 tag = tagged_hasher("bezant/signature");
    CHECK(spent.size() == transaction.inputs.size(), "each input comes with the coin it spends");
    Bytes bytes;
    bytes.reserve(genesis.size_bytes + encoded_size(transaction) + spent.size() * output_bytes);
    Encoder out{bytes};
    out.raw(genesis.view());
    encode_without_signatures(out, transaction);
    for (const Output& coin : spent) encode(out, coin);
    return hash_under(tag, bytes);
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
