// SPDX-License-Identifier: Apache-2.0
#include "report/wrapped_text.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "report/line_canvas.hpp"

namespace bezant::report {

namespace {

using Spelling = std::pair<std::string_view, std::string_view>;
constexpr std::array<Spelling, 4> spellings{{{"…", "..."}, {"–", "-"}, {"→", "->"}, {"’", "'"}}};

std::string spelt_in_ascii(std::string_view text) {
    std::string result{text};
    for (const auto& [sign, ascii] : spellings) {
        for (std::size_t at = result.find(sign); at != result.npos; at = result.find(sign, at))
            result.replace(at, sign.size(), ascii);
    }
    return result;
}

/// Takes the next word off the text; an empty one at the end.
std::string_view next_word(std::string_view& text) {
    text.remove_prefix(std::min(text.find_first_not_of(' '), text.size()));
    const std::string_view word = text.substr(0, text.find(' '));
    text.remove_prefix(word.size());
    return word;
}

}  // namespace

std::string wrapped(const TextStyle& style, std::string_view lead, std::string_view text,
                    std::optional<Tone> lead_tone) {
    const std::string spelt = style.unicode ? std::string{text} : spelt_in_ascii(text);
    const std::size_t indent = display_width(lead);
    std::string lines = lead_tone ? toned(style, *lead_tone, lead) : std::string{lead};
    std::size_t column = indent;
    bool at_begin = true;
    std::string_view rest = spelt;
    for (auto word = next_word(rest); !word.empty(); word = next_word(rest)) {
        const std::size_t width = display_width(word);
        if (!at_begin && column + 1 + width > style.columns) {
            lines += '\n';
            lines.append(indent, ' ');
            column = indent;
            at_begin = true;
        }
        if (!at_begin) lines += ' ';
        lines += word;
        column += width + (at_begin ? 0 : 1);
        at_begin = false;
    }
    return lines + '\n';
}

}  // namespace bezant::report
