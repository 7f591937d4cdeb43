// SPDX-License-Identifier: Apache-2.0
#include "apps/memory.hpp"

#ifdef BEZANT_MIMALLOC
#include <mimalloc.h>
#endif

namespace bezant::apps {

void give_freed_memory_back() {
#ifdef BEZANT_MIMALLOC
    mi_option_set(mi_option_decommit_delay, 0);
    mi_option_set(mi_option_segment_decommit_delay, 0);
#endif
}

void use_memory_freely() {
#ifdef BEZANT_MIMALLOC
    mi_option_enable(mi_option_large_os_pages);
    mi_option_disable(mi_option_allow_decommit);
#endif
}

}  // namespace bezant::apps
