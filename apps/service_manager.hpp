// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace bezant::apps {

/// Tells the service manager that started this process that it is ready, if that asked to be told:
/// a datagram to $NOTIFY_SOCKET, as sd_notify(3) describes it. Nothing depends on its being heard.
void say_ready();

}  // namespace bezant::apps
