// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "base/bytes.hpp"
#include "ledger/block.hpp"
#include "ledger/parameters.hpp"

namespace bezant {

/// Bytes written as the examples of docs/formats.md are: a line a field, hexadecimal digits on the
/// left, name and value on the right. The obvious twin of the encoders: it shares no code with
/// them.
class Annotated {
public:
    void u8(std::uint8_t value, std::string_view name);
    void u16(std::uint16_t value, std::string_view name);
    void u32(std::uint32_t value, std::string_view name);
    void u64(std::uint64_t value, std::string_view name);
    void amount(Amount value, std::string_view name);
    void target(CompactTarget value, std::string_view name);
    void count(std::size_t value, std::string_view name);  ///< below 253
    void text(std::string_view value, std::string_view name);
    void raw(ByteView bytes, std::string_view name);
    /// What follows from the bytes.
    void derived(std::string_view name, std::string_view value);

    void header(const BlockHeader& header);
    void transaction(const Transaction& transaction);
    void block(const Block& block);
    void parameters(const Parameters& parameters);

    [[nodiscard]] const std::string& lines() const { return lines_; }
    [[nodiscard]] const Bytes& bytes() const { return bytes_; }

private:
    void field(ByteView bytes, std::string_view note);
    void integer(std::uint64_t value, std::size_t width, std::string_view name,
                 std::string_view shown);

    std::string lines_;
    Bytes bytes_;
};

}  // namespace bezant
