// SPDX-License-Identifier: Apache-2.0
// Holds the examples of docs/formats.md, "Work for mining programs", to the code. A failure prints
// the example as it should be.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <boost/json.hpp>

#include "base/hex.hpp"
#include "ledger/codec.hpp"
#include "mining/getwork.hpp"
#include "mining/stratum_job.hpp"
#include "tests/support/annotated.hpp"
#include "tests/support/document_examples.hpp"
#include "tests/support/example_ledger.hpp"

namespace bezant::mining {
namespace {

/// Each four bytes in the opposite order.
Bytes turned(Bytes bytes) {
    for (auto word = bytes.begin(); word != bytes.end(); word += 4) std::reverse(word, word + 4);
    return bytes;
}

Bytes turned(std::uint32_t value) {
    Bytes bytes;
    for (unsigned shift = 32; shift > 0; shift -= 8)
        bytes.push_back(static_cast<Byte>(value >> (shift - 8)));
    return bytes;
}

Bytes turned(ByteView bytes) { return turned(Bytes{bytes.begin(), bytes.end()}); }

class WorkDocument : public testing::Test {
protected:
    const Block block = example_ledger().block;
    const BlockHeader& header = block.header;
    Annotated expected;
};

TEST_F(WorkDocument, Getwork) {
    Bytes padding(48);
    padding[0] = 0x80;
    padding[46] = 0x02;
    padding[47] = 0x80;
    expected.raw(turned(header.version), fmt::format("version = {}", header.version));
    expected.raw(turned(header.previous.view()), "previous block");
    expected.raw(turned(header.merkle_root.view()), "merkle root");
    expected.raw(turned(header.time), fmt::format("time = {}", header.time));
    expected.raw(turned(header.target.value),
                 fmt::format("target = {:#010x}", header.target.value));
    expected.raw(turned(header.nonce), fmt::format("nonce = {}", header.nonce));
    expected.raw(turned(padding), "padding");
    const std::string shown = example("getwork");
    EXPECT_EQ(shown, expected.lines());
    const GetworkData data = getwork_data(header);
    EXPECT_EQ(bytes_of_example(shown), Bytes(data.begin(), data.end()));
    EXPECT_EQ(header_in_getwork_data(bytes_of_example(shown)), header);
    expect_fields_in_tables(shown);
}

TEST_F(WorkDocument, StratumJob) {
    const BlockWork work{block, 0};
    const Bytes client{1, 0, 0, 0};
    const Bytes rolled{0, 0, 0, 0, 0, 0, 0, 2};
    Bytes before = encoded(block.transactions.front());
    const Bytes behind(before.begin() + 37, before.end());
    before.resize(5);
    before.resize(25);
    const FullTransactionId payment = full_transaction_id(block.transactions.back());
    expected.raw(turned(header.previous.view()), "previous block");
    expected.raw(before, "coinbase before");
    expected.raw(client, "program's extranonce");
    expected.raw(rolled, "rolled extranonce");
    expected.raw(behind, "coinbase behind");
    expected.raw(payment.view(), "branch");
    expected.raw(turned(header.version), fmt::format("version = {}", header.version));
    expected.raw(turned(header.target.value),
                 fmt::format("target = {:#010x}", header.target.value));
    expected.raw(turned(header.time), fmt::format("time = {}", header.time));
    Solution solution{.extranonce = {}, .time = header.time, .nonce = 0};
    std::ranges::copy(client, solution.extranonce.begin() + 20);
    std::ranges::copy(rolled, solution.extranonce.begin() + 24);
    Block made = block;
    made.transactions.front().inputs.front().previous.transaction = {solution.extranonce};
    const MerkleRoot root = merkle_root(made);
    expected.derived("merkle root", to_hex(root.view()));
    const std::string shown = example("stratum_job");
    EXPECT_EQ(shown, expected.lines());
    EXPECT_EQ(work.header_with(solution).merkle_root, root);
    expect_fields_in_tables(shown);

    const auto params =
        boost::json::parse(notify_params(work, "1f", true, client.size() + rolled.size()));
    EXPECT_EQ(params,
              (boost::json::array{"1f", to_hex(turned(header.previous.view())), to_hex(before),
                                  to_hex(behind), boost::json::array{to_hex(payment.view())},
                                  "00000001", "207fffff", to_hex(turned(header.time)), true}));
}

}  // namespace
}  // namespace bezant::mining
