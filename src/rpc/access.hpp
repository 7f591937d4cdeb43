// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace bezant::rpc {

// Who may call. Each of these is a question of one line of a request, without the rest of it.

/// Whether a `Host` header names this machine in a way that no stranger can bring about: by an
/// address, as `localhost`, or by one of these names. Other names can be made to point here by
/// whoever owns them, so that a browser takes us for that stranger's own server (DNS rebinding).
[[nodiscard]] bool is_trusted_host(std::string_view host, std::span<const std::string> names);

/// Whether an `Origin` header is that of a page which this server itself gave, when it was called
/// by this (trusted) host.
[[nodiscard]] bool is_own_origin(std::string_view origin, std::string_view host);

/// Whether two texts are the same, in a time that depends on their lengths only: how much of a
/// secret was right must not be told by the clock.
[[nodiscard]] bool equal_in_constant_time(std::string_view left, std::string_view right);

/// RFC 4648, section 4.
[[nodiscard]] std::string base64(std::string_view bytes);

/// What the `Authorization` header of whoever knows user and password says (RFC 7617).
[[nodiscard]] std::string basic_authorization(std::string_view user_and_password);

}  // namespace bezant::rpc
