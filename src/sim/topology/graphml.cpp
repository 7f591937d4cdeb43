// SPDX-License-Identifier: Apache-2.0
#include "sim/topology/graphml.hpp"

#include <expat.h>
#include <fmt/format.h>

#include <memory>
#include <optional>
#include <type_traits>
#include <utility>

#include "sim/topology/graphml_reader.hpp"

namespace bezant::sim {

namespace {

constexpr char namespace_separator = '|';

using Parser = std::unique_ptr<std::remove_pointer_t<XML_Parser>, decltype(&XML_ParserFree)>;

/// What Expat's handlers work on. The first error stops the parser.
struct Reading {
    XML_Parser parser = nullptr;
    GraphmlReader reader;
    std::optional<TopologyError> error;

    [[nodiscard]] std::size_t line() const { return XML_GetCurrentLineNumber(parser); }

    void stop(TopologyError why) {
        error = std::move(why);
        XML_StopParser(parser, XML_FALSE);
    }
};

std::string_view local_name(std::string_view name) {
    return name.substr(name.rfind(namespace_separator) + 1);  // npos + 1 is 0
}

void on_element(void* user, const XML_Char* name, const XML_Char** attributes) {
    auto& reading = *static_cast<Reading*>(user);
    auto opened = reading.reader.open(local_name(name), XmlAttributes{attributes}, reading.line());
    if (!opened) reading.stop(std::move(opened.error()));
}

void on_element_end(void* user, const XML_Char* /*name*/) {
    auto& reading = *static_cast<Reading*>(user);
    if (reading.error) return;  // an empty element's end comes even when its start was refused
    auto closed = reading.reader.close();
    if (!closed) reading.stop(std::move(closed.error()));
}

void on_text(void* user, const XML_Char* text, int length) {
    static_cast<Reading*>(user)->reader.text({text, static_cast<std::size_t>(length)});
}

/// Entities are declared in a document type only; without one, none can be made to expand.
void on_document_type(void* user, const XML_Char* /*name*/, const XML_Char* /*system*/,
                      const XML_Char* /*public_id*/, int /*has_internal_subset*/) {
    auto& reading = *static_cast<Reading*>(user);
    reading.stop({TopologyFault::unsupported, reading.line(),
                  "a document type declaration (DOCTYPE) is not accepted; remove it"});
}

Parser make_parser(Reading& reading) {
    Parser parser{XML_ParserCreateNS(nullptr, namespace_separator), &XML_ParserFree};
    reading.parser = parser.get();
    XML_SetUserData(parser.get(), &reading);
    XML_SetElementHandler(parser.get(), on_element, on_element_end);
    XML_SetCharacterDataHandler(parser.get(), on_text);
    XML_SetStartDoctypeDeclHandler(parser.get(), on_document_type);
    return parser;
}

}  // namespace

Result<Topology, TopologyError> topology_from_graphml(std::string_view text) {
    if (text.size() > graphml_bytes_max) {
        return unexpected(TopologyError{
            TopologyFault::too_large, 0,
            fmt::format("more than {} bytes; use a smaller network", graphml_bytes_max)});
    }
    Reading reading;
    const Parser parser = make_parser(reading);
    const auto status =
        XML_Parse(parser.get(), text.data(), static_cast<int>(text.size()), XML_TRUE);
    if (reading.error) return unexpected(*reading.error);
    if (status != XML_STATUS_OK) {
        return unexpected(
            TopologyError{TopologyFault::malformed, reading.line(),
                          fmt::format("not well-formed XML: {}; give a GraphML file",
                                      XML_ErrorString(XML_GetErrorCode(parser.get())))});
    }
    return reading.reader.finish();
}

}  // namespace bezant::sim
