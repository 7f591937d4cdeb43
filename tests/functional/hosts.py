# SPDX-License-Identifier: Apache-2.0
"""Hosts for tests: network namespaces of this machine, each with one cable to a switch in the middle."""
import os
import subprocess


def ip(*words):
    subprocess.run(["ip", *words], check=True, capture_output=True, text=True)


def can_be_made():
    """Whether this machine lets us make namespaces."""
    name = f"bezant-{os.getpid()}-try"
    try:
        ip("netns", "add", name)
        ip("netns", "del", name)
    except (OSError, subprocess.CalledProcessError):
        return False
    return True


class Hosts:
    """So many hosts, and the switch. Nothing goes from one to another unless something in the switch carries it:
    a cable connects two addresses, and nobody routes."""

    def __init__(self, count):
        self.count = count
        self.prefix = f"bezant-{os.getpid()}"
        self.made = []
        try:
            self.make(self.switch)
            for number in range(count):
                self.make(self.name(number))
                self.lay_cable(number)
        except BaseException:
            self.remove()
            raise

    @property
    def switch(self):
        return f"{self.prefix}-switch"

    def name(self, number):
        return f"{self.prefix}-{number}"

    def address(self, number):
        return f"10.77.{number}.2"

    def gate(self, number):
        """The switch's end of a host's cable."""
        return f"10.77.{number}.1"

    def make(self, name):
        ip("netns", "add", name)
        self.made.append(name)
        ip("-n", name, "link", "set", "lo", "up")

    def lay_cable(self, number):
        here, there = f"h{number}", f"s{number}"
        ip("-n", self.name(number), "link", "add", here, "type", "veth", "peer", there, "netns", self.switch)
        for namespace, device, address in ((self.name(number), here, self.address(number)),
                                           (self.switch, there, self.gate(number))):
            ip("-n", namespace, "addr", "add", f"{address}/30", "dev", device)
            ip("-n", namespace, "link", "set", device, "up")

    def inside(self, name):
        """The words before a command that make it run in a namespace."""
        return ["ip", "netns", "exec", name]

    def remove(self):
        for name in reversed(self.made):
            subprocess.run(["ip", "netns", "del", name], check=False, capture_output=True)
        self.made = []
