// SPDX-License-Identifier: Apache-2.0
#include "chain/transaction_table.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cstring>

#include "crypto/hash.hpp"

namespace bezant {
namespace {

FullTransactionId id_of(std::uint32_t number) {
    std::array<Byte, sizeof(number)> bytes{};
    std::memcpy(bytes.data(), &number, sizeof(number));
    return {sha256(bytes).bytes};  // tables take ids for random
}

TransactionFact fact_of(std::uint32_t number) {
    TransactionFact fact;
    fact.full_id = id_of(number);
    fact.bytes = 10;
    return fact;
}

TEST(TransactionTable, ANameIsKeptWhenTheContentComes) {
    TransactionTable table;
    const TransactionIndex named = table.name(id_of(1));
    EXPECT_EQ(table.name(id_of(1)), named);
    EXPECT_FALSE(table.is_known(named));
    EXPECT_EQ(table[named].full_id, id_of(1));
    EXPECT_NE(table.add(fact_of(2)), named);
    EXPECT_EQ(table.add(fact_of(1)), named);
    EXPECT_TRUE(table.is_known(named));
    EXPECT_EQ(table.name(id_of(1)), named);
    EXPECT_EQ(table.size(), 2U);
}

TEST(TransactionTable, NamesWithoutContentAreBounded) {
    TransactionTable table;
    const TransactionIndex known = table.name(id_of(0));
    table.add(fact_of(0));
    for (std::uint32_t i = 1; i < unknown_names_max; ++i) table.name(id_of(i));
    EXPECT_EQ(table.size(), unknown_names_max);
    const TransactionIndex oldest = *table.find(id_of(1));
    table.name(id_of(1'000'000));
    EXPECT_EQ(table.size(), unknown_names_max + 1) << "a name with content is never taken away";
    EXPECT_EQ(table.name(id_of(2'000'000)), oldest);
    EXPECT_EQ(table.size(), unknown_names_max + 1);
    EXPECT_FALSE(table.find(id_of(1)));
    EXPECT_EQ(table[oldest].full_id, id_of(2'000'000));
    EXPECT_EQ(table.find(id_of(0)), known);
    for (std::uint32_t i = 0; i < unknown_names_max; ++i) table.name(id_of(3'000'000 + i));
    EXPECT_EQ(table.size(), unknown_names_max + 1);
}

}  // namespace
}  // namespace bezant
