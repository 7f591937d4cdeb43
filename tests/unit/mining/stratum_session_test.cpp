// SPDX-License-Identifier: Apache-2.0
// What a mining program says and hears, without sockets.
#include "mining/stratum_session.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <boost/json.hpp>

#include "base/hex.hpp"
#include "ledger/codec.hpp"
#include "mining/limits.hpp"
#include "tests/support/fake_node.hpp"

namespace bezant::test {
namespace {

namespace json = boost::json;
using mining::ShareDifficulty;
using mining::ShareOutcome;
using mining::StratumDesk;
using mining::StratumSession;

/// Lines as JSON.
std::vector<json::object> objects_in(const std::string& text) {
    std::vector<json::object> lines;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = text.find('\n', at);
        lines.push_back(json::parse(text.substr(at, end - at)).as_object());
        at = end + 1;
    }
    return lines;
}

Bytes bytes_of(const json::value& hex) { return from_hex(hex.as_string()).value(); }

/// A job as mining.notify tells it, and what follows from it.
class TestJob {
public:
    TestJob(const json::array& params, Bytes client)
        : params_(params), client_(std::move(client)) {}

    [[nodiscard]] std::string id() const { return std::string{params_.at(0).as_string()}; }
    [[nodiscard]] bool is_clean() const { return params_.at(8).as_bool(); }
    [[nodiscard]] std::uint32_t time() const { return number(7); }
    [[nodiscard]] std::uint32_t target() const { return number(6); }
    [[nodiscard]] std::size_t branch_size() const { return params_.at(4).as_array().size(); }

    /// The header that a program hashes.
    [[nodiscard]] Bytes header(const Bytes& rolled, std::uint32_t time, std::uint32_t nonce) const {
        Bytes coinbase = bytes_of(params_.at(2));
        coinbase.insert(coinbase.end(), client_.begin(), client_.end());
        coinbase.insert(coinbase.end(), rolled.begin(), rolled.end());
        const Bytes behind = bytes_of(params_.at(3));
        coinbase.insert(coinbase.end(), behind.begin(), behind.end());
        Hash256 root = double_sha256(coinbase);
        for (const json::value& partner : params_.at(4).as_array()) {
            Bytes both{root.bytes.begin(), root.bytes.end()};
            const Bytes right = bytes_of(partner);
            both.insert(both.end(), right.begin(), right.end());
            root = double_sha256(both);
        }
        Bytes bytes;
        Encoder out{bytes};
        out.u32(number(5));
        Bytes previous = bytes_of(params_.at(1));
        for (auto word = previous.begin(); word != previous.end(); word += 4)
            std::reverse(word, word + 4);
        out.raw(previous);
        out.raw(root.view());
        out.u32(time);
        out.u32(number(6));
        out.u32(nonce);
        return bytes;
    }

private:
    [[nodiscard]] std::uint32_t number(std::size_t i) const {
        return static_cast<std::uint32_t>(
            std::stoul(std::string{params_.at(i).as_string()}, nullptr, 16));
    }

