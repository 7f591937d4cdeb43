// SPDX-License-Identifier: Apache-2.0
#include "rpc/json_text.hpp"

#include <fmt/format.h>

#include <boost/json.hpp>
#include <cmath>
#include <iterator>

namespace bezant::rpc {

namespace {

/// An object of this one member stands for an amount. No result has a member of this name: the
/// names in results are ours, and what strangers say is only ever in strings.
constexpr std::string_view amount_mark = "\1amount";

const json::value* amount_in(const json::object& object) {
    return object.size() == 1 ? object.if_contains(amount_mark) : nullptr;
}

void write(std::string& out, const json::value& value);

void write(std::string& out, const json::array& array) {
    out += '[';
    for (const json::value& item : array) {
        if (&item != array.begin()) out += ',';
        write(out, item);
    }
    out += ']';
}

void write(std::string& out, const json::object& object) {
    if (const json::value* amount = amount_in(object)) {
        const std::uint64_t units = amount->as_uint64();
        fmt::format_to(std::back_inserter(out), "{}.{:08}", units / units_per_bezant,
                       units % units_per_bezant);
        return;
    }
    out += '{';
    bool first = true;
    for (const auto& [name, item] : object) {
        if (!first) out += ',';
        first = false;
        out += json::serialize(json::string_view{name});
        out += ':';
        write(out, item);
    }
    out += '}';
}

void write(std::string& out, const json::value& value) {
    if (const auto* object = value.if_object()) return write(out, *object);
    if (const auto* array = value.if_array()) return write(out, *array);
    if (const auto* number = value.if_double()) {
        if (!std::isfinite(*number)) {
            out += "null";
            return;
        }
        fmt::format_to(std::back_inserter(out), "{}", *number);
        return;
    }
    out += json::serialize(value);
}

/// The end of the string that begins here.
std::size_t end_of_string(std::string_view text, std::size_t at) {
    for (++at; text[at] != '"'; ++at) {
        if (text[at] == '\\') ++at;
    }
    return at + 1;
}

bool opens(char letter) { return letter == '{' || letter == '['; }
bool closes(char letter) { return letter == '}' || letter == ']'; }
bool is_space(char letter) {
    return letter == ' ' || letter == '\n' || letter == '\r' || letter == '\t';
}

std::size_t skip_spaces(std::string_view text, std::size_t at) {
    while (at < text.size() && is_space(text[at])) ++at;
    return at;
}

/// The end of the value that begins here.
std::size_t end_of_value(std::string_view text, std::size_t at) {
    if (text[at] == '"') return end_of_string(text, at);
    std::size_t depth = 0;
    while (at < text.size()) {
        const char letter = text[at];
        if (letter == '"') {
            at = end_of_string(text, at);
            continue;
        }
        if (depth == 0 && (letter == ',' || closes(letter) || is_space(letter))) return at;
        ++at;
        if (opens(letter)) ++depth;
        if (closes(letter) && --depth == 0) return at;
    }
    return at;
}

class Indenter {
public:
    explicit Indenter(std::string_view text) : text_(text) {}

    std::string run() {
        for (std::size_t at = 0; at < text_.size();) at = step(at);
        return std::move(out_);
    }

private:
    void new_line() {
        out_ += '\n';
        out_.append(2 * depth_, ' ');
    }

    std::size_t step(std::size_t at) {
        const char letter = text_[at];
        if (letter == '"') {
            const std::size_t end = end_of_string(text_, at);
            out_ += text_.substr(at, end - at);
            return end;
        }
        if (is_space(letter)) return at + 1;
        if (opens(letter)) return open(at);
        if (closes(letter)) {
            --depth_;
            new_line();
        }
        out_ += letter;
        if (letter == ',') new_line();
        if (letter == ':') out_ += ' ';
        return at + 1;
    }

    std::size_t open(std::size_t at) {
        out_ += text_[at];
        const std::size_t next = skip_spaces(text_, at + 1);
        if (closes(text_[next])) {
            out_ += text_[next];
            return next + 1;
        }
        ++depth_;
        new_line();
        return next;
    }

    std::string_view text_;
    std::string out_;
    std::size_t depth_ = 0;
};

}  // namespace

json::value in_json(Amount amount) { return json::object{{amount_mark, amount.value}}; }

std::string json_text(const json::value& value) {
    std::string out;
    write(out, value);
    return out;
}

std::string indented(std::string_view text) { return Indenter{text}.run(); }

std::optional<std::string_view> member_text(std::string_view text, std::string_view name) {
    std::size_t at = skip_spaces(text, 0);
    if (at == text.size() || text[at] != '{') return std::nullopt;
    at = skip_spaces(text, at + 1);
    while (text[at] != '}') {
        const std::size_t name_end = end_of_string(text, at);
        const std::string_view found = text.substr(at + 1, name_end - at - 2);
        at = skip_spaces(text, skip_spaces(text, name_end) + 1);  // over the colon
        const std::size_t end = end_of_value(text, at);
        if (found == name) return text.substr(at, end - at);
        at = skip_spaces(text, end);
        if (text[at] == ',') at = skip_spaces(text, at + 1);
    }
    return std::nullopt;
}

std::vector<std::string_view> item_texts(std::string_view text) {
    std::vector<std::string_view> items;
    std::size_t at = skip_spaces(text, 0);
    if (at == text.size() || text[at] != '[') return items;
    at = skip_spaces(text, at + 1);
    while (text[at] != ']') {
        const std::size_t end = end_of_value(text, at);
        items.push_back(text.substr(at, end - at));
        at = skip_spaces(text, end);
        if (text[at] == ',') at = skip_spaces(text, at + 1);
    }
    return items;
}

}  // namespace bezant::rpc
