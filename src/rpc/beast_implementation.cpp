// SPDX-License-Identifier: Apache-2.0
// What of Boost.Beast is not templates.
#include <boost/beast/src.hpp>
