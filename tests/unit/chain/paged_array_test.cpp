// SPDX-License-Identifier: Apache-2.0
#include "chain/paged_array.hpp"

#include <gtest/gtest.h>

#include <memory>

namespace bezant::test {
namespace {

TEST(PagedArray, KeepsWhatWasPushedInOrder) {
    PagedArray<std::size_t, 4> array;
    EXPECT_EQ(array.size(), 0U);
    for (std::size_t i = 0; i < 103; ++i) {
        array.push_back(i * i);
        ASSERT_EQ(array.size(), i + 1);
        for (std::size_t j = 0; j <= i; ++j) ASSERT_EQ(array[j], j * j);
    }
}

TEST(PagedArray, MovesNothingWhenItGrows) {
    PagedArray<std::unique_ptr<int>, 2> array;
    array.push_back(std::make_unique<int>(1));
    const std::unique_ptr<int>* const first = &array[0];
    for (int i = 2; i < 1'000; ++i) array.push_back(std::make_unique<int>(i));
    EXPECT_EQ(&array[0], first);
    EXPECT_EQ(**first, 1);
    EXPECT_EQ(*array[998], 999);
}

}  // namespace
}  // namespace bezant::test
