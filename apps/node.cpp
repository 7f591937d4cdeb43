// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <spdlog/logger.h>
#include <unistd.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/signal_set.hpp>
#include <csignal>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "apps/command.hpp"
#include "apps/config_file.hpp"
#include "apps/core_files.hpp"
#include "apps/memory.hpp"
#include "apps/node_options.hpp"
#include "apps/service_manager.hpp"
#include "apps/wallet/wallet_access.hpp"
#include "mining/stratum_server.hpp"
#include "net/entropy.hpp"
#include "net/log.hpp"
#include "net/node.hpp"
#include "rpc/address_file.hpp"
#include "rpc/cookie.hpp"
#include "rpc/http_server.hpp"

namespace bezant::apps {

namespace {

ExitCode failed(const net::StartError& error) {
    print_error(error.what, error.advice);
    return ExitCode::environment;
}

/// The first asks the node to end, the second does not wait for it.
void end_on_signal(boost::asio::signal_set& signals, net::Node& node) {
    signals.async_wait([&](const boost::system::error_code& cancelled, int) {
        if (cancelled) return;
        signals.clear();
        node.stop();
    });
}

/// Reads standard input, of which nothing is wanted but its end.
class InputEnd {
public:
    InputEnd(boost::asio::io_context& loop, net::Node& node) : input_(loop), node_(node) {}

    [[nodiscard]] Result<void, net::StartError> watch() {
        boost::system::error_code error;
        input_.assign(::dup(STDIN_FILENO), error);
        if (!error) input_.native_non_blocking(true, error);
        if (error) {
            return unexpected{net::StartError{
                .what = fmt::format("--until-input-ends: cannot wait for standard input: {}",
                                    error.message()),
                .advice = "let it be a pipe"}};
        }
        read();
        return {};
    }

private:
    void read() {
        input_.async_read_some(boost::asio::buffer(ignored_),
                               [this](const boost::system::error_code& error, std::size_t) {
                                   if (error == boost::asio::error::operation_aborted) return;
                                   if (!error) return read();
                                   node_.stop();
                               });
    }

    boost::asio::posix::stream_descriptor input_;
    net::Node& node_;
    std::array<char, 256> ignored_{};
};

void reopen_log_on_signal(boost::asio::signal_set& signals, net::Log& log) {
    signals.async_wait([&](const boost::system::error_code& cancelled, int) {
        if (cancelled) return;
        log.reopen();
        reopen_log_on_signal(signals, log);
    });
}

/// What answers calls, and what lies in the node's folder for those who call.
struct RpcService {
    rpc::Cookie cookie;
    std::unique_ptr<rpc::HttpServer> server;
    rpc::AddressFile address;
};

/// Says where it listens, for those who wait for that.
Result<std::unique_ptr<mining::StratumServer>, net::StartError> start_stratum(
    boost::asio::io_context& loop, net::Node& node,
    const std::optional<mining::StratumServerOptions>& options, const net::Log& log) {
    if (!options) return nullptr;
    auto server = mining::StratumServer::start(loop, node, *options);
    if (!server) {
        return unexpected{net::StartError{
            .what = server.error(), .advice = "choose another address with --stratum-listen"}};
    }
    for (const NetworkAddress& address : (*server)->addresses())
        log.of(net::LogCategory::mining).info("stratum at {}", to_text(address));
    return *std::move(server);
}

Result<std::unique_ptr<RpcService>, net::StartError> start_rpc(
    boost::asio::io_context& loop, net::Node& node,
    const std::optional<rpc::HttpServerOptions>& options, const std::vector<std::string>& hosts) {
    if (!options) return nullptr;
    const std::filesystem::path folder = node.about().data_folder;
    std::array<Byte, 32> secret{};
    net::fill_with_entropy(secret);
    auto cookie = rpc::Cookie::write(folder, secret);
    if (!cookie) return unexpected{net::StartError{.what = cookie.error(), .advice = {}}};
    auto server =
        rpc::HttpServer::start(loop, node, {.cookie = cookie->text(), .hosts = hosts}, *options);
    if (!server) {
        return unexpected{net::StartError{.what = server.error(),
                                          .advice = "choose another address with --rpc-listen"}};
    }
    auto address = rpc::AddressFile::write(folder, (*server)->addresses().front());
    if (!address) return unexpected{address.error()};
    return std::make_unique<RpcService>(*std::move(cookie), *std::move(server),
                                        *std::move(address));
}

/// Reads the wallet; what is mined goes to it if nothing else was said.
Outcome<void> add_wallet(const NodeFlags& flags, net::NodeOptions& options) {
    if (flags.wallet_file.empty()) return {};
    auto file = read_wallet(flags.wallet_file);
    if (!file) return unexpected{file.error()};
    const wallet::Keyring keyring = file->keyring();
    const auto path = keyring.next_unused(wallet::KeyBranch::receiving);
    if (!options.participant.payout && path)
        options.participant.payout = public_key_hash(keyring.public_key(*path));
    options.wallet = net::WalletSource{.path = flags.wallet_file, .file = *std::move(file)};
    return {};
}

ExitCode run_node(CLI::App& app, const NodeFlags& flags) {
    give_freed_memory_back();
    if (!flags.config_file.empty()) {
        if (const auto read = read_config_file(app, flags.config_file); !read) {
            print_error(read.error().what, read.error().advice);
            return ExitCode::input;
        }
    }
    if (!flags.core_files) {
        if (const auto forbidden = forbid_core_files(); !forbidden)
            return print_failure(forbidden.error());
    }
    auto options = node_options(flags);
    if (!options) return print_failure(options.error());
    auto serves = rpc_options(flags, options->parameters);
    if (!serves) return print_failure(serves.error());
    const auto mined_by = stratum_options(flags, options->parameters);
    if (!mined_by) return print_failure(mined_by.error());
    if (auto added = add_wallet(flags, *options); !added) return print_failure(added.error());
    const auto log = net::Log::open(log_level(flags), log_file(flags));
    if (!log) return failed(log.error());
    // Whatever still waits in the loop when it ends is thrown away after the node.
    boost::asio::io_context loop{1};
    // From here on a signal waits for its turn.
    boost::asio::signal_set ends{loop, SIGINT, SIGTERM};
    boost::asio::signal_set reopens{loop, SIGHUP};
    const auto node =
        net::Node::start(loop.get_executor(), *options, **log, [&loop] { loop.stop(); });
    if (!node) return failed(node.error());
    const auto miners = start_stratum(loop, **node, *mined_by, **log);
    if (!miners) return failed(miners.error());
    if (*serves && *miners) (*serves)->workers = &(*miners)->workers();
    const auto service = start_rpc(loop, **node, *serves, flags.rpc_hosts);
    if (!service) return failed(service.error());
    end_on_signal(ends, **node);
    InputEnd input_end{loop, **node};
    if (flags.until_input_ends) {
        if (const auto watched = input_end.watch(); !watched) return failed(watched.error());
    }
    reopen_log_on_signal(reopens, **log);
    say_ready();
    loop.run();
    return ExitCode::good;
}

}  // namespace

Command add_node(CLI::App& program) {
    CLI::App* app = program.add_subcommand(
        "node",
        "Take part in a network: a participant with a disk, on TCP, until it is told to end");
    const auto flags = std::make_shared<NodeFlags>();
    add_node_flags(*app, *flags);
    app->footer("Example: bezant node --network local --data one --listen 127.0.0.1:7001");
    return {app, [app, flags] { return run_node(*app, *flags); }};
}

}  // namespace bezant::apps
