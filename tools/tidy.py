#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Runs clang-tidy on src/ and apps/, on several sources at a time, and not again on one that was
found good: what makes it so is the source itself, each file of the project that it includes, how
it is compiled, .clang-tidy and the version of clang-tidy. A hash of all that names a file in CACHE.

Usage: tidy.py BUILD CACHE; BUILD holds the compile_commands.json of a build with Clang. Its sources
may include several files of the project each (CMAKE_UNITY_BUILD): that takes a quarter of the time.
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


def files_of(source):
    """The .cpp files under src/ and apps/ that are read with this source: itself, or what it includes."""
    return {path for path in included_by(source)
            if path.suffix == ".cpp" and path.relative_to(ROOT).parts[0] in ("src", "apps")}


@cache
def digest_of(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


def key_of(path, arguments, tool):
    parts = [tool, *arguments]
    for included in sorted(included_by(path)):
        parts += [str(included.relative_to(ROOT)), digest_of(included)]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def check(path, arguments, stamp):
    """What clang-tidy says about the source; nothing if it is good, or was already."""
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
    work, files = [], set()
    for entry in json.loads((build / "compile_commands.json").read_text()):
        path = Path(entry["directory"], entry["file"]).resolve()
        # What the build would make first is made of data.
        checked = files_of(path) if path.is_file() else set()
        if checked:
            arguments = compile_arguments(entry)
            work.append((path, arguments, stamps / key_of(path, arguments, tool)))
            files |= checked
    # The largest first, so that the processors end at about the same time.
    work.sort(key=lambda item: -sum(file.stat().st_size for file in files_of(item[0])))
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        findings = [text for text in pool.map(lambda item: check(*item), work) if text]
    print("\n".join(findings))
    print(f"{len(files)} files in {len(work)} sources, {len(findings)} with findings")
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main())
