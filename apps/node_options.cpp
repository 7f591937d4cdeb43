// SPDX-License-Identifier: Apache-2.0
#include "apps/node_options.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <charconv>
#include <cstdlib>

#include "apps/files.hpp"
#include "base/hex.hpp"
#include "ledger/address.hpp"
#include "ledger/ledger_file.hpp"
#include "ledger/target.hpp"
#include "net/endpoint.hpp"
#include "rpc/default_port.hpp"

namespace bezant::apps {

namespace {

using boost::asio::ip::tcp;
using net::NodeOptions;

/// Of a ledger that is read for its network.
constexpr std::size_t ledger_bytes_max = std::size_t{1} << 30U;

std::optional<std::uint16_t> port_in(std::string_view digits) {
    std::uint16_t port = 0;
    const auto [end, fault] = std::from_chars(digits.begin(), digits.end(), port);
    return fault == std::errc{} && end == digits.end() ? std::optional{port} : std::nullopt;
}

/// Asks the operating system for the address of a name.
Outcome<NetworkAddress> look_up(const std::string& text) {
    const std::size_t colon = text.rfind(':');
    const auto port = colon == text.npos ? std::nullopt : port_in(text.substr(colon + 1));
    if (!port || colon == 0) {
        return unexpected{
            Failure{.code = ExitCode::usage,
                    .what = fmt::format("{} is not an address", text),
                    .advice = "write it as 192.0.2.1:7333, [2001:db8::1]:7333 or name:7333"}};
    }
    boost::asio::io_context loop;
    tcp::resolver resolver{loop};
    boost::system::error_code failure;
    const auto found = resolver.resolve(text.substr(0, colon), "", failure);
    if (!failure && !found.empty()) {
        NetworkAddress address = net::address_of(found.begin()->endpoint());
        address.port = *port;
        return address;
    }
    return unexpected{
        Failure{.code = ExitCode::environment,
                .what = fmt::format("cannot find the address of {}: {}", text, failure.message()),
                .advice = "write it as 192.0.2.1:7333, or see to the name service"}};
}

Outcome<NetworkAddress> address(const std::string& text) {
    if (const auto parsed = network_address_from_text(text)) return *parsed;
    return look_up(text);
}

Outcome<std::vector<NetworkAddress>> addresses(const std::vector<std::string>& texts) {
    std::vector<NetworkAddress> result;
    for (const std::string& text : texts) {
        const auto parsed = address(text);
        if (!parsed) return unexpected{parsed.error()};
        result.push_back(*parsed);
    }
    return result;
}

Outcome<std::vector<PublicKey>> keys(const std::vector<std::string>& texts) {
    std::vector<PublicKey> result;
    for (const std::string& text : texts) {
        const auto key = fixed_from_hex<PublicKey>(text);
        if (!key) {
            return unexpected{Failure{
                .code = ExitCode::usage,
                .what = fmt::format("{} is not the key of a node", text),
                .advice = "give the 64 digits that the other node writes to its log at its start"}};
        }
        result.push_back(*key);
    }
    return result;
}

/// Everywhere on a public network; else only for this machine.
std::vector<NetworkAddress> usual_listening(const Parameters& parameters) {
    const std::uint16_t port = net::usual_port(parameters);
    if (parameters.schedule == TargetSchedule::asert)
        return {{.host = ipv4_host(0, 0, 0, 0), .port = port}, {.host = Host{}, .port = port}};
    return {{.host = ipv4_host(127, 0, 0, 1), .port = port}};
}

/// Where the target is fixed a processor would find blocks all the time: it is held to a rate at
/// which it alone makes one each block interval.
std::optional<double> hash_rate(const NodeFlags& flags, const Parameters& parameters) {
    if (flags.hash_rate > 0) return flags.hash_rate;
    if (parameters.schedule != TargetSchedule::fixed) return std::nullopt;
    const auto target = target_from_compact(parameters.target_limit);
    return work_of_target(*target).to_double() / parameters.block_interval_seconds;
}

/// What is wrong with a network's name, before anything is read; nothing if it may be one.
std::string no_such_network(const std::string& name) {
    if (built_in_parameters(name) || std::filesystem::is_regular_file(name)) return {};
    return fmt::format(
        "there is no network or file {}: give main, test, local, classroom, or a ledger file "
        "(.bzt)",
        name);
}

Outcome<void> add_payout(const NodeFlags& flags, NodeOptions& options) {
    if (flags.payout.empty()) return {};
    const auto owner = owner_of_address(flags.payout, options.parameters.address_prefix);
    if (!owner) {
        return unexpected{Failure{.code = ExitCode::usage,
                                  .what = fmt::format("--payout: {}", owner.error().text),
                                  .advice = "give an address of this network"}};
    }
    options.participant.payout = *owner;
    return {};
}

Outcome<void> add_addresses(const NodeFlags& flags, NodeOptions& options) {
    const auto listen = addresses(flags.listen);
    if (!listen) return unexpected{listen.error()};
    options.listen_at = *listen;
    if (listen->empty() && !flags.no_listen)
        options.listen_at = usual_listening(options.parameters);
    const auto connect = addresses(flags.connect);
    if (!connect) return unexpected{connect.error()};
    options.call = *connect;
    if (flags.advertise.empty()) return {};
    const auto advertised = address(flags.advertise);
    if (!advertised) return unexpected{advertised.error()};
    options.participant.advertised_address = *advertised;
    return {};
}

/// What adds an option to this command, with what is to be written and what it means.
auto option_adder(CLI::App& app) {
    return [&app](const char* name, auto& value, const char* type, const char* meaning) {
        CLI::Option* const added = app.add_option(name, value, meaning)->option_text(type);
        // An amount of 0 that stands for none is no value to be written.
        if constexpr (std::is_floating_point_v<std::remove_cvref_t<decltype(value)>>) return added;
        return added->capture_default_str();
    };
}

/// Who is answered, and by what.
void add_answering_flags(CLI::App& app, NodeFlags& flags) {
    const auto option = option_adder(app);
    option("--rpc-listen", flags.rpc_listen, "ADDRESS",
           "Where it answers calls, if not at the network's own port; may be repeated")
        ->allow_extra_args(false);
    app.add_flag("--no-rpc", flags.no_rpc, "Answer no calls");
    app.add_flag("--rpc-allow-remote", flags.rpc_allow_remote,
                 "Let other machines call, too: nothing is encrypted");
    option("--rpc-host", flags.rpc_hosts, "NAME",
           "A name by which this machine may be called; may be repeated")
        ->allow_extra_args(false);
    app.add_flag("--stratum", flags.stratum,
                 "Give work to mining programs (Stratum v1), on this machine");
    option("--stratum-listen", flags.stratum_listen, "ADDRESS",
           "The same, there, and not at the network's own port; may be repeated")
        ->allow_extra_args(false);
    app.add_flag("--stratum-allow-remote", flags.stratum_allow_remote,
                 "Let other machines mine, too: nothing is encrypted");
    option("--stratum-difficulty", flags.stratum_difficulty, "NUMBER",
           "How hard shares are, as a power of two; else each program's own way")
        ->check(CLI::Range(1e-10, 1e18));
}

}  // namespace

Outcome<NodeOptions> node_options(const NodeFlags& flags) {
    NodeOptions options;
    auto parameters = network_named(flags.network);
    if (!parameters) return unexpected{parameters.error()};
    options.parameters = *std::move(parameters);
    options.version = BEZANT_VERSION;
    options.folder = flags.folder.empty() ? usual_data_folder(options.parameters.name)
                                          : std::filesystem::path{flags.folder};
    options.participant = net::usual_participant_options(options.parameters);
    options.participant.outbound_slots = flags.outbound;
    options.participant.inbound_slots = flags.inbound;
    options.hashes_per_second = hash_rate(flags, options.parameters);
    options.mining_threads = flags.mining_threads;
    options.index = flags.index;
    if (!flags.record_file.empty()) options.record = flags.record_file;
    if (auto added = add_addresses(flags, options); !added) return unexpected{added.error()};
    if (auto added = add_payout(flags, options); !added) return unexpected{added.error()};
    if (!flags.allowed_peers.empty()) {
        const auto allowed = keys(flags.allowed_peers);
        if (!allowed) return unexpected{allowed.error()};
        options.allowed_peers = *allowed;
    }
    return options;
}

Outcome<std::optional<rpc::HttpServerOptions>> rpc_options(const NodeFlags& flags,
                                                           const Parameters& parameters) {
    if (flags.no_rpc) return std::nullopt;
    rpc::HttpServerOptions options;
    const auto listen = addresses(flags.rpc_listen);
    if (!listen) return unexpected{listen.error()};
    options.addresses = *listen;
    if (options.addresses.empty()) {
        options.addresses = {{.host = ipv4_host(127, 0, 0, 1),
                              .port = rpc::default_port(parameters.name).value_or(0)}};
    }
    options.allow_remote = flags.rpc_allow_remote;
    return options;
}

Outcome<Parameters> network_named(const std::string& name) {
    if (auto built_in = built_in_parameters(name)) return *std::move(built_in);
    const auto refused = [&](const std::string& why) {
        return unexpected{
            Failure{.code = ExitCode::usage,
                    .what = fmt::format("--network {}: {}", name, why),
                    .advice = "give main, test, local, classroom, or a ledger file (.bzt)"}};
    };
    const auto bytes = read_file(name, ledger_bytes_max);
    if (!bytes) return refused(bytes.error().what);
    auto ledger = LedgerReader::open(*bytes);
    if (!ledger) return refused(to_text(ledger.error()));
    while (ledger->blocks_left() > 0) {
        if (const auto block = ledger->next_block(); !block) return refused(to_text(block.error()));
    }
    if (const auto whole = ledger->check_trailer(); !whole) return refused(to_text(whole.error()));
    return ledger->parameters();
}

Outcome<std::optional<mining::StratumServerOptions>> stratum_options(const NodeFlags& flags,
                                                                     const Parameters& parameters) {
    if (!flags.stratum && flags.stratum_listen.empty()) return std::nullopt;
    mining::StratumServerOptions options;
    const auto listen = addresses(flags.stratum_listen);
    if (!listen) return unexpected{listen.error()};
    options.addresses = *listen;
    if (options.addresses.empty()) {
        options.addresses = {
            {.host = ipv4_host(127, 0, 0, 1), .port = mining::usual_stratum_port(parameters)}};
    }
    options.allow_remote = flags.stratum_allow_remote;
    if (flags.stratum_difficulty > 0)
        options.difficulty = mining::ShareDifficulty::at_most(flags.stratum_difficulty);
    return options;
}

net::LogLevel log_level(const NodeFlags& flags) {
    const auto found = std::ranges::find(net::log_level_names, flags.log_level);
    return static_cast<net::LogLevel>(found - net::log_level_names.begin());
}

std::optional<std::filesystem::path> log_file(const NodeFlags& flags) {
    if (flags.log_file.empty()) return std::nullopt;
    return flags.log_file;
}

std::filesystem::path usual_data_folder(std::string_view network) {
    const char* const home = std::getenv("HOME");
    return std::filesystem::path{home != nullptr ? home : "."} / ".bezant" / network;
}

void add_node_flags(CLI::App& app, NodeFlags& flags) {
    const ParticipantOptions usual = net::usual_participant_options(*built_in_parameters("main"));
    flags.outbound = usual.outbound_slots;
    flags.inbound = usual.inbound_slots;
    const auto option = option_adder(app);
    option("--network", flags.network, "NAME|FILE",
           "main, test, classroom, local: a private one; or a ledger file (.bzt), for its network")
        ->check(no_such_network);
    option("--data", flags.folder, "FOLDER",
           "Where it keeps keys and ledger ($BEZANT_DATA, or ~/.bezant/NETWORK)")
        ->envname(data_variable);
    option("--listen", flags.listen, "ADDRESS", "Where others can call it; may be repeated")
        ->allow_extra_args(false);
    app.add_flag("--no-listen", flags.no_listen, "Let nobody call it");
    option("--connect", flags.connect, "ADDRESS", "Call this node, and again; may be repeated")
        ->allow_extra_args(false);
    option("--allow-peer", flags.allowed_peers, "KEY",
           "Speak with nobody but nodes of these keys; may be repeated")
        ->allow_extra_args(false);
    option("--advertise", flags.advertise, "ADDRESS", "Tell others that it can be called there");
    option("--outbound", flags.outbound, "NUMBER", "How many nodes it calls of its own choice (8)")
        ->check(CLI::Range(0, 1'000));
    option("--inbound", flags.inbound, "NUMBER", "How many that call it may stay (117)")
        ->check(CLI::Range(0, 10'000));
    option("--mine", flags.mining_threads, "THREADS", "Mine with so many threads")
        ->check(CLI::Range(0, 1'024));
    option("--hash-rate", flags.hash_rate, "NUMBER", "At most so many hashes a second, by all")
        ->check(CLI::Range(0.001, 1e15));
    option("--wallet", flags.wallet_file, "FILE",
           "Follow the chain for this wallet, and pay from it");
    app.add_flag("--index", flags.index,
                 "Keep an index, so that any transaction and any address can be asked for");
    option("--payout", flags.payout, "ADDRESS", "Who gets what it mines, if not the wallet");
    add_answering_flags(app, flags);
    option("--log", flags.log_level, "LEVEL", "debug, info, warning, error or off")
        ->check(CLI::IsMember(
            std::vector<std::string>{net::log_level_names.begin(), net::log_level_names.end()}));
    option("--log-file", flags.log_file, "FILE", "Write the log there; SIGHUP opens it anew");
    option("--record", flags.record_file, "FILE",
           "Record all that enters this node, for 'bezant replay'; FILE.2 if it is there");
    app.add_flag("--until-input-ends", flags.until_input_ends,
                 "End when standard input does, as if told to: for who starts it from a program");
    app.add_flag("--core-files", flags.core_files,
                 "Leave a core file at a crash: keys and passwords are in it");
    option("--config", flags.config_file, "FILE",
           "A TOML file with any of these, as in: network = \"local\"");
}

}  // namespace bezant::apps
