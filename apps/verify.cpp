// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <chrono>
#include <cmath>
#include <cstdio>
#include <memory>

#include "apps/command.hpp"
#include "apps/files.hpp"
#include "apps/terminal.hpp"
#include "base/hex.hpp"
#include "chain/ledger_verification.hpp"
#include "report/text_style.hpp"

namespace bezant::apps {

namespace {

constexpr std::size_t ledger_bytes_max = std::size_t{8} << 30U;
constexpr std::uint32_t blocks_between_progress = 256;

void print_account(const LedgerAccount& account, std::size_t bytes, double seconds) {
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
    line("checked", fmt::format("{} bytes in {:.2f} s", report::grouped(bytes), seconds));
    fmt::print("{}\n", report::toned(style, report::Tone::good,
                                     "  sound, from the first byte to the last"));
}

std::string text_of(const LedgerFault& fault) {
    std::string where = "the file";
    if (fault.height) where = fmt::format("block {}", fault.height->value);
    if (fault.transaction) where += fmt::format(", transaction {}", *fault.transaction);
    return fmt::format("{} fails the check '{}'", where, fault.check);
}

void show_progress(Height height, std::uint32_t block_count) {
    if (height.value % blocks_between_progress != 0 || !errors_go_to_terminal()) return;
    fmt::print(stderr, "\r\x1b[Kblock {} of {}", height.value, block_count);
    std::fflush(stderr);
}

ExitCode verify(const std::string& path) {
    const auto file = read_file(path, ledger_bytes_max);
    if (!file) {
        print_error(file.error().what,
                    file.error().too_large
                        ? "no ledger file is as large: is it the right file?"
                        : "name a ledger file, as 'bezant simulate --out DIR' writes it");
        return file.error().too_large ? ExitCode::input : ExitCode::environment;
    }
    DirectVerifier signatures;
    const auto started = std::chrono::steady_clock::now();
    const auto account = verify_ledger(*file, signatures, show_progress);
    const std::chrono::duration<double> wall = std::chrono::steady_clock::now() - started;
    if (errors_go_to_terminal()) fmt::print(stderr, "\r\x1b[K");
    if (account) {
        print_account(*account, file->size(), wall.count());
        return ExitCode::good;
    }
    const LedgerFault& fault = account.error();
    if (!fault.height) {
        print_error(fmt::format("{} is not a whole ledger file: {}", path, fault.detail),
                    "it may be another file, or damaged on its way");
        return ExitCode::input;
    }
    print_error(fmt::format("{}: {}", path, text_of(fault)), fault.detail);
    if (fault.block) fmt::print(stderr, "  block hash {}\n", to_hex_reversed(fault.block->view()));
    return fault.block ? ExitCode::check_failed : ExitCode::input;
}

}  // namespace

Command add_verify(CLI::App& program) {
    CLI::App* app =
        program.add_subcommand("verify", "Check a ledger file from the first byte to the last");
    const auto path = std::make_shared<std::string>();
    app->add_option("file", *path, "The ledger file (.bzt)")->required();
    app->footer("Example: bezant simulate --out out && bezant verify out/ledger.bzt");
    return {app, [path] { return verify(*path); }};
}

}  // namespace bezant::apps
