// SPDX-License-Identifier: Apache-2.0
// The methods of src/rpc/methods by which blocks are made: at once, or by mining programs.
#include <gtest/gtest.h>

#include "base/hex.hpp"
#include "ledger/address.hpp"
#include "ledger/codec.hpp"
#include "mining/getwork.hpp"
#include "rpc/ledger_json.hpp"
#include "rpc/limits.hpp"
#include "rpc/metrics.hpp"
#include "tests/unit/rpc/caller.hpp"

namespace bezant::test {
namespace {

namespace asio = boost::asio;

class MiningMethods : public testing::Test {
protected:
    std::string address() { return address_of(node.miner.owner, parameters().address_prefix); }
    const Parameters& parameters() { return node.archive().parameters(); }
    [[nodiscard]] std::uint32_t height() const { return node.participant().chain().height().value; }
    std::string tip() {
        return rpc::shown_hash(node.archive().blocks()[node.participant().chain().tip()].hash);
    }
    void pay(std::uint32_t coin) {
        node.handle(
            PaymentSubmitted{node.add_transaction(node.payment(node.coin(coin), node.miner))});
    }
    json::value submit(const Block& block) {
        return caller.result("submitblock", arguments(to_hex(encoded(block))));
    }
    Block next() {
        Block block = node.participant().next_block(node.now());
        mine(block.header);
        return block;
    }
    /// The block that a program makes of a template.
    static Block block_of(const json::object& given) {
        Block block;
        const auto add = [&](const json::value& transaction) {
            const auto bytes = from_hex(transaction.as_object().at("data").as_string());
            block.transactions.push_back(transaction_from_bytes(*bytes).value());
        };
        add(given.at("coinbasetxn"));
        for (const json::value& transaction : given.at("transactions").as_array()) add(transaction);
        block.header.previous =
            *fixed_from_hex_reversed<BlockHash>(given.at("previousblockhash").as_string());
        block.header.time = static_cast<std::uint32_t>(given.at("curtime").as_int64());
        block.header.target = CompactTarget{static_cast<std::uint32_t>(
            std::stoul(std::string{given.at("bits").as_string()}, nullptr, 16))};
        commit(block);
        mine(block.header);
        return block;
    }

