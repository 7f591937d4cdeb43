// SPDX-License-Identifier: Apache-2.0
#include "sim/topology/topology_spec.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/suggestion.hpp"
#include "sim/topology/foreign_text.hpp"
#include "sim/topology/generators.hpp"
#include "sim/topology/geographic.hpp"

namespace bezant::sim {

namespace {

struct Request {
    std::vector<std::string_view> values;
    std::uint32_t participants;
    Random& random;
    const RegionModel* regions;
};

using Made = Result<Topology, TopologyError>;

struct Generator {
    GeneratorHelp help;
    std::size_t values;  // that it takes
    Made (*make)(const Request&);
};

unexpected<TopologyError> refuse(TopologyFault fault, std::string message) {
    return unexpected(TopologyError{fault, 0, std::move(message)});
}

Made finished(MadeGraph graph) {
    if (!graph) return unexpected(std::move(graph.error()));
    return Topology{*std::move(graph), {}, {}};
}

Result<std::uint32_t, TopologyError> count_from(std::string_view text) {
    std::uint32_t count = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), count);
    if (error == std::errc{} && end == text.data() + text.size()) return count;
    return refuse(TopologyFault::not_a_number,
                  fmt::format("{} is not a whole number; write one, such as 4", quoted(text)));
}

Result<Probability, TopologyError> probability_from(std::string_view text) {
    const auto probability = probability_from_text(text);
    if (probability) return *probability;
    return refuse(TopologyFault::out_of_range,
                  fmt::format("{} is not a probability; write 0 to 1 with up to 9 decimals, such "
                              "as 0.05",
                              quoted(text)));
}

/// The probability at which pairs must be linked for a mean number of links.
Result<Probability, TopologyError> probability_from_degree(std::string_view text,
                                                           std::uint32_t participants) {
    constexpr unsigned digits = 9;
    const auto degree_billionths = fixed_point_from_text(text, digits);
    if (!degree_billionths) {
        return refuse(
            TopologyFault::not_a_number,
            fmt::format("{} is not a mean number of links; write one, such as 8", quoted(text)));
    }
    const std::uint64_t others = participants > 1 ? participants - 1 : 1;
    const std::uint64_t billionths = (*degree_billionths + others / 2) / others;
    if (billionths > Probability::one) {
        return refuse(TopologyFault::impossible_value,
                      fmt::format("{} participants cannot have {} links on average; use at most {}",
                                  participants, quoted(text), others));
    }
    return Probability{static_cast<std::uint32_t>(billionths)};
}

template <MadeGraph (*shape)(std::uint32_t)>
Made make_shape(const Request& request) {
    return finished(shape(request.participants));
}

Made make_tree(const Request& request) {
    const auto children = count_from(request.values[0]);
    if (!children) return unexpected(children.error());
    return finished(tree(request.participants, *children));
}

template <MadeGraph (*law)(std::uint32_t, std::uint32_t, Random&)>
Made make_by_links(const Request& request) {
    const auto links = count_from(request.values[0]);
    if (!links) return unexpected(links.error());
    return finished(law(request.participants, *links, request.random));
}

Made make_erdos_renyi(const Request& request) {
    constexpr std::string_view degree_key = "degree=";
    const std::string_view value = request.values[0];
    const auto probability =
        value.starts_with(degree_key)
            ? probability_from_degree(value.substr(degree_key.size()), request.participants)
            : probability_from(value);
    if (!probability) return unexpected(probability.error());
    return finished(erdos_renyi(request.participants, *probability, request.random));
}

Made make_watts_strogatz(const Request& request) {
    const auto degree = count_from(request.values[0]);
    if (!degree) return unexpected(degree.error());
    const auto rewiring = probability_from(request.values[1]);
    if (!rewiring) return unexpected(rewiring.error());
    return finished(watts_strogatz(request.participants, *degree, *rewiring, request.random));
}

Made make_geographic(const Request& request) {
    if (request.regions == nullptr) {
        return refuse(TopologyFault::impossible_value,
                      "'geographic' needs a model of the world's regions, and none was given");
    }
    return geographic(request.participants, *request.regions, request.random);
}

