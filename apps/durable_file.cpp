// SPDX-License-Identifier: Apache-2.0
#include "apps/durable_file.hpp"

namespace bezant::apps {

Outcome<void> write_durably(const std::filesystem::path& path, ByteView bytes,
                            net::Existing existing) {
    const auto written = net::write_private_file(path, bytes, existing);
    if (written) return {};
    std::error_code ignored;
    const bool taken = existing == net::Existing::keep &&
                       std::filesystem::exists(std::filesystem::symlink_status(path, ignored));
    return unexpected{Failure{.code = taken ? ExitCode::input : ExitCode::environment,
                              .what = written.error().what,
                              .advice = written.error().advice}};
}

}  // namespace bezant::apps
