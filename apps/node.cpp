// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>
#include <csignal>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "apps/command.hpp"
#include "apps/config_file.hpp"
#include "apps/node_options.hpp"
#include "net/log.hpp"
#include "net/node.hpp"

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

void reopen_log_on_signal(boost::asio::signal_set& signals, net::Log& log) {
    signals.async_wait([&](const boost::system::error_code& cancelled, int) {
        if (cancelled) return;
        log.reopen();
        reopen_log_on_signal(signals, log);
    });
}

ExitCode run_node(CLI::App& app, const NodeFlags& flags) {
    if (!flags.config_file.empty()) {
        if (const auto read = read_config_file(app, flags.config_file); !read) {
            print_error(read.error().what, read.error().advice);
            return ExitCode::input;
        }
    }
    const auto options = node_options(flags);
    if (!options) {
        print_error(options.error().what, options.error().advice);
        return ExitCode::usage;
    }
    const auto log = net::Log::open(log_level(flags), log_file(flags));
    if (!log) return failed(log.error());
    // Whatever still waits in the loop when it ends is thrown away after the node.
    boost::asio::io_context loop{1};
    const auto node =
        net::Node::start(loop.get_executor(), *options, **log, [&loop] { loop.stop(); });
    if (!node) return failed(node.error());
    boost::asio::signal_set ends{loop, SIGINT, SIGTERM};
    end_on_signal(ends, **node);
    boost::asio::signal_set reopens{loop, SIGHUP};
    reopen_log_on_signal(reopens, **log);
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
