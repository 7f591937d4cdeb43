// SPDX-License-Identifier: Apache-2.0
#include "wallet/wallet_file.hpp"

#include "base/check.hpp"
#include "wallet/file_frame.hpp"

namespace bezant::wallet {

namespace {

/// What lies before the sealed secret, and is associated with it.
Bytes head_of(const BlockHash& genesis, const KeyAccount& account, const SealLock* lock) {
    Bytes bytes;
    Encoder out{bytes};
    begin_file(out, wallet_file_magic, wallet_file_version);
    out.raw(genesis.view());
    out.u32(account.coin_type);
    out.u32(account.account);
    out.u8(lock == nullptr ? 0 : 1);
    if (lock == nullptr) return bytes;
    out.u32(lock->cost.passes);
    out.u32(lock->cost.memory_kib);
    out.raw(lock->salt.view());
    out.raw(lock->nonce.view());
    return bytes;
}

void encode_branch(Encoder& out, const BranchKeys& branch) {
    out.u32(branch.used);
    out.u32(branch.issued);
    out.size(branch.keys.size());
    for (const PublicKey& key : branch.keys) out.raw(key.view());
}

std::uint32_t decode_child_index(Decoder& in, std::string_view field) {
    const std::uint32_t index = in.u32(field);
    if (index >= child_index_end) in.fail(DecodeReason::bad_value, field);
    return index;
}

SealCost decode_cost(Decoder& in) {
    SealCost cost = seal_cost_min;
    cost.passes = in.u32("passes");
    if (!is_bearable(cost)) in.fail(DecodeReason::bad_value, "passes");
    cost.memory_kib = in.u32("memory");
    if (!is_bearable(cost)) in.fail(DecodeReason::bad_value, "memory");
    return cost;
}

std::optional<SealedSecret> decode_secret(Decoder& in) {
    const std::uint8_t is_sealed = in.u8("sealed");
    if (is_sealed > 1) in.fail(DecodeReason::bad_value, "sealed");
    if (is_sealed != 1) return std::nullopt;
    SealedSecret secret;
    secret.lock.cost = decode_cost(in);
    secret.lock.salt = in.fixed<SealSalt>("salt");
    secret.lock.nonce = in.fixed<SealNonce>("nonce");
    secret.box = in.fixed<SealedSecret::Box>("sealed secret");
    return secret;
}

BranchKeys decode_branch(Decoder& in) {
    BranchKeys branch;
    branch.used = in.u32("used");
    branch.issued = in.u32("issued");
    branch.keys.resize(in.size("key count", PublicKey::size()));
    if (std::max(branch.used, branch.issued) > branch.keys.size()) {
        in.fail(DecodeReason::bad_value, "key count");
    }
    for (PublicKey& key : branch.keys) key = in.fixed<PublicKey>("public key");
    return branch;
}

std::uint32_t decode_gap_limit(Decoder& in) {
    const std::uint32_t gap_limit = in.u32("gap limit");
    if (gap_limit == 0 || gap_limit > gap_limit_max) in.fail(DecodeReason::bad_value, "gap limit");
    return gap_limit;
}

}  // namespace

Result<WalletFile, SecretError> make_wallet_file(const BlockHash& genesis, const Keyring& keyring,
                                                 const WalletSecret& secret,
                                                 std::string_view password, const SealLock& lock) {
    const Bytes head = head_of(genesis, keyring.account(), &lock);
    auto sealed = seal_secret(secret, password, lock, head);
    if (!sealed) return unexpected{sealed.error()};
    return WalletFile{genesis, keyring.account(), *sealed, keyring.gap_limit(), keyring.keys()};
}

WalletFile watch_only(const WalletFile& file) {
    WalletFile copy = file;
    copy.secret.reset();
    return copy;
}

Result<WalletSecret, SecretError> open_secret(const WalletFile& file, std::string_view password) {
    CHECK(file.secret, "a watch-only wallet has no secret to open");
    return open_secret(*file.secret, password,
                       head_of(file.genesis, file.account, &file.secret->lock));
}

void encode(Encoder& out, const WalletFile& file) {
    CHECK(is_sound(file.keys), "a wallet file holds sound keys");
    Bytes bytes = head_of(file.genesis, file.account, file.secret ? &file.secret->lock : nullptr);
    Encoder body{bytes};
    if (file.secret) body.raw(file.secret->box.view());
    body.u32(file.gap_limit);
    for (const BranchKeys& branch : file.keys) encode_branch(body, branch);
    end_file(body, bytes);
    out.raw(bytes);
}

Result<WalletFile, DecodeError> wallet_file_from_bytes(ByteView bytes) {
    Decoder in{bytes};
    WalletFile file;
    read_beginning(in, bytes, wallet_file_magic, wallet_file_version);
    file.genesis = in.fixed<BlockHash>("genesis");
    file.account.coin_type = decode_child_index(in, "coin type");
    file.account.account = decode_child_index(in, "account");
    file.secret = decode_secret(in);
    file.gap_limit = decode_gap_limit(in);
    for (BranchKeys& branch : file.keys) branch = decode_branch(in);
    if (!is_sound(file.keys)) in.fail(DecodeReason::bad_value, "public key");
    if (const auto end = read_end(in, bytes); !end) return unexpected{end.error()};
    return file;
}

}  // namespace bezant::wallet
