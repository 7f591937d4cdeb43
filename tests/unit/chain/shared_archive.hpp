// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "chain/archive.hpp"
#include "tests/support/chain_builder.hpp"

namespace bezant::test {

/// Counts the signatures that really are verified.
class CountingVerifier final : public SignatureVerifier {
public:
    [[nodiscard]] bool is_valid(const PublicKey& key, const Hash256& message,
                                const Signature& signature) override {
        ++count_;
        return direct_.is_valid(key, message, signature);
    }
    [[nodiscard]] std::size_t count() const { return count_; }

private:
    DirectVerifier direct_;
    std::size_t count_ = 0;
};

/// An archive with all blocks of a builder, each by the builder's number. Blocks are grown before
/// it is made, or brought in by `add`.
class SharedArchive {
public:
    explicit SharedArchive(ChainBuilder& builder)
        : builder_(builder), archive_(builder.parameters(), verifier_) {
        add();
    }

    /// Takes in what the builder has grown since.
    void add() {
        while (indices_.size() < builder_.size())
            indices_.push_back(*archive_.add_block(builder_[indices_.size()].block));
    }

    [[nodiscard]] Archive& archive() { return archive_; }
    [[nodiscard]] BlockIndex index(std::size_t number) const { return indices_.at(number); }
    [[nodiscard]] std::size_t verified() const { return verifier_.count(); }

private:
    ChainBuilder& builder_;
    CountingVerifier verifier_;
    Archive archive_;
    std::vector<BlockIndex> indices_{genesis_index};
};

}  // namespace bezant::test
