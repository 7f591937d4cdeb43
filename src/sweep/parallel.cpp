// SPDX-License-Identifier: Apache-2.0
#include "sweep/parallel.hpp"

#include <sched.h>

#include <algorithm>
#include <thread>

namespace bezant::sweep {

unsigned usual_threads() {
    cpu_set_t usable;
    if (sched_getaffinity(0, sizeof usable, &usable) == 0)
        return static_cast<unsigned>(std::max(1, CPU_COUNT(&usable)));
    return std::max(1U, std::thread::hardware_concurrency());
}

void on_threads(unsigned threads, const std::function<void(unsigned)>& body) {
    std::vector<std::jthread> others;
    for (unsigned number = 1; number < threads; ++number) others.emplace_back(body, number);
    body(0);
}

}  // namespace bezant::sweep
