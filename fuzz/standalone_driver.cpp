// SPDX-License-Identifier: Apache-2.0
// Runs a fuzz target without libFuzzer, so that every compiler runs it: each file of the folder
// named by the first argument, then as many inputs as the second says (2,000 if it does not), made
// by mutating those files. The same inputs every time. A failure prints the input that caused it.
#include <array>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>
#include <vector>

#include "base/bytes.hpp"
#include "base/hex.hpp"
#include "base/random.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

using bezant::Byte;
using bezant::Bytes;
using bezant::Random;

constexpr std::uint64_t default_runs = 2'000;
constexpr std::uint64_t longest_insertion_bytes = 64;

// What the handler of a fatal signal shows; it can be handed nothing else.
Bytes current_input;

extern "C" void show_input(int signal) {
    std::cerr << "input (" << current_input.size() << " bytes): " << bezant::to_hex(current_input)
              << '\n';
    std::signal(signal, SIG_DFL);
    std::raise(signal);
}

void run(Bytes input) {
    current_input = std::move(input);
    LLVMFuzzerTestOneInput(current_input.data(), current_input.size());
}

std::vector<Bytes> read_corpus(const std::filesystem::path& folder) {
    std::vector<std::filesystem::path> paths;
    if (std::filesystem::is_directory(folder)) {
        for (const auto& entry : std::filesystem::directory_iterator(folder)) {
            paths.push_back(entry.path());
        }
    }
    std::ranges::sort(paths);
    std::vector<Bytes> inputs;
    for (const auto& path : paths) {
        std::ifstream file(path, std::ios::binary);
        inputs.emplace_back(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
    }
    return inputs;
}

std::ptrdiff_t position(Random& random, const Bytes& input) {
    return static_cast<std::ptrdiff_t>(random.below(input.size() + 1));
}

void insert_random(Random& random, Bytes& input) {
    Bytes inserted(random.below(longest_insertion_bytes) + 1);
    for (Byte& byte : inserted) byte = static_cast<Byte>(random.next());
    input.insert(input.begin() + position(random, input), inserted.begin(), inserted.end());
}

void change_byte(Random& random, Bytes& input) {
    // Counts and flags break at their extremes more often than at random values.
    constexpr std::array<Byte, 6> extremes{0x00, 0x01, 0x7f, 0x80, 0xfe, 0xff};
    if (input.empty()) return;
    random.pick(input) =
        random.chance(1, 2) ? random.pick(extremes) : static_cast<Byte>(random.next());
}

void mutate(Random& random, Bytes& input) {
    switch (random.below(5)) {
        case 0:
            return insert_random(random, input);
        case 1:
            return input.resize(random.below(input.size() + 1));
        case 2:
            input.erase(input.begin(), input.begin() + position(random, input));
            return;
        default:
            return change_byte(random, input);
    }
}

}  // namespace

int main(int argument_count, char** arguments) {
    if (argument_count < 2) {
        std::cerr << "usage: " << arguments[0] << " CORPUS [RUNS]\n";
        return 2;
    }
    std::signal(SIGABRT, show_input);
    std::signal(SIGSEGV, show_input);
    std::vector<Bytes> corpus = read_corpus(arguments[1]);
    for (const Bytes& input : corpus) run(input);

    corpus.emplace_back();
    const std::uint64_t runs = argument_count > 2 ? std::stoull(arguments[2]) : default_runs;
    Random random{1};
    for (std::uint64_t i = 0; i < runs; ++i) {
        Bytes input = random.pick(corpus);
        for (std::uint64_t left = random.below(8) + 1; left > 0; --left) mutate(random, input);
        run(std::move(input));
    }
    std::cout << corpus.size() - 1 << " seed inputs and " << runs << " mutations passed\n";
}
