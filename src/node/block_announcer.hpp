// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace bezant {

class Turn;

/// Tells of the new tip to all neighbours that do not have it, as far as we know: with the headers
/// of its ancestors that they lack, if they are few; or, if they lack it alone and want to, in
/// compact form. Nothing is said while we are far behind the best header known: the neighbours are
/// ahead of us, and are told when we get there.
void announce_tip(Turn& turn);

}  // namespace bezant
