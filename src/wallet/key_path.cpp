// SPDX-License-Identifier: Apache-2.0
#include "wallet/key_path.hpp"

namespace bezant::wallet {

namespace {

constexpr std::uint32_t test_coin_type = 1;
constexpr std::uint32_t main_coin_type = 0x425a54;

void append_step(std::string& text, std::uint32_t index) {
    text.append("/").append(std::to_string(index)).append("'");
}

}  // namespace

std::uint32_t coin_type_of(std::string_view address_prefix) {
    return address_prefix == "bzt" ? main_coin_type : test_coin_type;
}

std::string to_text(const KeyAccount& account, const KeyPath& path) {
    std::string text = "m/44'";
    append_step(text, account.coin_type);
    append_step(text, account.account);
    append_step(text, static_cast<std::uint32_t>(path.branch));
    append_step(text, path.index);
    return text;
}

}  // namespace bezant::wallet
