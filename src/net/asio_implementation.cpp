// SPDX-License-Identifier: Apache-2.0
// What of Boost.Asio is not templates.
#include <boost/asio/impl/src.hpp>
#include <boost/asio/ssl/impl/src.hpp>
