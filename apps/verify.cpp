// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <chrono>
#include <cmath>
#include <cstdio>
#include <filesystem>
#include <memory>

#include "apps/command.hpp"
#include "apps/files.hpp"
#include "apps/terminal.hpp"
#include "base/hex.hpp"
#include "chain/ledger_verification.hpp"
#include "report/text_style.hpp"
#include "storage/index_reader.hpp"
#include "storage/store_verification.hpp"

namespace bezant::apps {

namespace {

constexpr std::size_t ledger_bytes_max = std::size_t{8} << 30U;
constexpr std::uint32_t blocks_between_progress = 256;

void print_account(const LedgerAccount& account, const std::string& checked) {
    const report::TextStyle style = output_style(Colour::automatic);
    const auto line = [](std::string_view label, const std::string& text) {
        fmt::print("  {:<14}{}\n", label, text);
    };
    line("network", account.parameters.name);
    line("genesis", to_hex_reversed(account.parameters.genesis_hash.view()));
    line("height", report::grouped(account.height.value));
    line("tip", to_hex_reversed(account.tip.view()));
    line("work", fmt::format("2^{:.2f} hashes expected", std::log2(account.work.to_double())));
    line("transactions", report::grouped(account.transactions));
    line("supply", fmt::format("{} BZT in {}", to_text(account.supply),
                               report::counted(account.coins, "coin", "coins")));
    line("fees paid", fmt::format("{} BZT", to_text(account.fees)));
    line("checked", checked);
    fmt::print("{}\n", report::toned(style, report::Tone::good,
                                     "  sound, from the first byte to the last"));
}

std::string text_of(const LedgerFault& fault) {
    std::string where = "the whole";
    if (fault.height) where = fmt::format("block {}", fault.height->value);
    if (fault.transaction) where += fmt::format(", transaction {}", *fault.transaction);
    return fmt::format("{} fails the check '{}'", where, fault.check);
}

void show_progress(Height height, std::uint32_t block_count) {
    if (height.value % blocks_between_progress != 0 || !errors_go_to_terminal()) return;
    fmt::print(stderr, "\r\x1b[Kblock {} of {}", height.value, block_count);
    std::fflush(stderr);
}

using Account = Result<LedgerAccount, LedgerFault>;

ExitCode tell_fault(const std::string& path, const LedgerFault& fault, ExitCode code) {
    print_error(fmt::format("{}: {}", path, text_of(fault)), fault.detail);
    if (fault.block) fmt::print(stderr, "  block hash {}\n", to_hex_reversed(fault.block->view()));
    return code;
}

/// Runs the check; gives its result and the seconds that it took.
template <class Check>
std::pair<Account, double> timed(Check&& check) {
    DirectVerifier signatures;
    const auto started = std::chrono::steady_clock::now();
    Account account = check(signatures);
    const std::chrono::duration<double> wall = std::chrono::steady_clock::now() - started;
    if (errors_go_to_terminal()) fmt::print(stderr, "\r\x1b[K");
    return {std::move(account), wall.count()};
}

ExitCode verify_file(const std::string& path) {
    const auto file = read_file(path, ledger_bytes_max);
    if (!file) {
        print_error(file.error().what,
                    file.error().too_large
                        ? "no ledger file is as large: is it the right file?"
                        : "name a ledger file, as 'bezant simulate --out DIR' writes it");
        return file.error().too_large ? ExitCode::input : ExitCode::environment;
    }
    const auto [account, seconds] = timed([&](SignatureVerifier& signatures) {
        return verify_ledger(*file, signatures, show_progress);
    });
    if (account) {
        print_account(*account,
                      fmt::format("{} bytes in {:.2f} s", report::grouped(file->size()), seconds));
        return ExitCode::good;
    }
    const LedgerFault& fault = account.error();
    if (!fault.height) {
        print_error(fmt::format("{} is not a whole ledger file: {}", path, fault.detail),
                    "it may be another file, or damaged on its way");
        return ExitCode::input;
    }
    return tell_fault(path, fault, fault.block ? ExitCode::check_failed : ExitCode::input);
}

/// The store lies in the folder of a node's data, or is the folder.
ExitCode verify_folder(const std::filesystem::path& path) {
    const std::filesystem::path inner = path / "store";
    const std::string folder = storage::is_database(inner.string()) ? inner : path;
    const auto ledger = storage::StoredLedger::open_existing(folder);
    if (!ledger) {
        print_error(ledger.error().text);
        return ExitCode::environment;
    }
    const auto [account, seconds] = timed([&](SignatureVerifier& signatures) {
        return storage::verify_store(**ledger, signatures, show_progress);
    });
    if (!account) return tell_fault(folder, account.error(), ExitCode::check_failed);
    const bool has_index = storage::IndexReader{(*ledger)->database()}.tip().has_value();
    print_account(*account, fmt::format("{} in {:.2f} s",
                                        has_index ? "blocks, coins, undo data and index"
                                                  : "blocks, coins and undo data",
                                        seconds));
    return ExitCode::good;
}

ExitCode verify(const std::string& path) {
    std::error_code ignored;
    return std::filesystem::is_directory(path, ignored) ? verify_folder(path) : verify_file(path);
}

}  // namespace

Command add_verify(CLI::App& program) {
    CLI::App* app = program.add_subcommand(
        "verify", "Check a ledger, in a file or in a node's folder, from first to last");
    const auto path = std::make_shared<std::string>();
    app->add_option("file", *path, "The ledger file (.bzt), or the folder of a node's data")
        ->required();
    app->footer("Example: bezant simulate --out out && bezant verify out/ledger.bzt");
    return {app, [path] { return verify(*path); }};
}

}  // namespace bezant::apps
