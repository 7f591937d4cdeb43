// SPDX-License-Identifier: Apache-2.0
// The methods of src/rpc/methods about the ledger: blocks, transactions, payments that wait.
#include <gtest/gtest.h>

#include "ledger/address.hpp"
#include "ledger/codec.hpp"
#include "rpc/ledger_json.hpp"
#include "tests/unit/rpc/caller.hpp"

namespace bezant::test {
namespace {

using rpc::shown_hash;

const std::string no_hash(64, '7');

class ChainMethods : public testing::Test {
protected:
    [[nodiscard]] std::string hash_of(BlockIndex block) {
        return shown_hash(node.archive().blocks()[block].hash);
    }
    /// Hands a payment in; it must be taken.
    std::string send(const Transaction& payment) {
        return std::string{
            caller.result("sendrawtransaction", arguments(rpc::transaction_in_hex(payment)))
                .as_string()};
    }
    std::int64_t error_of_sending(const Transaction& payment) {
        return caller.error("sendrawtransaction", arguments(rpc::transaction_in_hex(payment)));
    }
    std::string complaint_of_sending(const Transaction& payment) {
        return caller.complaint("sendrawtransaction", arguments(rpc::transaction_in_hex(payment)));
    }

    FakeNode node;
    Caller caller{node};
    const Person bob{"bob"};
};

TEST_F(ChainMethods, BlockchainInfo) {
    const BlockIndex tip = node.extend();
    node.announce(tip);
    const json::object info = caller.object("getblockchaininfo");
    EXPECT_EQ(info.at("chain"), "local");
    EXPECT_EQ(info.at("blocks"), 1);
    EXPECT_EQ(info.at("headers"), 2);
    EXPECT_EQ(info.at("bestblockhash").as_string(), hash_of(tip));
    EXPECT_EQ(info.at("bits"), "207fffff");
    EXPECT_EQ(info.at("time"), node.archive().blocks()[tip].header.time);
    EXPECT_EQ(info.at("chainwork").as_string(), std::string(63, '0') + "4");
    EXPECT_NE(caller.answer("getblockchaininfo").find(R"("supply":20.00000000,)"),
              std::string::npos);
    EXPECT_EQ(caller.result("getbestblockhash").as_string(), hash_of(tip));
    EXPECT_EQ(caller.result("getblockcount"), 1);
    EXPECT_EQ(caller.result("getdifficulty"), info.at("difficulty"));
    EXPECT_NEAR(info.at("difficulty").as_double(), 4.6565e-10, 1e-14);
}

TEST_F(ChainMethods, BlockHash) {
    const BlockIndex first = node.extend();
    EXPECT_EQ(caller.result("getblockhash", "[1]").as_string(), hash_of(first));
    EXPECT_EQ(caller.result("getblockhash", R"({"height":0})").as_string(),
              shown_hash(node.archive().parameters().genesis_hash));
    EXPECT_EQ(caller.error("getblockhash", "[2]"), -8);
    EXPECT_EQ(caller.complaint("getblockhash", "[4294967295]"),
              "there is no block of height 4294967295: the best chain ends at 1");
}

TEST_F(ChainMethods, BlockHeader) {
    const BlockIndex first = node.extend();
    const BlockIndex second = node.extend();
    const json::object header = caller.object("getblockheader", arguments(hash_of(first)));
    EXPECT_EQ(header.at("hash").as_string(), hash_of(first));
    EXPECT_EQ(header.at("confirmations"), 2);
    EXPECT_EQ(header.at("height"), 1);
    EXPECT_EQ(header.at("versionHex"), "00000001");
    EXPECT_EQ(header.at("nextblockhash").as_string(), hash_of(second));
    EXPECT_EQ(header.at("previousblockhash").as_string(), hash_of(genesis_index));
    EXPECT_EQ(caller.result("getblockheader", arguments(hash_of(first), "false")).as_string(),
              to_hex(encoded(node.archive().blocks()[first].header)));
    EXPECT_FALSE(
        caller.object("getblockheader", arguments(hash_of(second))).contains("nextblockhash"));
    EXPECT_FALSE(caller.object("getblockheader", arguments(hash_of(genesis_index)))
                     .contains("previousblockhash"));
    EXPECT_EQ(caller.error("getblockheader", arguments(no_hash)), -5);
    EXPECT_EQ(caller.error("getblockheader", "[\"12\"]"), -8);
}

TEST_F(ChainMethods, Block) {
    const Transaction payment = node.payment(node.coin(0), bob);
    const BlockIndex block = node.extend({payment}, Amount{1'000});
    const std::string hash = hash_of(block);
    const std::string bytes = to_hex(encoded(node.archive().assemble(block)));
    EXPECT_EQ(caller.result("getblock", arguments(hash, "0")).as_string(), bytes);
    EXPECT_EQ(caller.result("getblock", arguments(hash, "false")).as_string(), bytes);
    const json::object by_id = caller.object("getblock", arguments(hash));
    EXPECT_EQ(by_id.at("tx").as_array().at(1).as_string(), shown_hash(transaction_id(payment)));
    EXPECT_EQ(by_id.at("nTx"), 2);
    EXPECT_EQ(by_id.at("size"), bytes.size() / 2);
    EXPECT_EQ(by_id.at("miner").as_string(), address_of(node.miner.owner, "tbzt"));
    const std::string whole = caller.answer("getblock", arguments(hash, "2"));
    EXPECT_NE(whole.find(R"("fees":0.00001000,"issued":10.00000000,"supply":20.00000000)"),
              std::string::npos)
        << whole;
    EXPECT_NE(whole.find(R"("value":0.99999000)"), std::string::npos);
    EXPECT_EQ(caller.error("getblock", arguments(hash, "3")), -8);
    EXPECT_EQ(caller.error("getblock", arguments(no_hash)), -5);
    EXPECT_EQ(caller.error("getblock", arguments(hash_of(node.announce(block)))), -1);
}

TEST_F(ChainMethods, GenesisIsABlockLikeOthers) {
    const json::object genesis = caller.object("getblock", arguments(hash_of(genesis_index), "2"));
    EXPECT_EQ(genesis.at("height"), 0);
    EXPECT_EQ(genesis.at("confirmations"), 1);
}

TEST_F(ChainMethods, ChainTips) {
    const BlockIndex fork = node.extend();
    const BlockIndex best = node.extend();
    const BlockIndex rival = node.extend(fork);
    const BlockIndex header = node.announce(best);
    const auto tip_of = [&](BlockIndex block) {
        const json::array tips = caller.result("getchaintips").as_array();
        for (const json::value& tip : tips) {
            if (tip.at("hash").as_string() == hash_of(block)) return tip.as_object();
        }
        return json::object{};
    };
    EXPECT_EQ(tip_of(best).at("status"), "active");
    EXPECT_EQ(tip_of(best).at("branchlen"), 0);
    EXPECT_EQ(tip_of(rival).at("status"), "valid-fork");
    EXPECT_EQ(tip_of(rival).at("branchlen"), 1);
    EXPECT_EQ(tip_of(header).at("status"), "headers-only");
    EXPECT_EQ(tip_of(header).at("height"), 3);
    EXPECT_EQ(caller.result("getchaintips").as_array().size(), 3U);
    EXPECT_EQ(caller.object("getblockheader", arguments(hash_of(rival))).at("confirmations"), -1);
}

TEST_F(ChainMethods, TxOut) {
    const Transaction payment = node.payment(node.coin(0), bob);
    const std::string spent = shown_hash(node.coin(0).outpoint.transaction);
    const std::string created = shown_hash(transaction_id(payment));
    EXPECT_EQ(caller.object("gettxout", arguments(spent, "0")).at("confirmations"), 1);
    send(payment);
    EXPECT_TRUE(caller.result("gettxout", arguments(spent, "0")).is_null());
    EXPECT_FALSE(caller.result("gettxout", arguments(spent, "0,false")).is_null());
    EXPECT_TRUE(caller.result("gettxout", arguments(created, "0,false")).is_null());
    const json::object coin = caller.object("gettxout", arguments(created, "0"));
    EXPECT_EQ(coin.at("confirmations"), 0);
    EXPECT_EQ(coin.at("address").as_string(), address_of(bob.owner, "tbzt"));
    EXPECT_EQ(coin.at("coinbase"), false);
    node.extend({payment}, Amount{1'000});
    EXPECT_EQ(caller.object("gettxout", arguments(created, "0")).at("confirmations"), 1);
    EXPECT_TRUE(caller.result("gettxout", arguments(spent, "0,false")).is_null());
    EXPECT_TRUE(caller.result("gettxout", arguments(no_hash, "0")).is_null());
}

TEST_F(ChainMethods, RawTransactionThatWaits) {
    const Transaction payment = node.payment(node.coin(0), bob);
    const std::string id = send(payment);
    EXPECT_EQ(id, shown_hash(transaction_id(payment)));
    EXPECT_EQ(caller.result("getrawtransaction", arguments(id)).as_string(),
              rpc::transaction_in_hex(payment));
    const json::object whole = caller.object("getrawtransaction", arguments(id, "1"));
    EXPECT_EQ(whole.at("txid").as_string(), id);
    EXPECT_EQ(whole.at("hash").as_string(), shown_hash(full_transaction_id(payment)));
    EXPECT_EQ(whole.at("hex").as_string(), rpc::transaction_in_hex(payment));
    EXPECT_FALSE(whole.contains("blockhash"));
}

TEST_F(ChainMethods, RawTransactionOfABlock) {
    const Transaction payment = node.payment(node.coin(0), bob);
    const std::string id = shown_hash(transaction_id(payment));
    const BlockIndex block = node.extend({payment}, Amount{1'000});
    const std::string in_block = "\"" + hash_of(block) + "\"";
    EXPECT_EQ(caller.error("getrawtransaction", arguments(id)), -5);
    EXPECT_NE(caller.complaint("getrawtransaction", arguments(id)).find("no index"),
              std::string::npos);
    EXPECT_EQ(caller.result("getrawtransaction", arguments(id, "0," + in_block)).as_string(),
              rpc::transaction_in_hex(payment));
    const json::object whole = caller.object("getrawtransaction", arguments(id, "1," + in_block));
    EXPECT_EQ(whole.at("confirmations"), 1);
    EXPECT_EQ(whole.at("in_active_chain"), true);
    EXPECT_EQ(whole.at("blockhash").as_string(), hash_of(block));
    EXPECT_EQ(caller.error("getrawtransaction", arguments(no_hash, "1," + in_block)), -5);
    EXPECT_EQ(caller.error("getrawtransaction", arguments(id, "1,\"" + no_hash + "\"")), -5);
    EXPECT_EQ(caller.error("getrawtransaction",
                           arguments(id, "1,\"" + hash_of(node.announce(block)) + "\"")),
              -1);
}

TEST_F(ChainMethods, DecodeRawTransaction) {
    const Transaction payment = node.payment(node.coin(0), bob);
    const json::object shown =
        caller.object("decoderawtransaction", arguments(rpc::transaction_in_hex(payment)));
    EXPECT_EQ(shown.at("size"), encoded_size(payment));
    EXPECT_EQ(shown.at("vin").at(0).at("vout"), 0);
    EXPECT_EQ(shown.at("vin").at(0).at("publickey").as_string(),
              to_hex(node.owner.public_key.view()));
    EXPECT_TRUE(node.archive().transactions().find(full_transaction_id(payment)) == std::nullopt);
    const Transaction& coinbase = node.archive().parameters().genesis.transactions.front();
    EXPECT_TRUE(caller.object("decoderawtransaction", arguments(rpc::transaction_in_hex(coinbase)))
                    .at("vin")
                    .at(0)
                    .as_object()
                    .contains("coinbase"));
    for (const char* digits : {"", "0", "zz", "01", "0100000000000000000000"}) {
        EXPECT_EQ(caller.error("decoderawtransaction", arguments(digits)), -22) << digits;
        EXPECT_EQ(caller.error("sendrawtransaction", arguments(digits)), -22) << digits;
    }
}

TEST_F(ChainMethods, SendRawTransactionTellsWhyNot) {
    const Transaction payment = node.payment(node.coin(0), bob);
    const std::string id = send(payment);
    EXPECT_EQ(send(payment), id) << "once more is no error";
    EXPECT_TRUE(node.listeners.empty());
    const Transaction rival = node.payment(node.coin(0), node.miner);
    EXPECT_EQ(error_of_sending(rival), -26);
    EXPECT_NE(complaint_of_sending(rival).find("double spend: payment " + id), std::string::npos);
    Transaction forged = node.payment(node.coin(1), bob);
    forged.inputs.front().signature.bytes.front() ^= 1;
    EXPECT_EQ(error_of_sending(forged), -26);
    EXPECT_TRUE(complaint_of_sending(forged).starts_with("bad_signature"));
    const Transaction parent = node.payment(node.coin(2), bob);
    const Transaction child = node.payment(coin_of(parent, 0, bob), node.miner);
    EXPECT_EQ(error_of_sending(child), -25);
    EXPECT_NE(complaint_of_sending(child).find(shown_hash(transaction_id(parent)) + ":0"),
              std::string::npos);
    node.extend({payment}, Amount{1'000});
    EXPECT_EQ(error_of_sending(payment), -27);
    EXPECT_EQ(error_of_sending(rival), -26);
}

TEST_F(ChainMethods, TestMempoolAcceptDoesNothing) {
    const Transaction payment = node.payment(node.coin(0), bob);
    Transaction forged = payment;
    forged.inputs.front().signature.bytes.front() ^= 1;
    const std::string list = "[[\"" + rpc::transaction_in_hex(payment) + "\",\"" +
                             rpc::transaction_in_hex(forged) + "\"]]";
    const json::array verdicts = caller.result("testmempoolaccept", list).as_array();
    ASSERT_EQ(verdicts.size(), 2U);
    EXPECT_EQ(verdicts.at(0).at("allowed"), true);
    EXPECT_EQ(verdicts.at(1).at("allowed"), false);
    EXPECT_EQ(verdicts.at(1).at("reject-reason"), "bad_signature");
    EXPECT_NE(caller.answer("testmempoolaccept", list).find(R"({"base":0.00001000})"),
              std::string::npos);
    EXPECT_EQ(node.participant().mempool().size(), 0U);
    EXPECT_EQ(caller.error("testmempoolaccept", "[[]]"), -8);
    EXPECT_EQ(caller.error("testmempoolaccept", "[[\"00\"]]"), -22);
    std::string many;
    for (int i = 0; i < 26; ++i) many += (i == 0 ? "\"00\"" : ",\"00\"");
    EXPECT_EQ(caller.error("testmempoolaccept", "[[" + many + "]]"), -8);
}

TEST_F(ChainMethods, MempoolShowsWhoRestsOnWhom) {
    const Transaction parent = node.payment(node.coin(0), bob);
    const Transaction child = node.payment(coin_of(parent, 0, bob), node.miner);
    const std::string parent_id = send(parent);
    const std::string child_id = send(child);
    const json::object info = caller.object("getmempoolinfo");
    EXPECT_EQ(info.at("size"), 2);
    EXPECT_EQ(info.at("bytes"), encoded_size(parent) + encoded_size(child));
    EXPECT_EQ(caller.result("getrawmempool"), (json::array{parent_id, child_id}));
    const json::object entry = caller.object("getmempoolentry", arguments(child_id));
    EXPECT_EQ(entry.at("ancestorcount"), 2);
    EXPECT_EQ(entry.at("descendantcount"), 1);
    EXPECT_EQ(entry.at("depends"), json::array{parent_id});
    EXPECT_TRUE(entry.at("spentby").as_array().empty());
    EXPECT_EQ(caller.object("getrawmempool", "[true]").at(child_id), entry);
    EXPECT_EQ(caller.object("getmempoolentry", arguments(parent_id)).at("spentby"),
              json::array{child_id});
    EXPECT_EQ(caller.error("getmempoolentry", arguments(no_hash)), -5);
}

TEST_F(ChainMethods, ValidateAddress) {
    const std::string address = address_of(bob.owner, "tbzt");
    const json::object good = caller.object("validateaddress", arguments(address));
    EXPECT_EQ(good.at("isvalid"), true);
    EXPECT_EQ(good.at("owner").as_string(), to_hex(bob.owner.view()));
    for (const std::string& text : {std::string{}, address + "q", address_of(bob.owner, "bzt")}) {
        const json::object bad = caller.object("validateaddress", arguments(text));
        EXPECT_EQ(bad.at("isvalid"), false);
        EXPECT_FALSE(bad.at("error").as_string().empty());
    }
}

}  // namespace
}  // namespace bezant::test
