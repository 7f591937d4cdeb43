#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Forwards TCP connections as a bad network would: with a delay, jitter, stalls and cuts.

Usage: bad_links.py LINK...; each LINK is SIDE:SIDE:FROM_HOST:FROM_PORT:TO_HOST:TO_PORT, the names of its two
ends, where to listen and where to forward. Says "ready" when it listens. Commands on standard input:
"part NAME..." cuts every link between those named and all others, and lets nobody through; "heal" ends that;
"calm" ends stalls and cuts. It ends when standard input does.
"""
import asyncio
import random
import sys
from collections import namedtuple

DELAY_SECONDS = 0.050
JITTER_SECONDS = 0.020
STALL_CHANCE = 0.002  # of each piece that is forwarded
STALL_SECONDS = (0.5, 1.5)
LIFE_SECONDS_MEAN = 20.0  # of a connection, until it is cut
PIECE_BYTES = 65_536
WAITING_PIECES_MAX = 64

Link = namedtuple("Link", "ends listen forward")


class BadLinks:
    def __init__(self, links):
        self.links = links
        self.parted = frozenset()
        self.calm = False
        self.connections = {}  # by task: the link

    async def run(self):
        servers = [await asyncio.start_server(lambda reader, writer, link=link: self.take(link, reader, writer),
                                              *link.listen) for link in self.links]
        print("ready", flush=True)
        commands = asyncio.StreamReader()
        await asyncio.get_running_loop().connect_read_pipe(
            lambda: asyncio.StreamReaderProtocol(commands), sys.stdin)
        while line := await commands.readline():
            self.obey(line.decode().split())
            print("done", flush=True)
        for server in servers:
            server.close()

    def obey(self, words):
        if words[0] == "calm":
            self.calm = True
        self.parted = frozenset(words[1:]) if words[0] == "part" else frozenset()
        for task, link in list(self.connections.items()):
            if self.is_parted(link):
                task.cancel()

    def is_parted(self, link):
        return len(self.parted.intersection(link.ends)) == 1

    async def take(self, link, reader, writer):
        task = asyncio.current_task()
        self.connections[task] = link
        far = None
        try:
            if self.is_parted(link):
                return
            far_reader, far = await asyncio.open_connection(*link.forward)
            life = None if self.calm else random.expovariate(1 / LIFE_SECONDS_MEAN)
            async with asyncio.timeout(life), asyncio.TaskGroup() as both:
                both.create_task(self.carry(reader, far))
                both.create_task(self.carry(far_reader, writer))
        except (OSError, TimeoutError, asyncio.CancelledError, ExceptionGroup):
            pass  # the connection ends, as connections do
        finally:
            del self.connections[task]
            for end in (writer, far):
                if end is not None:
                    end.transport.abort()

    async def carry(self, reader, writer):
        """One direction; raises when it has ended."""
        waiting = asyncio.Queue(WAITING_PIECES_MAX)
        async with asyncio.TaskGroup() as both:
            both.create_task(self.read(reader, waiting))
            both.create_task(self.write(waiting, writer))

    async def read(self, reader, waiting):
        due = 0.0
        while piece := await reader.read(PIECE_BYTES):
            delay = DELAY_SECONDS + random.uniform(0, JITTER_SECONDS)
            if not self.calm and random.random() < STALL_CHANCE:
                delay += random.uniform(*STALL_SECONDS)
            due = max(due, asyncio.get_running_loop().time() + delay)
            await waiting.put((due, piece))
        raise ConnectionError("the other end has closed")

    async def write(self, waiting, writer):
        while True:
            due, piece = await waiting.get()
            await asyncio.sleep(due - asyncio.get_running_loop().time())
            writer.write(piece)
            await writer.drain()


def link_from(word):
    low, high, host, port, to_host, to_port = word.split(":")
    return Link((low, high), (host, int(port)), (to_host, int(to_port)))


if __name__ == "__main__":
    asyncio.run(BadLinks([link_from(word) for word in sys.argv[1:]]).run())
