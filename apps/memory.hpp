// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace bezant::apps {

/// For a process that lives long, and whose memory strangers must not swell: what is freed from now
/// on goes back to the system at once.
void give_freed_memory_back();

}  // namespace bezant::apps