    FakeNode node;
    Caller caller{node};
};

TEST_F(MiningMethods, GenerateToAddress) {
    const json::array hashes =
        caller.result("generatetoaddress", "[3,\"" + address() + "\"]").as_array();
    ASSERT_EQ(hashes.size(), 3U);
    EXPECT_EQ(height(), 3U);
    EXPECT_EQ(hashes.back().as_string(), tip());
    node.load(node.participant().chain().tip());
    const Block block = node.archive().assemble(node.participant().chain().tip());
    EXPECT_EQ(block.transactions.front().outputs.front().owner, node.miner.owner);
    EXPECT_EQ(block.transactions.front().inputs.front().public_key, node.owner.public_key);
}

TEST_F(MiningMethods, GenerateToAddressGivesUpAfterSoManyTries) {
    const json::array hashes =
        caller.result("generatetoaddress", "[1000,\"" + address() + "\",20]").as_array();
    EXPECT_LE(hashes.size(), 20U);
    EXPECT_EQ(height(), hashes.size());
    EXPECT_TRUE(
        caller.result("generatetoaddress", "[1,\"" + address() + "\",0]").as_array().empty());
}

TEST_F(MiningMethods, GenerateToAddressRefusesWhatCannotBe) {
    EXPECT_EQ(caller.error("generatetoaddress", "[1,\"bzt1nonsense\"]"), -5);
    EXPECT_EQ(caller.error("generatetoaddress", "[10001,\"" + address() + "\"]"), -8);
    EXPECT_EQ(height(), 0U);
}

TEST_F(MiningMethods, SubmitBlock) {
    const Block first = next();
    Block rival = first;
    rival.header.time += 1;
    mine(rival.header);
    EXPECT_TRUE(submit(first).is_null());
    EXPECT_EQ(height(), 1U);
    EXPECT_EQ(submit(first), "duplicate");
    EXPECT_EQ(submit(rival), "inconclusive");
    EXPECT_TRUE(
        caller.result("submitblock", arguments(to_hex(encoded(next())), R"({"workid":"1"})"))
            .is_null());
    EXPECT_EQ(caller.error("submitblock", "[\"00\"]"), -22);
    EXPECT_EQ(caller.error("submitblock", "[\"0\"]"), -22);
}

TEST_F(MiningMethods, SubmitBlockSaysWhyInTheWordsOfBip22) {
    const Block good = next();
    const auto verdict_on = [&](auto change, bool has_work = true) {
        Block block = good;
        change(block);
        if (has_work) mine(block.header);
        return submit(block);
    };
    const Uint256 target = target_from_compact(good.header.target).value();
    EXPECT_EQ(verdict_on(
                  [&](Block& block) {
                      while (meets_target(block_hash(block.header), target)) ++block.header.nonce;
                  },
                  false),
              "high-hash");
    EXPECT_EQ(verdict_on([](Block& block) { block.header.version = 2; }), "bad-version");
    EXPECT_EQ(
        verdict_on([&](Block& block) { block.header.target = compact_from_target(target >> 1); }),
        "bad-diffbits");
    EXPECT_EQ(verdict_on([](Block& block) { block.header.previous = {}; }), "bad-prevblk");
    EXPECT_EQ(verdict_on([](Block& block) { block.header.time = 1; }), "time-too-old");
    EXPECT_EQ(verdict_on([](Block& block) { block.header.time += 10'000; }), "time-too-new");
    EXPECT_EQ(verdict_on([](Block& block) { block.header.merkle_root = {}; }), "bad-txnmrklroot");
    EXPECT_EQ(verdict_on([](Block& block) {
                  block.transactions.clear();
                  commit(block);
              }),
              "bad-cb-flag");
    EXPECT_EQ(verdict_on([](Block& block) {
                  block.transactions.front().outputs.front().amount = bezants(11);
                  commit(block);
              }),
              "rejected");
    EXPECT_EQ(height(), 0U);
    EXPECT_TRUE(submit(good).is_null());
}

TEST_F(MiningMethods, GetBlockTemplate) {
    for (std::uint32_t coin = 0; coin < 3; ++coin) pay(coin);
    const json::object given = caller.object("getblocktemplate");
    EXPECT_EQ(given.at("version"), 1);
    EXPECT_EQ(given.at("height"), 1);
    EXPECT_EQ(given.at("previousblockhash").as_string(), tip());
    EXPECT_EQ(given.at("bits"), "207fffff");
    EXPECT_EQ(given.at("target").as_string().subview(0, 8), "7fffff00");
    EXPECT_EQ(given.at("curtime"), unix_seconds(node.now()));
    EXPECT_EQ(given.at("mintime"), parameters().genesis.header.time + 1);
    EXPECT_EQ(given.at("sizelimit"), parameters().block_bytes_max);
    EXPECT_EQ(given.at("mutable"), json::array{"time"});
    EXPECT_EQ(given.at("rules"), json::array{});
    EXPECT_EQ(given.at("coinbasevalue"), 1'000'003'000);
    const json::object coinbase = given.at("coinbasetxn").as_object();
    EXPECT_EQ(coinbase.at("fee"), -3'000);
    EXPECT_EQ(coinbase.at("required"), true);
    ASSERT_EQ(given.at("transactions").as_array().size(), 3U);
    const json::object payment = given.at("transactions").as_array().at(0).as_object();
    EXPECT_EQ(payment.at("fee"), 1'000);
    EXPECT_EQ(payment.at("depends"), json::array{});
    const Transaction first =
        transaction_from_bytes(*from_hex(payment.at("data").as_string())).value();
    EXPECT_EQ(payment.at("txid").as_string(), rpc::shown_hash(transaction_id(first)));
    EXPECT_EQ(payment.at("hash").as_string(), rpc::shown_hash(full_transaction_id(first)));
    EXPECT_TRUE(submit(block_of(given)).is_null());
}

TEST_F(MiningMethods, GetBlockTemplateNamesThePaymentsThatOthersRestOn) {
    const Transaction parent = node.payment(node.coin(0), node.owner);
    const Spend coin = coin_of(parent, 0, node.owner);
    node.handle(PaymentSubmitted{node.add_transaction(parent)});
    node.handle(PaymentSubmitted{node.add_transaction(node.payment(coin, node.miner))});
    pay(1);
    const json::object given = caller.object("getblocktemplate");
    const json::array list = given.at("transactions").as_array();
    ASSERT_EQ(list.size(), 3U);
    std::size_t resting = 0;
    for (std::size_t i = 0; i < list.size(); ++i) {
        const json::array depends = list[i].as_object().at("depends").as_array();
        if (depends.empty()) continue;
        ++resting;
        const auto place = static_cast<std::size_t>(depends.at(0).as_int64());
        EXPECT_LE(place, i);
        EXPECT_EQ(list[place - 1].as_object().at("txid").as_string(),
                  rpc::shown_hash(transaction_id(parent)));
    }
    EXPECT_EQ(resting, 1U);
}

TEST_F(MiningMethods, GetBlockTemplateHasAFullTreeUnlessTheCallerKnowsTheRule) {
    for (std::uint32_t coin = 0; coin < 5; ++coin) pay(coin);
    EXPECT_EQ(caller.object("getblocktemplate", R"([{"rules":["segwit"]}])")
                  .at("transactions")
                  .as_array()
                  .size(),
              3U);
    const json::object all =
        caller.object("getblocktemplate", R"([{"rules":["segwit","merkle-promotion"]}])");
    EXPECT_EQ(all.at("transactions").as_array().size(), 5U);
    EXPECT_EQ(all.at("rules"), json::array{"!merkle-promotion"});
    EXPECT_TRUE(submit(block_of(all)).is_null());
}

TEST_F(MiningMethods, GetBlockTemplateGivesEachCallACoinbaseOfItsOwn) {
    const auto coinbase = [&] {
        return caller.object("getblocktemplate").at("coinbasetxn").as_object().at("hash");
    };
    const json::value first = coinbase();
    EXPECT_NE(first, coinbase());
}

TEST_F(MiningMethods, GetBlockTemplateRefusesOtherModes) {
    EXPECT_EQ(caller.error("getblocktemplate", R"([{"mode":"proposal","data":"00"}])"), -8);
    EXPECT_EQ(caller.error("getblocktemplate", "[1]"), -3);
}

class LongPoll : public MiningMethods {
protected:
    /// A call whose answer may be waited for.
    void ask(const std::string& id) {
        request = R"({"id":1,"method":"getblocktemplate","params":[{"longpollid":")" + id + "\"}]}";
        asio::co_spawn(loop, dispatcher.answer(request),
                       [this](const std::exception_ptr&, rpc::Dispatcher::Reply reply) {
                           heard = json::parse(reply.text.value()).as_object();
                       });
        loop.poll();
    }

    std::string request;
    std::optional<json::object> heard;
    rpc::Statistics statistics;
    rpc::Dispatcher dispatcher{node, statistics};
    asio::io_context loop;  // whoever waits in it goes first
};

TEST_F(LongPoll, WaitsUntilTheTipMoves) {
    const auto id = caller.object("getblocktemplate").at("longpollid").as_string();
    ask(std::string{id});
    EXPECT_FALSE(heard);
    EXPECT_EQ(node.listeners.size(), 1U);
    node.extend();
    loop.poll();
    ASSERT_TRUE(heard);
    EXPECT_EQ(heard->at("result").as_object().at("height"), 2);
    EXPECT_TRUE(node.listeners.empty());
}

TEST_F(LongPoll, OfATipThatIsGoneIsAnsweredAtOnce) {
    const auto id = caller.object("getblocktemplate").at("longpollid").as_string();
    node.extend();
    ask(std::string{id});
    EXPECT_TRUE(heard);
}

TEST_F(LongPoll, EndsWhenTheServerDoes) {
    const auto id = caller.object("getblocktemplate").at("longpollid").as_string();
    ask(std::string{id});
    dispatcher.close();
    EXPECT_TRUE(node.listeners.empty());
    loop.poll();
    ASSERT_TRUE(heard);
    EXPECT_EQ(heard->at("error").as_object().at("code"), -1);
    ask(std::string{id});
    EXPECT_TRUE(heard) << "and nobody waits any more";
}

TEST_F(MiningMethods, GetWork) {
    const json::object given = caller.object("getwork");
    EXPECT_EQ(given.at("target").as_string(), std::string(58, '0') + "ffff7f");
    const auto data = from_hex(given.at("data").as_string());
    BlockHeader header = mining::header_in_getwork_data(*data).value();
    mine(header);
    const std::string solved = to_hex(mining::getwork_data(header));
    EXPECT_EQ(caller.result("getwork", arguments(solved)), true);
    EXPECT_EQ(tip(), rpc::shown_hash(block_hash(header)));
    EXPECT_EQ(caller.result("getwork", arguments(solved)), false) << "it was for another tip";
}

TEST_F(MiningMethods, GetWorkRefusesWhatItDidNotGive) {
    const auto given = from_hex(caller.object("getwork").at("data").as_string());
    BlockHeader header = mining::header_in_getwork_data(*given).value();
    header.merkle_root = {};
    mine(header);
    EXPECT_EQ(caller.result("getwork", arguments(to_hex(mining::getwork_data(header)))), false);
    EXPECT_EQ(caller.error("getwork", "[\"00\"]"), -8);
    EXPECT_EQ(caller.error("getwork", "[\"x\"]"), -8);
    EXPECT_EQ(height(), 0U);
}

TEST_F(MiningMethods, GetStratumInfo) {
    EXPECT_EQ(caller.error("getstratuminfo"), -1) << "nobody listens for mining programs";
    mining::WorkerBook book;
    book.clients = 2;
    book.count("rig", mining::ShareOutcome::stale);
    book.count_accepted("rig", mining::ShareDifficulty::of_exponent(1), node.now());
    book.count_block("rig");
    rpc::Statistics statistics;
    rpc::Dispatcher dispatcher{node, statistics, &book};
    const auto reply = awaited(dispatcher.answer(R"({"id":1,"method":"getstratuminfo"})"));
    const json::object info = json::parse(*reply.text).at("result").as_object();
    EXPECT_EQ(info.at("clients"), 2);
    const json::object worker = info.at("workers").as_array().at(0).as_object();
    EXPECT_EQ(worker.at("worker"), "rig");
    EXPECT_EQ(worker.at("accepted"), 1);
    EXPECT_EQ(worker.at("stale"), 1);
    EXPECT_EQ(worker.at("low"), 0);
    EXPECT_EQ(worker.at("blocks"), 1);
    EXPECT_EQ(worker.at("hashes").to_number<double>(), 8'589'934'592.0);
    EXPECT_EQ(worker.at("lastshare"), unix_seconds(node.now()));
    const std::string page = rpc::metrics_text(node, statistics, &book);
    EXPECT_NE(page.find("bezant_stratum_shares_total{worker=\"rig\",outcome=\"stale\"} 1\n"),
              std::string::npos);
    EXPECT_NE(page.find("bezant_stratum_blocks_total{worker=\"rig\"} 1\n"), std::string::npos);
}

}  // namespace
}  // namespace bezant::test
