#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Checks what the compiler does not: who includes whom, and who may name the outside world.

A layer (a folder of src/) includes itself and the layers before it, by full path. What takes part
in a simulation must be repeatable, so it names no clock, thread, socket, file or random device.
An exception from that is listed below with its reason, and is an error once it is not needed.

Usage: check_layers.py [ROOT]; exits with 1 and a line for each finding if there is one.
"""
import re
import sys
from pathlib import Path

# Each layer, and the layers that it may include besides itself.
IN_ORDER = ["base", "crypto", "ledger", "rules", "chain", "mempool", "node", "sim", "report"]
MAY_INCLUDE = {layer: set(IN_ORDER[:place]) for place, layer in enumerate(IN_ORDER)}
MAY_INCLUDE["statistics"] = {"base"}
MAY_INCLUDE["wallet"] = {*MAY_INCLUDE["ledger"], "ledger"}
MAY_INCLUDE["storage"] = {*MAY_INCLUDE["chain"], "chain"}
MAY_INCLUDE["net"] = {*MAY_INCLUDE["node"], "node", "storage", "wallet"}
MAY_INCLUDE["mining"] = {*MAY_INCLUDE["net"], "net"}
MAY_INCLUDE["rpc"] = {*MAY_INCLUDE["mining"], "mining"}
MAY_INCLUDE["fidelity"] = {*MAY_INCLUDE["sim"], "sim", "statistics"}
MAY_INCLUDE["sweep"] = {*MAY_INCLUDE["report"], "report", "statistics"}
MAY_INCLUDE["mpi"] = {"base", "sweep"}
MAY_INCLUDE["fleet"] = {*MAY_INCLUDE["rpc"], "rpc", "sim"}
TOP_FOLDERS = ["apps", "bench", "examples", "fuzz", "tests"]

# What a deterministic layer must not say: a name for the message, and how it looks.
OUTSIDE_WORLD = {
    "a clock": r"<(chrono|ctime|time\.h|sys/time\.h)>|\bchrono\s*::"
               r"|\b(clock_gettime|gettimeofday|nanosleep)\b|\bstd::time\b|\btime\s*\(\s*(NULL|nullptr|0|&)",
    "a thread": r"<(thread|mutex|shared_mutex|condition_variable|future|atomic|stop_token|semaphore|latch"
                r"|barrier|pthread\.h|execution)>|\bthread_local\b|\bstd::(j?thread|async|mutex|atomic)\b",
    "a socket": r"<(sys/socket|netinet/\w+|arpa/\w+|netdb|poll|sys/epoll)\.h>|<boost/(asio|beast)",
    "a file or a standard stream": r"<(fstream|filesystem|iostream|cstdio|stdio\.h|unistd\.h|fcntl\.h|sys/stat\.h"
                                   r"|sys/mman\.h)>|\bstd::(cout|cerr|clog|cin)\b|\bf?printf\s*\(|\bfopen\b",
    "a random device": r"<(random|sys/random\.h)>|\brandom_device\b|\b(std::)?s?rand\s*\(|\bgetrandom\b"
                       r"|\barc4random|\brandombytes_|\bcrypto_\w+(?<!_seed)_keypair\s*\(",
    "the environment": r"\bgetenv\b|\bsetenv\b|<(csignal|signal\.h|clocale|locale)>",
}
# Results of these functions differ between mathematics libraries; report only prints them, and statistics are of
# results.
TRANSCENDENTAL = {"a transcendental function":
                  r"\b(std::|__builtin_)(log|log2|log10|log1p|exp|exp2|expm1|pow|sin|cos|tan|asin|acos|atan|atan2"
                  r"|sinh|cosh|tanh|cbrt|hypot|erf|erfc|tgamma|lgamma)[fl]?\s*\("}
# Below sim nothing prints, except the check that stops the program.
STREAMS = {"a stream": r"<(ostream|istream|sstream|iosfwd|spdlog/[\w/.]+)>"}
EVERYWHERE = {"assert, which release builds drop": r"<(cassert|assert\.h)>|(?<![\w.])assert\s*\("}

# (file, what it names): the reason why it may.
EXCEPTIONS = {
    ("src/base/check.cpp", "a file or a standard stream"): "says on standard error what was believed",
}

UNFINISHED = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b")
SODIUM = re.compile(r"<sodium(\.h|/)|\b(sodium|crypto_(sign|hash|generichash|scalarmult|core|auth|pwhash|aead))_\w+")
INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]+(["<])([^">]+)[">]', re.MULTILINE)
# Comments and literals, which may mention anything. A digit separator starts no literal.
NOT_CODE = re.compile(r'//[^\n]*|/\*.*?\*/|R"(\w*)\(.*?\)\1"|"(?:\\.|[^"\\\n])*"|(?<![0-9a-fA-F])\'(?:\\.|[^\'\\\n])+\'',
                      re.DOTALL)
LINES_MAX = 500


def without_comments_and_literals(text):
    return NOT_CODE.sub(lambda match: "\n" * match.group().count("\n") + " ", text)


def line_of(text, position):
    return text.count("\n", 0, position) + 1


class Checker:
    def __init__(self, root, exceptions):
        self.root = Path(root)
        self.exceptions = exceptions
        self.needed_exceptions = set()
        self.findings = []
        self.sodium_files = []
        self.includes = {}

    def report(self, path, line, message):
        self.findings.append(f"{path}:{line}: {message}")

    def run(self):
        for path in self.files("src", *TOP_FOLDERS, suffixes={".cpp", ".hpp"}):
            self.check_source(path)
        for path in self.files("cmake", "tools", "tests", suffixes={".py", ".cmake", ".sh"}):
            self.check_text(path, (self.root / path).read_text())
        self.check_sodium()
        self.check_cycles()
        for path, name in sorted(set(self.exceptions) - self.needed_exceptions):
            self.report(path, 1, f"the exception for {name} is not needed any more")
        return sorted(self.findings)

    def files(self, *folders, suffixes):
        for folder in folders:
            for path in sorted((self.root / folder).rglob("*")):
                if path.suffix in suffixes and path.is_file():
                    yield path.relative_to(self.root).as_posix()

    def check_text(self, path, text):
        if not any("SPDX-License-Identifier: Apache-2.0" in line for line in text.splitlines()[:2]):
            self.report(path, 1, "the first line does not name the licence (SPDX-License-Identifier)")
        lines = text.count("\n")
        if lines > LINES_MAX:
            self.report(path, lines, f"{lines} lines, more than {LINES_MAX}: split the file")

    def check_source(self, path):
        text = (self.root / path).read_text()
        self.check_text(path, text)
        for match in UNFINISHED.finditer(text):
            self.report(path, line_of(text, match.start()), f"unfinished: {match.group()}")
        if path.endswith(".hpp") and "#pragma once" not in text.splitlines()[:3]:
            self.report(path, 1, "#pragma once does not follow the licence line")
        self.check_includes(path, text)
        self.check_names(path, without_comments_and_literals(text))

    def check_includes(self, path, text):
        self.includes[path] = []
        for match in INCLUDE.finditer(text):
            quote, included = match.groups()
            line, target = line_of(text, match.start()), self.find(included)
            if target:
                self.includes[path].append(target)
                self.check_direction(path, line, target)
            if (quote == '"') != (target is not None):
                self.report(path, line, f"{included}: files of the project are included by full path in "
                                        "quotation marks, all others in angle brackets")

    def find(self, included):
        """The file of the project that this full path names, or None."""
        folder = included.split("/")[0]
        name = included if folder in TOP_FOLDERS else f"src/{included}"
        return name if ".." not in included and (self.root / name).is_file() else None

    def check_direction(self, path, line, target):
        here, there = layer_of(path), layer_of(target)
        if here in TOP_FOLDERS:
            allowed = here != "apps" or there == "apps" or there not in TOP_FOLDERS
        elif here not in MAY_INCLUDE:
            return self.report(path, line, f"src/{here} is not one of the layers")
        else:
            allowed = there == here or there in MAY_INCLUDE[here]
        if not allowed:
            self.report(path, line, f"{here} may not include {there} ({target})")

    def check_names(self, path, code):
        if SODIUM.search(code) and not path.startswith("tests/"):
            self.sodium_files.append(path)
        for name, pattern in forbidden_in(layer_of(path)).items():
            for match in re.finditer(pattern, code):
                if (path, name) in self.exceptions:
                    self.needed_exceptions.add((path, name))
                else:
                    self.report(path, line_of(code, match.start()), f"names {name}: {match.group()}")

    def check_sodium(self):
        for path in self.sodium_files[1:]:
            self.report(path, 1, f"names libsodium, as {self.sodium_files[0]} does: one file may")

    def check_cycles(self):
        done = set()

        def visit(path, trail):
            if path in trail:
                cycle = trail[trail.index(path):] + [path]
                self.report(path, 1, "includes itself: " + " > ".join(cycle))
            elif path not in done:
                for target in self.includes.get(path, []):
                    visit(target, trail + [path])
                done.add(path)

        for path in self.includes:
            visit(path, [])


def layer_of(path):
    """The layer of a file under src/, or the top folder of any other."""
    parts = path.split("/")
    return parts[1] if parts[0] == "src" else parts[0]


def forbidden_in(layer):
    forbidden = dict(EVERYWHERE)
    if layer in (*IN_ORDER, "statistics", "fidelity", "wallet"):
        forbidden |= OUTSIDE_WORLD
        if layer not in ("report", "statistics", "fidelity"):
            forbidden |= TRANSCENDENTAL
        if layer not in ("sim", "report", "fidelity"):
            forbidden |= STREAMS
    return forbidden


def main():
    root = sys.argv[1] if len(sys.argv) > 1 else Path(__file__).resolve().parent.parent
    findings = Checker(root, EXCEPTIONS).run()
    print("\n".join(findings) if findings else "every layer includes and names only what it may")
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main())
