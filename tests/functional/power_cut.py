# SPDX-License-Identifier: Apache-2.0
"""What a disk may hold after power has failed.

A process writes a journal of what it does to a folder (tests/power_cut). Of that, what it has synced is on
the disk; of the rest, any part may be. As POSIX has it, and no file system more strictly:

- Of what was written to a file, or cut off it, since the file was last synced, each piece is there, or is
  not, or its beginning is. Where only later bytes came through, there are zeros before them.
- Of the names that were given and taken in a folder since the folder was last synced, the first so many are.
  Syncing a file does not keep its name. A renaming in one folder is done or not done.

Environment: BEZANT_POWER_CUT, the library that writes the journal.
"""
import os
import shutil
import struct
from enum import IntEnum

HEAD = struct.Struct("<IIQQII")


class Kind(IntEnum):
    OPENED, CREATED, WRITTEN, RESIZED, SYNCED, RENAMED, LINKED, REMOVED, MADE_FOLDER = range(9)


class File:
    """Bytes that are on the disk, and what was done to them since: (entry, function on a bytearray) each."""

    def __init__(self, content=b""):
        self.content = bytearray(content)
        self.changes = []

    def sync(self, covered):
        for entry, change in self.changes:
            if entry < covered:
                change(self.content)
        self.changes = [(entry, change) for entry, change in self.changes if entry >= covered]

    def now(self):
        content = bytearray(self.content)
        for _, change in self.changes:
            change(content)
        return content

    def lose(self, random):
        """Of what was not synced, nothing is left, its beginning, or pieces of it."""
        changes = [change for _, change in self.changes]
        kept = random.choice(([], changes[:random.randint(0, len(changes))],
                              [change for change in changes if random.random() < 0.5]))
        if kept and random.random() < 0.5:
            kept[-1] = kept[-1].torn(random)
        for change in kept:
            change(self.content)
        self.changes = []


class Written:
    def __init__(self, place, piece):
        self.place = place
        self.piece = piece

    def __call__(self, content):
        content.extend(bytes(max(0, self.place - len(content))))
        content[self.place:self.place + len(self.piece)] = self.piece

    def torn(self, random):
        return Written(self.place, self.piece[:random.randint(0, len(self.piece))])


class Resized:
    def __init__(self, size):
        self.size = size

    def __call__(self, content):
        del content[self.size:]
        content.extend(bytes(self.size - len(content)))

    def torn(self, random):
        return self


class Folder:
    """Names that are on the disk, and what was done to them since: (entry, {name: node or None}) each."""

    def __init__(self):
        self.names = {}
        self.changes = []

    def sync(self, covered):
        self.keep([names for entry, names in self.changes if entry < covered])
        self.changes = [(entry, names) for entry, names in self.changes if entry >= covered]

    def keep(self, changes):
        for names in changes:
            self.names.update(names)
        self.names = {name: node for name, node in self.names.items() if node is not None}

    def now(self):
        names = dict(self.names)
        for _, changed in self.changes:
            names.update(changed)
        return {name: node for name, node in names.items() if node is not None}

    def lose(self, random):
        """Of the changes that were not synced, the first so many are left."""
        self.keep([names for _, names in self.changes][:random.randint(0, len(self.changes))])
        self.changes = []


def read_tree(path):
    """A folder as it is, on the disk."""
    folder = Folder()
    for item in path.iterdir():
        folder.names[item.name] = read_tree(item) if item.is_dir() else File(item.read_bytes())
    return folder


def write_tree(folder, path, random):
    """What is left of a folder after a power cut. How many changes had not been synced."""
    path.mkdir(mode=0o700)
    unsynced = len(folder.changes)
    folder.lose(random)
    for name, node in folder.names.items():
        if isinstance(node, Folder):
            unsynced += write_tree(node, path / name, random)
        else:
            unsynced += len(node.changes)
            node.lose(random)
            (path / name).touch(0o600)
            (path / name).write_bytes(node.content)
    return unsynced


class Disk:
    """The disk under a folder, which is there."""

    def __init__(self, folder):
        self.folder = folder
        self.journal = folder.with_name(folder.name + ".journal")
        self.journal.unlink(missing_ok=True)
        self.root = read_tree(folder)
        library = os.environ["BEZANT_POWER_CUT"]
        os.stat(library)  # the loader goes on without one that is not there
        self.environment = {"LD_PRELOAD": library, "BEZANT_DISK": str(folder),
                            "BEZANT_DISK_JOURNAL": str(self.journal)}

    def cut_power(self, random):
        """After the process that ran with `environment` was killed: puts into the folder what the disk may hold.
        How many changes had not been synced."""
        inodes = {}
        for entry, (kind, *rest) in enumerate(self.entries()):
            self.follow(entry, Kind(kind), *rest, inodes)
        self.check_account()
        shutil.rmtree(self.folder)
        return write_tree(self.root, self.folder, random)

    def entries(self):
        """All that are whole: the last may have been cut short with the process."""
        data = self.journal.read_bytes() if self.journal.exists() else b""
        at = 0
        while at + HEAD.size <= len(data):
            kind, _, inode, place, first, second = HEAD.unpack_from(data, at)
            begin, at = at + HEAD.size, at + HEAD.size + first + second
            if at <= len(data):
                yield kind, inode, place, data[begin:begin + first], data[begin + first:at]

    def follow(self, entry, kind, inode, place, first, second, inodes):
        if kind == Kind.OPENED:
            inodes[inode] = self.find(first)
        elif kind == Kind.CREATED:
            inodes[inode] = File()
            self.set_names(entry, {first: inodes[inode]})
        elif kind == Kind.WRITTEN:
            inodes[inode].changes.append((entry, Written(place, first)))
        elif kind == Kind.RESIZED:
            inodes[inode].changes.append((entry, Resized(place)))
        elif kind == Kind.SYNCED:
            inodes[inode].sync(place)
        elif kind == Kind.RENAMED:
            self.set_names(entry, {first: None, second: self.find(first)})
        elif kind == Kind.LINKED:
            self.set_names(entry, {second: self.find(first)})
        elif kind == Kind.REMOVED:
            self.set_names(entry, {first: None})
        elif kind == Kind.MADE_FOLDER:
            self.set_names(entry, {first: Folder()})

    def find(self, path):
        node = self.root
        for name in self.parts(path):
            node = node.now()[name]
        return node

    def parts(self, path):
        return [part for part in os.path.relpath(os.fsdecode(path), self.folder).split("/") if part != "."]

    def set_names(self, entry, changes):
        """One change of the folder that all these paths are in."""
        folders = {os.path.dirname(path) for path in changes}
        if len(folders) != 1:
            raise NotImplementedError(f"a renaming from one folder to another: {sorted(changes)}")
        names = {os.path.basename(os.fsdecode(path)): node for path, node in changes.items()}
        self.find(folders.pop()).changes.append((entry, names))

    def check_account(self):
        """Everything that is in the folder is accounted for, but for one deed that was under way: else something
        was written in a way that the library does not see."""
        differing = set(self.differences(self.root, self.folder))
        if len(differing) > 2 or len({os.path.dirname(path) for path in differing}) > 1:
            raise AssertionError(f"the journal does not account for {sorted(map(str, differing))}")

    def differences(self, folder, path):
        expected, found = folder.now(), {item.name for item in path.iterdir()}
        for name in sorted(found.symmetric_difference(expected)):
            yield path / name
        for name in sorted(found.intersection(expected)):
            node = expected[name]
            if isinstance(node, Folder):
                yield from self.differences(node, path / name)
            elif node.now() != (path / name).read_bytes():
                yield path / name