    json::array params_;
    Bytes client_;
};

class Session : public testing::Test {
protected:
    std::vector<json::object> say(const std::string& line) {
        return objects_in(session.answer(line).text);
    }
    json::object ask(const std::string& method, const std::string& params) {
        return say(fmt::format(R"({{"id":7,"method":"{}","params":{}}})", method, params)).at(0);
    }
    /// The number of the error, or 0.
    static std::int64_t error_in(const json::object& answer) {
        const json::value& error = answer.at("error");
        return error.is_null() ? 0 : error.as_array().at(0).as_int64();
    }
    /// Subscribes and names a worker; what is told then.
    std::vector<json::object> introduce() {
        const json::object answer = ask("mining.subscribe", R"(["tester/1.0"])");
        client = bytes_of(answer.at("result").as_array().at(1));
        return say(R"({"id":2,"method":"mining.authorize","params":["alice","x"]})");
    }
    TestJob first_job() { return job_in(introduce()); }
    TestJob job_in(const std::vector<json::object>& lines) {
        EXPECT_EQ(lines.back().at("method"), "mining.notify");
        return TestJob{lines.back().at("params").as_array(), client};
    }
    TestJob next_job(bool clean = false) {
        return job_in(objects_in(session.job(desk.works.renew(), clean)));
    }
    static Bytes rolled(Byte number) { return Bytes(mining::rolled_bytes, number); }
    /// A nonce whose hash is, or is not, at or below this target.
    static std::uint32_t nonce_for(const TestJob& job, Byte number, const Uint256& target,
                                   bool meets = true) {
        for (std::uint32_t nonce = 0;; ++nonce) {
            const Hash256 hash = double_sha256(job.header(rolled(number), job.time(), nonce));
            if (meets_target({hash.bytes}, target) == meets) return nonce;
        }
    }
    std::int64_t submit(const std::string& worker, const std::string& job, Byte number,
                        std::uint32_t time, std::uint32_t nonce) {
        const json::object answer =
            ask("mining.submit", fmt::format(R"(["{}","{}","{}","{:08x}","{:08x}"])", worker, job,
                                             to_hex(rolled(number)), time, nonce));
        const std::int64_t error = error_in(answer);
        EXPECT_EQ(answer.at("result"), error == 0 ? json::value(true) : json::value(nullptr));
        return error;
    }
    std::int64_t submit(const TestJob& job, Byte number, std::uint32_t nonce) {
        return submit("alice", job.id(), number, job.time(), nonce);
    }
    std::uint64_t count(ShareOutcome outcome) {
        return desk.workers.workers().at("alice").of(outcome);
    }
    [[nodiscard]] std::uint32_t height() const { return node.participant().chain().height().value; }
    Uint256 block_target() {
        return target_from_compact(node.archive().parameters().target_limit).value();
    }

