// SPDX-License-Identifier: Apache-2.0
#include "chain/ledger_verification.hpp"

#include "ledger/ledger_file.hpp"

namespace bezant {

namespace {

LedgerFault frame_fault(const DecodeError& error, std::optional<Height> height = {}) {
    return {height, {}, {}, std::string{to_text(error.reason)}, to_text(error)};
}

}  // namespace

Result<LedgerAccount, LedgerFault> verify_ledger(
    ByteView file, SignatureVerifier& signatures,
    const std::function<void(Height, std::uint32_t block_count)>& progress) {
    auto reader = LedgerReader::open(file);
    if (!reader) return unexpected(frame_fault(reader.error()));
    ChainVerification chain{reader->parameters(), signatures};
    for (Height height{1}; reader->blocks_left() > 0; height = next(height)) {
        const auto entry = reader->next_block();
        if (!entry) return unexpected(frame_fault(entry.error(), height));
        if (auto added = chain.add(entry->block); !added) return unexpected(added.error());
        if (progress) progress(height, reader->block_count());
    }
    if (auto sound = reader->check_trailer(); !sound) return unexpected(frame_fault(sound.error()));
    return chain.close();
}

}  // namespace bezant
