// SPDX-License-Identifier: Apache-2.0
// The methods and paths that ask the node's index: any transaction, and what any address did and
// has.
#include <gtest/gtest.h>

#include "ledger/address.hpp"
#include "rpc/ledger_json.hpp"
#include "rpc/rest.hpp"
#include "storage/ledger_index.hpp"
#include "storage/ledger_storage.hpp"
#include "tests/support/temporary_folder.hpp"
#include "tests/unit/rpc/caller.hpp"

namespace bezant::test {
namespace {

using rpc::shown_hash;

/// A store with the best chain of a fake node, which has none, and its index.
class IndexOf {
public:
    explicit IndexOf(FakeNode& node)
        : node_(node),
          ledger_(storage::StoredLedger::open(folder_.file("store"), node.archive().parameters())
                      .value()),
          archive_(node.archive().parameters(), verifier_, {.stored = ledger_.get()}),
          storage_(*ledger_, archive_),
          index_(*ledger_, archive_) {
        CHECK(storage_.load(), "the store is sound");
        node.kept_index = &index_;
    }

    void follow() {
        const LocalChain& chain = node_.participant().chain();
        for (std::uint32_t height = 1; height <= chain.height().value; ++height) {
            const Block block = node_.archive().assemble(chain.block_at(Height{height}));
            const BlockIndex added = archive_.add_block(block).value();
            if (archive_.blocks().is_ancestor(added, archive_.stored_tip())) continue;
            CHECK(archive_.block_fault(added) == nullptr, "it is good there, too");
            CHECK(storage_.append(added) && storage_.sync(added), "it fits");
        }
    }
    void scan(std::size_t transactions_max = 1'000) {
        CHECK(index_.scan(transactions_max), "it fits");
    }

private:
    FakeNode& node_;
    TemporaryFolder folder_;
    DirectVerifier verifier_;
    std::unique_ptr<storage::StoredLedger> ledger_;
    Archive archive_;
    storage::LedgerStorage storage_;
    storage::LedgerIndex index_;
};

/// Three payments of the owner's to Bob, each in a block.
class IndexMethods : public testing::Test {
protected:
    IndexMethods() {
        for (std::uint32_t coin = 0; coin < 3; ++coin) {
            payments.push_back(node.payment(node.coin(coin), bob));
            blocks.push_back(node.extend({payments.back()}, Amount{1'000}));
        }
        index.follow();
    }

    [[nodiscard]] std::string id(std::size_t payment) const {
        return shown_hash(transaction_id(payments.at(payment)));
    }
    [[nodiscard]] std::string block_of(std::size_t payment) const {
        return shown_hash(node.archive().blocks()[blocks.at(payment)].hash);
    }
    [[nodiscard]] std::string address_of(const Person& person) const {
        return bezant::address_of(person.owner, node.archive().parameters().address_prefix);
    }
    json::object rest(const std::string& path) {
        const auto answer = rpc::answer_rest(node, "/rest/" + path);
        CHECK(answer, "it is there");
        return json::parse(answer->body).as_object();
    }
    unsigned rest_error(const std::string& path) {
        const auto answer = rpc::answer_rest(node, "/rest/" + path);
        return answer ? 200 : answer.error().status;
    }

    FakeNode node;
    Caller caller{node};
    const Person bob{"bob"};
    std::vector<Transaction> payments;
    std::vector<BlockIndex> blocks;
    IndexOf index{node};
};

TEST_F(IndexMethods, InfoTellsHowFarItHasCome) {
    json::object info = caller.object("getindexinfo");
    ASSERT_EQ(info.size(), 2U);
    EXPECT_EQ(info.at("txindex").at("synced"), false);
    EXPECT_EQ(info.at("txindex").at("best_block_height"), 0);
    index.scan(2);
    EXPECT_EQ(caller.object("getindexinfo").at("addressindex").at("best_block_height"), 1);
    index.scan();
    info = caller.object("getindexinfo", arguments("txindex"));
    ASSERT_EQ(info.size(), 1U);
    EXPECT_EQ(info.at("txindex").at("synced"), true);
    EXPECT_EQ(info.at("txindex").at("best_block_height"), 3);
    EXPECT_TRUE(caller.object("getindexinfo", arguments("other")).empty());
    node.kept_index = nullptr;
    EXPECT_TRUE(caller.object("getindexinfo").empty());
}

TEST_F(IndexMethods, AnyTransactionIsFound) {
    index.scan();
    const json::object found = caller.object("getrawtransaction", arguments(id(1), "1"));
    EXPECT_EQ(found.at("txid").as_string(), id(1));
    EXPECT_EQ(found.at("blockhash").as_string(), block_of(1));
    EXPECT_EQ(found.at("confirmations"), 2);
    EXPECT_EQ(found.at("in_active_chain"), true);
    EXPECT_EQ(caller.result("getrawtransaction", arguments(id(1))).as_string(),
              rpc::transaction_in_hex(payments[1]));
    EXPECT_EQ(rest("tx/" + id(1) + ".json").at("blockhash").as_string(), block_of(1));
    const std::string nothing(64, '7');
    EXPECT_EQ(caller.error("getrawtransaction", arguments(nothing)), -5);
    EXPECT_EQ(rest_error("tx/" + nothing + ".json"), 404U);
}

TEST_F(IndexMethods, WhatAnAddressHas) {
    index.scan();
    json::object balance = caller.object("getaddressbalance", arguments(address_of(bob)));
    EXPECT_EQ(balance.at("address").as_string(), address_of(bob));
    EXPECT_EQ(balance.at("txcount"), 3);
    EXPECT_NE(caller.answer("getaddressbalance", arguments(address_of(bob)))
                  .find(R"("balance":2.99997000)"),
              std::string::npos);
    EXPECT_EQ(rest("address/" + address_of(bob) + ".json"), balance);
    // Of the ten coins that the genesis block gave the owner, three are spent.
    balance = caller.object("getaddressbalance", arguments(address_of(node.owner)));
    EXPECT_EQ(balance.at("txcount"), 4);
    balance = caller.object("getaddressbalance", arguments(address_of(Person{"nobody"})));
    EXPECT_EQ(balance.at("txcount"), 0);
}

TEST_F(IndexMethods, HistoryComesPageByPage) {
    index.scan();
    const std::string bobs = address_of(bob);
    const json::object first = caller.object("getaddresshistory", arguments(bobs, "2"));
    const json::array& lines = first.at("transactions").as_array();
    ASSERT_EQ(lines.size(), 2U);
    EXPECT_EQ(lines[0].at("txid").as_string(), id(2));
    EXPECT_EQ(lines[0].at("blockheight"), 3);
    EXPECT_EQ(lines[0].at("blockindex"), 1);
    EXPECT_EQ(lines[0].at("blockhash").as_string(), block_of(2));
    EXPECT_EQ(lines[0].at("confirmations"), 1);
    EXPECT_EQ(first.at("next").as_string(), id(1));
    EXPECT_NE(caller.answer("getaddresshistory", arguments(bobs, "1"))
                  .find(R"("received":0.99999000,"spent":0.00000000,"balance":2.99997000)"),
              std::string::npos);
    const json::object rest_of_it =
        caller.object("getaddresshistory", arguments(bobs, "2,\"" + id(1) + "\""));
    ASSERT_EQ(rest_of_it.at("transactions").as_array().size(), 1U);
    EXPECT_EQ(rest_of_it.at("transactions").at(0).at("txid").as_string(), id(0));
    EXPECT_FALSE(rest_of_it.contains("next"));
    EXPECT_EQ(rest("addresshistory/2/" + bobs + ".json"), first);
    EXPECT_EQ(rest("addresshistory/2/" + bobs + "/" + id(1) + ".json"), rest_of_it);
}

TEST_F(IndexMethods, CoinsComePageByPage) {
    index.scan();
    const std::string bobs = address_of(bob);
    const json::object first = caller.object("getaddressutxos", arguments(bobs, "2"));
    const json::array& coins = first.at("coins").as_array();
    ASSERT_EQ(coins.size(), 2U);
    EXPECT_EQ(coins[1].at("txid").as_string(), id(1));
    EXPECT_EQ(coins[1].at("vout"), 0);
    EXPECT_EQ(coins[1].at("blockheight"), 2);
    EXPECT_EQ(coins[1].at("confirmations"), 2);
    EXPECT_EQ(coins[1].at("coinbase"), false);
    const std::string next{first.at("next").as_string()};
    EXPECT_EQ(next, id(1) + ":0");
    const json::object rest_of_it =
        caller.object("getaddressutxos", arguments(bobs, "2,\"" + next + "\""));
    ASSERT_EQ(rest_of_it.at("coins").as_array().size(), 1U);
    EXPECT_EQ(rest_of_it.at("coins").at(0).at("txid").as_string(), id(0));
    EXPECT_FALSE(rest_of_it.contains("next"));
    EXPECT_EQ(rest("addressutxos/2/" + bobs + ".json"), first);
    EXPECT_EQ(rest("addressutxos/2/" + bobs + "/" + next + ".json"), rest_of_it);
    const json::object mined = caller.object("getaddressutxos", arguments(address_of(node.miner)));
    EXPECT_EQ(mined.at("coins").at(0).at("coinbase"), true);
}

TEST_F(IndexMethods, WhatCannotBeAskedIsRefused) {
    index.scan();
    const std::string bobs = address_of(bob);
    const std::string nothing(64, '7');
    for (const char* method : {"getaddressbalance", "getaddresshistory", "getaddressutxos"})
        EXPECT_EQ(caller.error(method, arguments("bzt1nonsense")), -5);
    for (const char* method : {"getaddresshistory", "getaddressutxos"}) {
        EXPECT_EQ(caller.error(method, arguments(bobs, "0")), -8);
        EXPECT_EQ(caller.error(method, arguments(bobs, "1001")), -8);
        EXPECT_EQ(caller.error(method, arguments(bobs, "1000")), 0);
    }
    EXPECT_EQ(caller.error("getaddresshistory", arguments(bobs, "2,\"" + nothing + "\"")), -5);
    EXPECT_EQ(caller.error("getaddressutxos", arguments(bobs, "2,\"" + nothing + ":0\"")), -5);
    for (const std::string& coin : {nothing, nothing + ":", nothing + ":x", std::string{":0"}})
        EXPECT_EQ(caller.error("getaddressutxos", arguments(bobs, "2,\"" + coin + "\"")), -8);
    EXPECT_EQ(rest_error("address/nonsense.json"), 400U);
    EXPECT_EQ(rest_error("addresshistory/0/" + bobs + ".json"), 400U);
    EXPECT_EQ(rest_error("addresshistory/x/" + bobs + ".json"), 400U);
    EXPECT_EQ(rest_error("addresshistory/2/" + bobs + "/12.json"), 400U);
    EXPECT_EQ(rest_error("addresshistory/2/" + bobs + "/" + nothing + ".json"), 404U);
    EXPECT_EQ(rest_error("addressutxos/2/" + bobs + "/" + nothing + ".json"), 400U);
    EXPECT_EQ(rest_error("addressutxos/2/" + bobs + "/" + nothing + ":0.json"), 404U);
}

TEST_F(IndexMethods, WhatIsNotReadYetOrNotKeptIsTold) {
    for (const char* method : {"getaddressbalance", "getaddresshistory", "getaddressutxos"}) {
        EXPECT_EQ(caller.error(method, arguments(address_of(bob))), -1);
        EXPECT_NE(caller.complaint(method, arguments(address_of(bob))).find("0 of 3"),
                  std::string::npos);
    }
    EXPECT_EQ(caller.error("getrawtransaction", arguments(id(1))), -1);
    EXPECT_EQ(rest_error("address/" + address_of(bob) + ".json"), 404U);
    node.kept_index = nullptr;
    for (const char* method : {"getaddressbalance", "getaddresshistory", "getaddressutxos"}) {
        EXPECT_EQ(caller.error(method, arguments(address_of(bob))), -1);
        EXPECT_NE(caller.complaint(method, arguments(address_of(bob))).find("--index"),
                  std::string::npos);
    }
    EXPECT_EQ(caller.error("getrawtransaction", arguments(id(1))), -5);
    EXPECT_NE(caller.complaint("getrawtransaction", arguments(id(1))).find("--index"),
              std::string::npos);
    EXPECT_EQ(rest_error("tx/" + id(1) + ".json"), 404U);
}

}  // namespace
}  // namespace bezant::test
