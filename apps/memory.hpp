// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace bezant::apps {

/// For a process that lives long, and whose memory strangers must not swell: what is freed from now
/// on goes back to the system at once.
void give_freed_memory_back();

/// For a process that ends with its work, and goes through much memory in no order: what it
/// allocates from now on lies in pages of two megabytes, where the system allows it, so that the
/// processor finds their places sooner, and what is freed is kept for later. Takes a few megabytes
/// more.
void use_memory_freely();

}  // namespace bezant::apps
