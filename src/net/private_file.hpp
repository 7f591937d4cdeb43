// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include "base/bytes.hpp"
#include "base/result.hpp"
#include "crypto/secret.hpp"
#include "net/start_error.hpp"

namespace bezant::net {

/// A folder that nobody but this user may enter; made if it does not exist, parents too. When this
/// returns well it is on the disk.
[[nodiscard]] Result<void, StartError> make_private_folder(const std::filesystem::path& folder);

/// The bytes of a file of at most `bytes_max`; nothing if there is no such file. One that others
/// may read is refused, for it was to be a secret.
[[nodiscard]] Result<std::optional<SecretBuffer>, StartError> read_private_file(
    const std::filesystem::path& path, std::size_t bytes_max);

/// What may happen to a file of that name which is there already.
enum class Existing : std::uint8_t { replace, keep };

/// Writes a file that nobody but this user may read. When this returns well it is on the disk,
/// whole: a new file beside it is written through and then takes the name. Else there is what there
/// was before. With `keep`, a name that is taken is refused, whoever took it and when.
[[nodiscard]] Result<void, StartError> write_private_file(const std::filesystem::path& path,
                                                          ByteView bytes,
                                                          Existing existing = Existing::replace);

/// A new file that nobody but this user may read, and that grows at its end.
class PrivateStream {
public:
    /// A name that is taken is refused.
    [[nodiscard]] static Result<PrivateStream, StartError> make(const std::filesystem::path& path);
    PrivateStream(PrivateStream&&) noexcept;
    PrivateStream& operator=(PrivateStream&&) noexcept;
    ~PrivateStream();

    /// Puts bytes at the end. When this returns well they outlive this process, however it ends,
    /// but not the loss of power. Else some of them may be there, and the text says why not all.
    [[nodiscard]] Result<void, std::string> append(ByteView bytes);

private:
    class Descriptor;
    explicit PrivateStream(std::unique_ptr<Descriptor> file);

    std::unique_ptr<Descriptor> file_;
};

/// Whether something has this name, be it a link to nowhere.
[[nodiscard]] bool is_taken(const std::filesystem::path& path);

}  // namespace bezant::net
