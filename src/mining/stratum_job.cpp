// SPDX-License-Identifier: Apache-2.0
#include "mining/stratum_job.hpp"

#include <fmt/format.h>

#include "base/hex.hpp"

namespace bezant::mining {

namespace {

/// Each four bytes turned round.
std::string hex_of_words(ByteView bytes) {
    constexpr std::size_t bytes_per_word = 4;
    std::string text;
    for (; !bytes.empty(); bytes = bytes.subspan(bytes_per_word))
        text += to_hex_reversed(bytes.first(bytes_per_word));
    return text;
}

std::string branch_text(const BlockWork& work) {
    std::string text;
    for (const Hash256& partner : work.branch())
        text += fmt::format("{}\"{}\"", text.empty() ? "" : ",", to_hex(partner.view()));
    return text;
}

}  // namespace

std::string notify_params(const BlockWork& work, const std::string& job, bool clean,
                          std::size_t bytes_to_fill) {
    const BlockHeader& header = work.block().header;
    const std::string zeros(2 * (Extranonce{}.size() - bytes_to_fill), '0');
    return fmt::format(R"(["{}","{}","{}","{}",[{}],"{:08x}","{:08x}","{:08x}",{}])", job,
                       hex_of_words(header.previous.view()),
                       to_hex(work.before_extranonce()) + zeros, to_hex(work.behind_extranonce()),
                       branch_text(work), header.version, header.target.value, header.time, clean);
}

}  // namespace bezant::mining
