// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>

namespace bezant::net {

/// Tells what was put off, and may come too late, whether its owner is still there. A member of the
/// owner; all on one thread.
class Lifetime {
public:
    Lifetime() = default;
    Lifetime(const Lifetime&) = delete;
    Lifetime& operator=(const Lifetime&) = delete;
    ~Lifetime() { end(); }

    /// From now on the owner counts as gone.
    void end() { *lasts_ = false; }
    [[nodiscard]] std::shared_ptr<const bool> watch() const { return lasts_; }

private:
    std::shared_ptr<bool> lasts_ = std::make_shared<bool>(true);
};

}  // namespace bezant::net
