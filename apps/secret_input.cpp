// SPDX-License-Identifier: Apache-2.0
#include "apps/secret_input.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <termios.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <optional>

#include "apps/descriptor.hpp"

namespace bezant::apps {

namespace {

constexpr std::size_t secret_bytes_max = 4'096;
constexpr Byte end_of_text = 3;  ///< Ctrl-C
constexpr Byte end_of_input = 4;
constexpr Byte backspace = 8;
constexpr Byte erase = 127;

/// The terminal as it is while a secret is typed: it shows nothing, keeps nothing in a line of its
/// own, and does not end the program before it is as it was.
class QuietTerminal {
public:
    explicit QuietTerminal(int file) : file_(file) {
        known_ = ::tcgetattr(file_, &before_) == 0;
        if (!known_) return;
        termios quiet = before_;
        quiet.c_lflag &= ~static_cast<tcflag_t>(ECHO | ICANON | ISIG);
        quiet.c_cc[VMIN] = 1;
        quiet.c_cc[VTIME] = 0;
        known_ = ::tcsetattr(file_, TCSAFLUSH, &quiet) == 0;
    }
    QuietTerminal(const QuietTerminal&) = delete;
    QuietTerminal& operator=(const QuietTerminal&) = delete;
    ~QuietTerminal() {
        if (known_) (void)::tcsetattr(file_, TCSAFLUSH, &before_);
    }

    [[nodiscard]] bool is_quiet() const { return known_; }

private:
    int file_;
    bool known_ = false;
    termios before_{};
};

void say(int file, std::string_view text) { (void)!::write(file, text.data(), text.size()); }

std::optional<Byte> read_byte(int file) {
    Byte byte = 0;
    for (;;) {
        const auto count = ::read(file, &byte, 1);
        if (count == 1) return byte;
        if (count < 0 && errno == EINTR) continue;
        return std::nullopt;
    }
}

/// The bytes of a character in UTF-8 after its first.
bool goes_on(Byte byte) { return (byte & 0xc0U) == 0x80U; }

void erase_last(SecretBuffer& line) {
    while (!line.empty() && goes_on(line.back())) line.pop_back();
    if (!line.empty()) line.pop_back();
}

/// Nothing if the person gives up.
std::optional<SecretBuffer> typed_line(int terminal) {
    SecretBuffer line;
    while (line.size() < secret_bytes_max) {
        const auto byte = read_byte(terminal);
        if (!byte || *byte == end_of_text || *byte == end_of_input) return std::nullopt;
        if (*byte == '\n' || *byte == '\r') break;
        if (*byte == erase || *byte == backspace) {
            erase_last(line);
        } else {
            line.push_back(*byte);
        }
    }
    return line;
}

Descriptor open_terminal() { return Descriptor{::open("/dev/tty", O_RDWR | O_CLOEXEC)}; }

unexpected<Failure> nobody_to_ask() {
    return unexpected{Failure{ExitCode::usage, "there is no terminal to ask for the password",
                              "say --password-file FILE"}};
}

}  // namespace

Outcome<SecretBuffer> ask_secretly(std::string_view question) {
    const Descriptor terminal = open_terminal();
    if (!terminal.is_open()) return nobody_to_ask();
    const QuietTerminal quiet{terminal.number()};
    if (!quiet.is_quiet()) return nobody_to_ask();
    say(terminal.number(), question);
    auto line = typed_line(terminal.number());
    say(terminal.number(), "\n");
    if (!line) return unexpected{Failure{ExitCode::usage, "given up", "nothing has changed"}};
    return std::move(*line);
}

Outcome<SecretBuffer> secret_of_file(const std::string& path) {
    errno = 0;
    const Descriptor file{::open(path.c_str(), O_RDONLY | O_CLOEXEC)};
    SecretBuffer line;
    while (file.is_open() && line.size() < secret_bytes_max) {
        const auto byte = read_byte(file.number());
        if (!byte || *byte == '\n') break;
        line.push_back(*byte);
    }
    if (!file.is_open() || errno != 0) {
        return unexpected{Failure{ExitCode::environment,
                                  fmt::format("cannot read {}: {}", path, std::strerror(errno)),
                                  "name a file whose first line is the secret"}};
    }
    if (!line.empty() && line.back() == '\r') line.pop_back();
    return line;
}

Outcome<SecretBuffer> secret_of_input() {
    const bool is_typed = ::isatty(STDIN_FILENO) == 1;
    SecretBuffer text;
    while (const auto byte = read_byte(STDIN_FILENO)) {
        if (is_typed && *byte == '\n') break;
        if (text.size() == secret_bytes_max) {
            return unexpected{Failure{ExitCode::input, "what was given is too long to be words",
                                      "give the words of one wallet"}};
        }
        text.push_back(*byte);
    }
    return text;
}

Outcome<SecretBuffer> password_from(const std::string& file) {
    return file.empty() ? ask_secretly("Password: ") : secret_of_file(file);
}

Outcome<SecretBuffer> new_password_from(const std::string& file) {
    auto password = file.empty() ? ask_secretly("New password: ") : secret_of_file(file);
    if (!password) return password;
    if (password->empty()) {
        return unexpected{Failure{ExitCode::input, "the password is empty",
                                  "choose one that nobody guesses: it is all that keeps a thief of "
                                  "the file from the money"}};
    }
    if (!file.empty()) return password;
    const auto again = ask_secretly("Once more: ");
    if (!again) return again;
    if (*again != *password) {
        return unexpected{Failure{ExitCode::input, "the two passwords differ", "try again"}};
    }
    return password;
}

bool confirm(std::string_view question) {
    const Descriptor terminal = open_terminal();
    if (!terminal.is_open()) return false;
    say(terminal.number(), question);
    std::string answer;
    while (const auto byte = read_byte(terminal.number())) {
        if (*byte == '\n' || answer.size() > secret_bytes_max) break;
        answer.push_back(static_cast<char>(*byte));
    }
    return answer == "y" || answer == "yes";
}

void print_secret(ByteView text) {
    std::fflush(stdout);
    while (!text.empty()) {
        const auto count = ::write(STDOUT_FILENO, text.data(), text.size());
        if (count < 0 && errno == EINTR) continue;
        if (count <= 0) return;
        text = text.subspan(static_cast<std::size_t>(count));
    }
}

}  // namespace bezant::apps
