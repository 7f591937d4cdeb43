// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "apps/exit_code.hpp"
#include "apps/scenario_source.hpp"
#include "report/text_style.hpp"

namespace bezant::apps {

struct RelayOptions {
    std::string out;  ///< a folder for summary.json and blocks.csv; empty: none
    bool json = false;
    report::TextStyle style;
};

/// Runs a scenario in which participants only relay blocks, from the opening to the exit code.
[[nodiscard]] ExitCode simulate_relay(const LoadedScenario& loaded, const RelayOptions& options);

}  // namespace bezant::apps
