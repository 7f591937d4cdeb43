// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "rpc/method_text.hpp"

namespace bezant::rpc {
namespace {

TEST(ApiDocument, IsMadeFromTheTable) {
    std::ifstream file{BEZANT_SOURCE_DIR "/docs/api.md"};
    std::stringstream text;
    text << file.rdbuf();
    EXPECT_TRUE(text.str() == api_document())
        << "docs/api.md is not what the method table says; make it anew:\n"
           "  bezant rpc --document > docs/api.md";
}

}  // namespace
}  // namespace bezant::rpc
