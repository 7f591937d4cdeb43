// SPDX-License-Identifier: Apache-2.0
#include "wallet/wallet_secret.hpp"

#include <algorithm>
#include <optional>

#include "base/check.hpp"
#include "crypto/mnemonic.hpp"
#include "ledger/codec.hpp"

namespace bezant::wallet {

namespace {

constexpr std::size_t entropy_bytes_max = 32;

bool is_sound(const WalletSecret& secret) {
    return is_mnemonic_entropy_size(secret.entropy.size()) &&
           secret.passphrase.size() <= passphrase_bytes_max &&
           is_mnemonic_passphrase(as_text(secret.passphrase));
}

// Not the ledger's encoder: its bytes are not wiped.
void append_padded(SecretBuffer& out, const SecretBuffer& value, std::size_t width) {
    out.push_back(static_cast<Byte>(value.size()));
    out.insert(out.end(), value.begin(), value.end());
    out.insert(out.end(), width - value.size(), Byte{0});
}

/// Nothing if a byte after the value is set, or the value would be longer than its room.
std::optional<SecretBuffer> read_padded(Decoder& in, std::size_t width) {
    const std::size_t size = in.u8("length");
    const ByteView room = in.raw(width, "value");
    if (in.failed() || size > width) return std::nullopt;
    const bool clean = std::ranges::all_of(room.subspan(size), [](Byte byte) { return byte == 0; });
    if (!clean) return std::nullopt;
    return secret_copy(room.first(size));
}

SecretError as_secret_error(SealError error) {
    return error == SealError::out_of_memory ? SecretError::out_of_memory
                                             : SecretError::wrong_password_or_altered;
}

}  // namespace

SecretBytes<64> WalletSecret::seed() const { return mnemonic_seed(entropy, as_text(passphrase)); }

std::string_view to_text(SecretError error) {
    switch (error) {
        case SecretError::wrong_password_or_altered:
            return bezant::to_text(SealError::wrong_password_or_altered);
        case SecretError::out_of_memory:
            return bezant::to_text(SealError::out_of_memory);
        case SecretError::malformed:
            return "the password is right, but what it locks up is no secret of a wallet";
    }
    CHECK(false, "every error has a text");
}

SecretBuffer encoded_secret(const WalletSecret& secret) {
    CHECK(is_sound(secret), "a secret is made of sound entropy and a sound passphrase");
    SecretBuffer bytes;
    append_padded(bytes, secret.entropy, entropy_bytes_max);
    append_padded(bytes, secret.passphrase, passphrase_bytes_max);
    return bytes;
}

Result<WalletSecret, SecretError> secret_from_bytes(ByteView bytes) {
    Decoder in{bytes};
    auto entropy = read_padded(in, entropy_bytes_max);
    auto passphrase = read_padded(in, passphrase_bytes_max);
    if (!entropy || !passphrase || !in.finish()) return unexpected{SecretError::malformed};
    WalletSecret secret{std::move(*entropy), std::move(*passphrase)};
    if (!is_sound(secret)) return unexpected{SecretError::malformed};
    return secret;
}

Result<SealedSecret, SecretError> seal_secret(const WalletSecret& secret, std::string_view password,
                                              const SealLock& lock, ByteView associated) {
    const auto box = seal(encoded_secret(secret), as_bytes(password), lock, associated);
    if (!box) return unexpected{as_secret_error(box.error())};
    SealedSecret sealed{lock, {}};
    CHECK(box->size() == sealed.box.size(), "every secret has the same size");
    std::ranges::copy(*box, sealed.box.bytes.begin());
    return sealed;
}

Result<WalletSecret, SecretError> open_secret(const SealedSecret& sealed, std::string_view password,
                                              ByteView associated) {
    const auto bytes = open_sealed(sealed.box.view(), as_bytes(password), sealed.lock, associated);
    if (!bytes) return unexpected{as_secret_error(bytes.error())};
    return secret_from_bytes(*bytes);
}

}  // namespace bezant::wallet
