// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "apps/failure.hpp"
#include "crypto/secret.hpp"

namespace bezant::apps {

/// Asks on the terminal, which shows nothing of what is typed. Without a terminal, or if the person
/// types Ctrl-C, there is none.
[[nodiscard]] Outcome<SecretBuffer> ask_secretly(std::string_view question);

/// The first line of a file, without its end.
[[nodiscard]] Outcome<SecretBuffer> secret_of_file(const std::string& path);

/// What standard input holds, up to an end of line if a person types it; at most 4,096 bytes.
[[nodiscard]] Outcome<SecretBuffer> secret_of_input();

/// The password that opens a wallet: from the file, or asked for.
[[nodiscard]] Outcome<SecretBuffer> password_from(const std::string& file);
/// A new one, asked for twice. Not an empty one.
[[nodiscard]] Outcome<SecretBuffer> new_password_from(const std::string& file);

/// Whether the person says yes. Without a terminal nobody does.
[[nodiscard]] bool confirm(std::string_view question);

/// Straight to standard output: no buffer keeps a copy.
void print_secret(ByteView text);

}  // namespace bezant::apps
