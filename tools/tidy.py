#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Runs clang-tidy on src/ and apps/, several files at a time, and not again on a file that was
found good: what makes it so is the file itself, each header of the project that it includes, how
it is compiled, .clang-tidy and the version of clang-tidy. A hash of all that names a file in CACHE.

Each file is read without precompiled headers, so it must include what it uses.

Usage: tidy.py BUILD CACHE; BUILD holds the compile_commands.json of a build with Clang.
"""
import hashlib
import json
import os
import re
import shlex
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CLANG_TIDY = "clang-tidy-19"
INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]+"([^"]+)"', re.MULTILINE)


def compile_arguments(entry):
    """The compiler's options that matter to clang-tidy: no output, no precompiled headers, and no
    warnings, which the build has given already."""
    arguments = entry.get("arguments") or shlex.split(entry["command"])
    first = next(i for i, word in enumerate(arguments) if "clang++" in Path(word).name)
    kept, words = [], iter(arguments[first + 1:])
    for word in words:
        if word in ("-o", "-c", "-include", "-Xclang"):
            next(words)
        elif not word.startswith("-W"):
            kept.append(word)
    return kept


@cache
def included_by(path):
    """The files of the project that this one includes, itself and all they include among them."""
    names = INCLUDE.findall(path.read_text())
    found = {path}
    for name in names:
        for candidate in (ROOT / "src" / name, ROOT / name):
            if candidate.is_file():
                found |= included_by(candidate)
    return frozenset(found)


@cache
def digest_of(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


def key_of(path, arguments, tool):
    parts = [tool, *arguments]
    for included in sorted(included_by(path)):
        parts += [str(included.relative_to(ROOT)), digest_of(included)]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def check(path, arguments, stamp):
    """What clang-tidy says about the file; nothing if it is good, or was already."""
    if stamp.exists():
        return ""
    result = subprocess.run([CLANG_TIDY, "--quiet", str(path), "--", *arguments], cwd=ROOT, text=True,
                            stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False)
    if result.returncode == 0:
        stamp.touch()
        return ""
    return result.stdout or result.stderr


def main():
    build, stamps = Path(sys.argv[1]), Path(sys.argv[2])
    stamps.mkdir(parents=True, exist_ok=True)
    version = subprocess.run([CLANG_TIDY, "--version"], text=True, stdout=subprocess.PIPE, check=True).stdout
    tool = version + (ROOT / ".clang-tidy").read_text()
    folders = [ROOT / "src", ROOT / "apps"]
    work = []
    for entry in json.loads((build / "compile_commands.json").read_text()):
        path = Path(entry["directory"], entry["file"]).resolve()
        if any(path.is_relative_to(folder) for folder in folders):
            arguments = compile_arguments(entry)
            work.append((path, arguments, stamps / key_of(path, arguments, tool)))
    # The largest first, so that the processors end at about the same time.
    work.sort(key=lambda item: -item[0].stat().st_size)
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        findings = [text for text in pool.map(lambda item: check(*item), work) if text]
    print("\n".join(findings))
    print(f"{len(work)} files, {len(findings)} with findings")
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main())
