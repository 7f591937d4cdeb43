// SPDX-License-Identifier: Apache-2.0
#include "tests/support/document_examples.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "base/hex.hpp"

namespace bezant {

std::string formats_document() {
    std::ifstream file(BEZANT_SOURCE_DIR "/docs/formats.md");
    std::stringstream text;
    text << file.rdbuf();
    return text.str();
}

std::string example(std::string_view name) {
    const std::string text = formats_document();
    const std::string opening = "\n```example " + std::string{name} + "\n";
    const std::size_t begin = text.find(opening);
    EXPECT_NE(begin, std::string::npos) << name;
    if (begin == std::string::npos) return {};
    const std::size_t first = begin + opening.size();
    return text.substr(first, text.find("```", first) - first);
}

Bytes bytes_of_example(const std::string& lines) {
    std::istringstream text(lines);
    std::string digits;
    for (std::string line; std::getline(text, line);) {
        if (!line.starts_with("=>")) digits += line.substr(0, line.find(' '));
    }
    const auto bytes = from_hex(digits);
    EXPECT_TRUE(bytes) << lines;
    return bytes.value_or(Bytes{});
}

void expect_fields_in_tables(const std::string& lines) {
    const std::string text = formats_document();
    std::istringstream all(lines);
    for (std::string line; std::getline(all, line);) {
        const std::size_t space = line.find(' ');
        if (line.starts_with("=>") || space == std::string::npos) continue;
        const std::string note = line.substr(line.find_first_not_of(' ', space));
        const std::string name = note.substr(0, note.find(" = "));
        EXPECT_NE(text.find("\n| " + name + " |"), std::string::npos) << name;
    }
}

}  // namespace bezant
