// SPDX-License-Identifier: Apache-2.0
#include "apps/signature_workers.hpp"

#include <thread>

namespace bezant::apps {

std::unique_ptr<net::SignaturePool> make_signature_workers() {
    const unsigned processors = std::thread::hardware_concurrency();
    return processors < 2 ? nullptr : std::make_unique<net::SignaturePool>(processors - 1);
}

}  // namespace bezant::apps