constexpr std::array generators = {
    Generator{{"ring", "ring", "everyone between two others"}, 0, make_shape<ring>},
    Generator{{"line", "line", "one after the other"}, 0, make_shape<line>},
    Generator{{"star", "star", "everyone linked with participant 0"}, 0, make_shape<star>},
    Generator{{"complete", "complete", "everyone linked with everyone"}, 0, make_shape<complete>},
    Generator{{"tree", "tree:2", "everyone has so many below him"}, 1, make_tree},
    Generator{{"regular", "regular:8", "everyone has so many links, at random"},
              1,
              make_by_links<random_regular>},
    Generator{{"erdos-renyi", "erdos-renyi:degree=8",
               "each pair is linked with a probability (erdos-renyi:0.05), or for so many links "
               "on average"},
              1,
              make_erdos_renyi},
    Generator{{"barabasi-albert", "barabasi-albert:3",
               "newcomers make so many links, mostly with those who have many"},
              1,
              make_by_links<barabasi_albert>},
    Generator{{"watts-strogatz", "watts-strogatz:4:0.1",
               "a ring of so many neighbours, some links of which lead far away"},
              2,
              make_watts_strogatz},
    Generator{{"geographic", "geographic", "regions, distances and links as on the Internet"},
              0,
              make_geographic},
};

constexpr auto helps = [] {
    std::array<GeneratorHelp, generators.size()> result;
    std::ranges::transform(generators, result.begin(), &Generator::help);
    return result;
}();

constexpr auto names = [] {
    std::array<std::string_view, generators.size()> result;
    std::ranges::transform(helps, result.begin(), &GeneratorHelp::name);
    return result;
}();

std::vector<std::string_view> split(std::string_view text) {
    std::vector<std::string_view> parts;
    while (true) {
        const std::size_t colon = text.find(':');
        parts.push_back(text.substr(0, colon));
        if (colon == std::string_view::npos) return parts;
        text.remove_prefix(colon + 1);
    }
}

const Generator* find_generator(std::string_view name) {
    const auto found = std::ranges::find(names, name);
    return found == names.end() ? nullptr
                                : &generators.at(static_cast<std::size_t>(found - names.begin()));
}

TopologyError unknown_name(std::string_view name) {
    const auto meant = nearest(name, names);
    std::string known;
    for (const std::string_view each : names)
        known += (known.empty() ? "" : ", ") + std::string{each};
    return {TopologyFault::unknown_name, 0,
            fmt::format("there is no topology {}; {}", quoted(name),
                        meant ? fmt::format("did you mean '{}'?", *meant) : "use one of " + known)};
}

TopologyError wrong_value_count(const Generator& generator, std::size_t given) {
    const auto& [name, example, meaning] = generator.help;
    return {TopologyFault::malformed, 0,
            fmt::format("'{}' takes {} value{}, not {}; write '{}'", name,
                        generator.values == 0 ? "no" : std::to_string(generator.values),
                        generator.values == 1 ? "" : "s", given, example)};
}

}  // namespace

std::span<const GeneratorHelp> generator_help() { return helps; }

bool names_generator(std::string_view spec) {
    return find_generator(spec.substr(0, spec.find(':'))) != nullptr;
}

Result<Topology, TopologyError> topology_from_spec(std::string_view spec,
                                                   std::uint32_t participants, Random& random,
                                                   const RegionModel* regions) {
    std::vector<std::string_view> parts = split(spec);
    const Generator* generator = find_generator(parts[0]);
    if (generator == nullptr) return unexpected(unknown_name(parts[0]));
    parts.erase(parts.begin());
    if (parts.size() != generator->values) {
        return unexpected(wrong_value_count(*generator, parts.size()));
    }
    auto made = generator->make({std::move(parts), participants, random, regions});
    if (!made) made.error().message = fmt::format("{}: {}", quoted(spec), made.error().message);
    return made;
}

}  // namespace bezant::sim