    FakeNode node;
    StratumDesk desk{node};
    StratumSession session{desk, 0x01020304};
    Bytes client;
};

TEST_F(Session, SubscribesAndIsTold) {
    const json::object answer = ask("mining.subscribe", "[]");
    EXPECT_EQ(answer.at("id"), 7);
    EXPECT_TRUE(answer.at("error").is_null());
    const json::array result = answer.at("result").as_array();
    EXPECT_EQ(result.at(0).as_array().at(0).as_array().at(0), "mining.set_difficulty");
    EXPECT_EQ(result.at(0).as_array().at(1).as_array().at(0), "mining.notify");
    EXPECT_EQ(result.at(1), "04030201");
    EXPECT_EQ(result.at(2), mining::rolled_bytes);
}

TEST_F(Session, IsGivenADifficultyAndAJobOnceItHasNamedAWorker) {
    EXPECT_FALSE(session.is_introduced());
    const auto lines = introduce();
    EXPECT_TRUE(session.is_introduced());
    ASSERT_EQ(lines.size(), 3U);
    EXPECT_EQ(lines[0].at("result"), true);
    EXPECT_EQ(lines[1].at("method"), "mining.set_difficulty");
    EXPECT_TRUE(job_in(lines).is_clean());
    EXPECT_EQ(say(R"({"id":3,"method":"mining.authorize","params":["bob","x"]})").size(), 1U)
        << "no other job";
}

TEST_F(Session, MayNameItsWorkerBeforeItSubscribes) {
    EXPECT_EQ(say(R"({"id":1,"method":"mining.authorize","params":["alice","x"]})").size(), 1U);
    EXPECT_EQ(say(R"({"id":2,"method":"mining.subscribe","params":[]})").size(), 3U);
}

TEST_F(Session, AShareOfABlocksWorkBecomesTheTip) {
    for (std::uint32_t coin = 0; coin < 4; ++coin)
        node.handle(
            PaymentSubmitted{node.add_transaction(node.payment(node.coin(coin), node.miner))});
    const TestJob job = first_job();
    EXPECT_EQ(job.branch_size(), 3U);
    EXPECT_EQ(job.target(), node.archive().parameters().target_limit.value);
    const std::uint32_t nonce = nonce_for(job, 9, block_target());
    EXPECT_EQ(submit(job, 9, nonce), 0);
    ASSERT_EQ(height(), 1U);
    const BlockNode& tip = node.archive().blocks()[node.participant().chain().tip()];
    EXPECT_EQ(encoded(tip.header), job.header(rolled(9), job.time(), nonce));
    EXPECT_EQ(node.participant().mempool().size(), 0U);
    EXPECT_EQ(count(ShareOutcome::accepted), 1U);
    EXPECT_EQ(desk.workers.workers().at("alice").blocks, 1U);
}

TEST_F(Session, AShareThatIsNoBlockCountsToo) {
    const TestJob job = first_job();
    EXPECT_EQ(submit(job, 1, nonce_for(job, 1, block_target(), false)), 0);
    EXPECT_EQ(height(), 0U);
    EXPECT_EQ(count(ShareOutcome::accepted), 1U);
    EXPECT_EQ(desk.workers.workers().at("alice").blocks, 0U);
}

TEST_F(Session, AShareForAnotherTipIsStale) {
    const TestJob job = first_job();
    const std::uint32_t nonce = nonce_for(job, 1, block_target());
    node.extend();
    EXPECT_EQ(submit(job, 1, nonce), 21);
    EXPECT_EQ(submit("alice", "ffff", 1, job.time(), nonce), 21);
    EXPECT_EQ(count(ShareOutcome::stale), 2U);
    EXPECT_EQ(height(), 1U);
}

TEST_F(Session, AShareForAnEarlierJobOnTheTipIsWelcome) {
    const TestJob job = first_job();
    (void)next_job();
    EXPECT_EQ(submit(job, 1, nonce_for(job, 1, block_target())), 0);
    EXPECT_EQ(height(), 1U);
}

TEST_F(Session, AShareCountsOnce) {
    const TestJob job = first_job();
    const std::uint32_t nonce = nonce_for(job, 1, block_target(), false);
    EXPECT_EQ(submit(job, 1, nonce), 0);
    EXPECT_EQ(submit(job, 1, nonce), 22);
    const TestJob same = job_in(objects_in(session.job(desk.works.current(), false)));
    EXPECT_NE(same.id(), job.id());
    EXPECT_EQ(submit(same, 1, nonce), 22) << "the same work under another name";
    EXPECT_EQ(count(ShareOutcome::duplicate), 2U);
}

TEST_F(Session, ATooEasyShareIsRefused) {
    desk.fixed_difficulty = ShareDifficulty::of_exponent(-32);
    const TestJob job = first_job();
    const Uint256 target = desk.fixed_difficulty->target();
    EXPECT_EQ(submit(job, 1, nonce_for(job, 1, target, false)), 23);
    EXPECT_EQ(count(ShareOutcome::low), 1U);
    EXPECT_EQ(submit(job, 1, nonce_for(job, 1, target)), 0);
}

TEST_F(Session, NoShareIsHarderThanABlock) {
    desk.fixed_difficulty = ShareDifficulty::of_exponent(10);
    StratumSession other{desk, 5};
    (void)other.answer(R"({"id":1,"method":"mining.subscribe","params":[]})");
    const auto lines =
        objects_in(other.answer(R"({"id":2,"method":"mining.authorize","params":["a"]})").text);
    const double told = lines.at(1).at("params").as_array().at(0).to_number<double>();
    EXPECT_EQ(told, ShareDifficulty::below(block_target()).value());
}

TEST_F(Session, TimesAreThoseThatABlockMayHave) {
    const TestJob job = first_job();
    const auto latest = static_cast<std::uint32_t>(unix_seconds(node.now()) +
                                                   node.archive().parameters().future_seconds_max);
    const std::uint32_t lowest = node.archive().parameters().genesis.header.time + 1;
    EXPECT_EQ(submit("alice", job.id(), 1, latest + 1, 0), 20);
    EXPECT_EQ(submit("alice", job.id(), 1, lowest - 1, 0), 20);
    EXPECT_NE(submit("alice", job.id(), 1, latest, 0), 20);
    EXPECT_NE(submit("alice", job.id(), 2, lowest, 0), 20);
    EXPECT_EQ(count(ShareOutcome::malformed), 2U);
}

TEST_F(Session, WhoIsNotIntroducedHandsNothingIn) {
    EXPECT_EQ(submit("alice", "1", 1, 0, 0), 25);
    (void)ask("mining.subscribe", "[]");
    EXPECT_EQ(submit("alice", "1", 1, 0, 0), 24);
    const TestJob job = first_job();
    EXPECT_EQ(submit("mallory", job.id(), 1, job.time(), 0), 24);
    EXPECT_TRUE(desk.workers.workers().empty());
}

TEST_F(Session, SharesThatAreNoneAreRefused) {
    const TestJob job = first_job();
    const std::string good = "\"" + to_hex(rolled(1)) + "\"";
    for (const std::string& params :
         {std::string{"[]"}, std::string{R"(["alice"])"}, R"(["alice","1",)" + good + "]",
          R"(["alice","1",)" + good + R"(,"0000000g","00000000"])",
          R"(["alice","1",)" + good + R"(,"000000000","00000000"])",
          R"(["alice","1",)" + good + R"(,1,2])", std::string{R"(["alice","1","00","0","0"])"},
          R"(["alice","-1",)" + good + R"(,"0","0"])", std::string{"[1,2,3,4,5]"}})
        EXPECT_EQ(error_in(ask("mining.submit", params)), 20) << params;
    EXPECT_EQ(height(), 0U);
}

TEST_F(Session, ExtensionsAreRefusedOneByOne) {
    const json::object answer = ask(
        "mining.configure",
        R"([["version-rolling","minimum-difficulty","subscribe-extranonce"],{"version-rolling.mask":"1fffe000"}])");
    EXPECT_EQ(answer.at("result"), (json::object{{"version-rolling", false},
                                                 {"minimum-difficulty", false},
                                                 {"subscribe-extranonce", true}}));
    EXPECT_EQ(ask("mining.extranonce.subscribe", "[]").at("result"), true);
    EXPECT_EQ(error_in(ask("mining.get_transactions", "[\"1\"]")), 20);
    for (const char* params : {"[]", "[1]", "[[1,null]]", "[{}]"})
        EXPECT_EQ(ask("mining.configure", params).at("result"), json::object{});
}

TEST_F(Session, NamesOfWorkersAreBounded) {
    const auto error_of = [&](const std::string& name) {
        return error_in(
            ask("mining.authorize", json::serialize(json::array{json::value(name), "x"})));
    };
    EXPECT_EQ(error_of(""), 24);
    EXPECT_EQ(error_of("a b"), 24);
    EXPECT_EQ(error_of("a\"b"), 24);
    EXPECT_EQ(error_of("a\nb"), 24);
    EXPECT_EQ(error_of("\xc3\xa4"), 24);
    EXPECT_EQ(error_of(std::string(mining::worker_name_bytes_max + 1, 'a')), 24);
    EXPECT_EQ(error_of(std::string(mining::worker_name_bytes_max, 'a')), 0);
    for (std::size_t i = 1; i < mining::workers_per_client_max; ++i)
        EXPECT_EQ(error_of(fmt::format("w{}", i)), 0);
    EXPECT_EQ(error_of("one.more"), 24);
}

TEST_F(Session, WhatIsNoCallEndsIt) {
    for (const char* line : {"", "GET / HTTP/1.1", "[]", "{}", "1", R"({"id":[],"method":"x"})",
                             R"({"id":1,"method":1})", R"({"id":1,"method":"x","params":{}})",
                             "{\"id\":1,\"method\":\"x\",\"params\":[[[[[[[[]]]]]]]]}"}) {
        const auto reply = session.answer(line);
        EXPECT_TRUE(reply.ends) << line;
        EXPECT_EQ(error_in(objects_in(reply.text).at(0)), 20);
    }
    EXPECT_FALSE(session.answer(R"({"id":1,"method":"x"})").ends);
}

TEST_F(Session, OldJobsAreForgotten) {
    const TestJob first = first_job();
    for (std::size_t i = 1; i < mining::works_max; ++i) (void)next_job();
    EXPECT_EQ(submit(first, 1, nonce_for(first, 1, block_target(), false)), 0);
    (void)next_job();
    EXPECT_EQ(submit(first, 2, nonce_for(first, 2, block_target(), false)), 21);
}

TEST_F(Session, WhereEveryHashIsAShareAFloodOfThemChangesNothing) {
    const TestJob job = first_job();
    EXPECT_FALSE(session.is_flooding());
    for (Byte i = 0; i < 100; ++i)
        EXPECT_EQ(submit(job, i, nonce_for(job, i, block_target(), false)), 0);
    EXPECT_FALSE(session.is_flooding());
    EXPECT_EQ(objects_in(session.job(desk.works.current(), false)).size(), 1U)
        << "no other difficulty";
}

}  // namespace
}  // namespace bezant::test
