// SPDX-License-Identifier: Apache-2.0
#include "sweep/plan.hpp"

#include <fmt/format.h>

namespace bezant::sweep {

namespace {

/// Texts are preceded by their lengths, so that no two plans are one text.
class Writer {
public:
    void add(std::string_view text) {
        hasher_.update(as_bytes(fmt::format("{}:{};", text.size(), text)));
    }
    void add(std::uint64_t number) { add(fmt::format("{}", number)); }
    void add(const std::optional<double>& number) {
        add(number ? fmt::format("{}", *number) : std::string{});
    }
    void add(const Hash256& hash) { hasher_.update(hash.view()); }
    [[nodiscard]] Hash256 finish() const { return hasher_.finish(); }

private:
    Sha256 hasher_ = tagged_hasher("bezant/sweep");
};

void add_stop(Writer& writer, const std::optional<StopRule>& stop) {
    writer.add(std::uint64_t{stop ? 1U : 0U});
    if (!stop) return;
    writer.add(stop->measure);
    writer.add(stop->half_width);
    writer.add(stop->relative_half_width);
    writer.add(std::uint64_t{stop->seeds_min});
}

}  // namespace

std::vector<Setting> Plan::settings_of(std::uint32_t cell) const {
    std::vector<Setting> all = settings;
    for (std::size_t i = 0; i < keys.size(); ++i) all.push_back({keys[i], cells[cell][i].written});
    return all;
}

Hash256 hash_of(const Plan& plan, const std::vector<Hash256>& sources) {
    Writer writer;
    writer.add(plan.scenario);
    writer.add(std::uint64_t{plan.seeds});
    writer.add(static_cast<std::uint64_t>(plan.first_seed));
    writer.add(plan.measures.size());
    for (const std::string& measure : plan.measures) writer.add(measure);
    add_stop(writer, plan.stop);
    for (std::uint32_t cell = 0; cell < plan.cells.size(); ++cell) {
        const auto settings = plan.settings_of(cell);
        writer.add(settings.size());
        for (const auto& [key, value] : settings) {
            writer.add(key);
            writer.add(value);
        }
    }
    for (const Hash256& source : sources) writer.add(source);
    return writer.finish();
}

}  // namespace bezant::sweep
