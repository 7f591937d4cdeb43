// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "ledger/parameters.hpp"
#include "sim/scenario.hpp"

namespace bezant::fleet {

/// The password of every wallet of a fleet. It keeps nobody out, and need not: the money is that of
/// a network which began a moment ago, and wallets must have one.
inline constexpr std::string_view wallet_password = "classroom";

/// A participant before its node starts: a folder with keys that nobody else has.
struct Member {
    std::filesystem::path folder;
    std::filesystem::path wallet;
    PublicKeyHash miner;  ///< signs its blocks
    PublicKeyHash owner;  ///< has its part of the genesis block's coins, and gets what it mines
};

/// What a scenario's nodes start from.
struct Preparation {
    Parameters parameters;
    std::filesystem::path network;  ///< the file that says so to the nodes
    std::vector<Member> members;
};

/// Makes a folder for each participant inside of this one, with wallet and miner's key, and a
/// network whose genesis block gives to each what the scenario says, and these coins to `others`.
/// `names` are those of the folders. Errors are sentences.
[[nodiscard]] Result<Preparation, std::string> prepare(const sim::Scenario& scenario,
                                                       std::span<const std::string> names,
                                                       const std::filesystem::path& folder,
                                                       std::span<const Output> others = {});

}  // namespace bezant::fleet
