// SPDX-License-Identifier: Apache-2.0
// The Stratum server over sockets on loopback: one event loop runs it and its programs.
#include "mining/stratum_server.hpp"

#include <gtest/gtest.h>

#include <boost/json.hpp>

#include "tests/support/fake_node.hpp"
#include "tests/support/line.hpp"

namespace bezant::test {
namespace {

namespace json = boost::json;
using mining::StratumServer;
using mining::StratumServerOptions;

const std::string subscribe = R"({"id":1,"method":"mining.subscribe","params":[]})"
                              "\n";
const std::string authorize = R"({"id":2,"method":"mining.authorize","params":["a","b"]})"
                              "\n";
const std::string ping = R"({"id":9,"method":"mining.ping","params":[]})"
                         "\n";

class Stratum : public testing::Test {
protected:
    void start(StratumServerOptions options = {}) {
        options.addresses = {free_port};
        server = StratumServer::start(loop, node, options).value();
    }
    Line line() { return Line{loop, server->addresses().front().port}; }
    static json::object next(Line& program) {
        return json::parse(program.hear_until("\n")).as_object();
    }
    /// Says who it is, and hears up to its first job.
    static void introduce(Line& program) {
        program.say(subscribe + authorize);
        EXPECT_EQ(next(program).at("id"), 1);
        EXPECT_EQ(next(program).at("result"), true);
        EXPECT_EQ(next(program).at("method"), "mining.set_difficulty");
        EXPECT_EQ(next(program).at("method"), "mining.notify");
    }

    asio::io_context loop;
    FakeNode node;
    std::unique_ptr<StratumServer> server;
};

TEST_F(Stratum, TellsOfANewTipAtOnce) {
    start();
    Line program = line();
    introduce(program);
    EXPECT_EQ(server->workers().clients, 1U);
    for (int i = 0; i < 3; ++i) {
        node.extend();
        const json::object notice = next(program);
        EXPECT_EQ(notice.at("method"), "mining.notify");
        EXPECT_EQ(notice.at("params").as_array().back(), true);
    }
}

TEST_F(Stratum, WhoHasNotSaidWhoItIsGetsNoJob) {
    start();
    Line program = line();
    program.say(subscribe);
    EXPECT_EQ(next(program).at("id"), 1);
    node.extend();
    program.say(ping);
    EXPECT_EQ(next(program).at("id"), 9);
}

TEST_F(Stratum, GivesNewJobsNowAndThen) {
    start({.job_interval = milliseconds(20)});
    Line program = line();
    introduce(program);
    EXPECT_EQ(next(program).at("params").as_array().back(), false);
    EXPECT_EQ(next(program).at("params").as_array().back(), false);
}

TEST_F(Stratum, EveryProgramHasAnExtranonceOfItsOwn) {
    start();
    const auto name = [&] {
        Line program = line();
        program.say(subscribe);
        return next(program).at("result").as_array().at(1);
    };
    EXPECT_NE(name(), name());
}

TEST_F(Stratum, LinesMayComeInPieces) {
    start();
    Line program = line();
    program.say(ping.substr(0, 10));
    program.say(ping.substr(10) + ping + ping.substr(0, 5));
    EXPECT_EQ(next(program).at("result"), "pong");
    EXPECT_EQ(next(program).at("result"), "pong");
    program.say(ping.substr(5));
    EXPECT_EQ(next(program).at("result"), "pong");
}

TEST_F(Stratum, GarbageIsToldSoAndLetGo) {
    start();
    Line program = line();
    program.say("GET / HTTP/1.1\r\n" + ping);
    const std::string heard = program.hear_all();
    EXPECT_NE(heard.find("this is no call of Stratum"), std::string::npos);
    EXPECT_EQ(heard.find("pong"), std::string::npos) << "what follows is not read";
    Line other = line();
    other.say(ping);
    EXPECT_EQ(next(other).at("result"), "pong") << "others are served";
}

TEST_F(Stratum, ALineWithoutAnEndIsLetGo) {
    start();
    Line program = line();
    program.say(std::string(mining::line_bytes_max + 1, ' '));
    EXPECT_EQ(program.hear_all(), "");
}

TEST_F(Stratum, ALineOfTheGreatestLengthIsRead) {
    start();
    Line program = line();
    program.say(std::string(mining::line_bytes_max - ping.size(), ' ') + ping);
    EXPECT_EQ(next(program).at("result"), "pong");
}

TEST_F(Stratum, WhoSaysNothingIsLetGo) {
    start({.introduction_max = milliseconds(20), .silence_max = milliseconds(40)});
    Line silent = line();
    EXPECT_EQ(silent.hear_all(), "");
    Line half = line();
    half.say(subscribe + "{");
    EXPECT_NE(half.hear_all().find("\"id\":1"), std::string::npos);
    Line introduced = line();
    introduced.say(subscribe + authorize);
    EXPECT_NE(introduced.hear_all().find("mining.notify"), std::string::npos);
    EXPECT_EQ(server->workers().clients, 0U);
}

TEST_F(Stratum, WhoIsOneTooManyIsLetGo) {
    start({.clients_max = 1});
    Line first = line();
    introduce(first);
    Line second = line();
    EXPECT_EQ(second.hear_all(), "");
    node.extend();
    EXPECT_EQ(next(first).at("method"), "mining.notify");
}

TEST_F(Stratum, AFloodWaitsInItsSocketAndOthersDoNot) {
    start();
    Line flooder = line();
    constexpr int lines = static_cast<int>(mining::lines_at_once_max) + 30;
    std::string flood;
    for (int i = 0; i < lines; ++i) flood += ping;
    const auto begin = std::chrono::steady_clock::now();
    flooder.say(flood);
    for (int i = 0; i < mining::lines_at_once_max; ++i) (void)next(flooder);
    Line other = line();
    introduce(other);
    for (int i = static_cast<int>(mining::lines_at_once_max); i < lines; ++i) (void)next(flooder);
    const auto took = std::chrono::steady_clock::now() - begin;
    EXPECT_GE(took, std::chrono::milliseconds{1'000} * 25 / mining::lines_per_second_max);
}

TEST_F(Stratum, EndsWithItsServer) {
    start();
    Line program = line();
    introduce(program);
    server.reset();
    EXPECT_TRUE(node.listeners.empty());
    EXPECT_EQ(program.hear_all(), "");
    node.extend();
}

TEST_F(Stratum, OtherMachinesMayCallOnlyIfTheyAreToldSo) {
    const NetworkAddress everywhere{.host = ipv4_host(0, 0, 0, 0), .port = 0};
    const auto refused = StratumServer::start(loop, node, {.addresses = {everywhere}});
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error(), "0.0.0.0:0 is not loopback, and nobody said that others may call");
    EXPECT_TRUE(
        StratumServer::start(loop, node, {.addresses = {everywhere}, .allow_remote = true}));
}

TEST_F(Stratum, APortThatIsTakenIsNamed) {
    start();
    const auto taken = StratumServer::start(loop, node, {.addresses = server->addresses()});
    ASSERT_FALSE(taken);
    EXPECT_NE(taken.error().find("cannot listen at 127.0.0.1:"), std::string::npos);
    EXPECT_EQ(node.listeners.size(), 1U);
}

TEST(StratumPort, IsTwoBelowTheOneForNeighbours) {
    EXPECT_EQ(mining::usual_stratum_port(*built_in_parameters("main")), 7'331);
    EXPECT_EQ(mining::usual_stratum_port(*built_in_parameters("classroom")), 37'331);
}

}  // namespace
}  // namespace bezant::test
