#!/usr/bin/env python3
"""Runs `pager.py FAUXAMI` on a terminal: what fits the screen is shown as it is, what is longer goes through $PAGER."""

import fcntl
import os
import pty
import struct
import subprocess
import sys
import termios


def shown(program, args, rows, pager):
    """What the terminal of so many rows gets."""
    master, slave = pty.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", rows, 100, 0, 0))
    env = {**os.environ, "PAGER": pager, "TERM": "xterm"}
    child = subprocess.Popen([program, *args], stdin=slave, stdout=slave, stderr=subprocess.DEVNULL, env=env)
    os.close(slave)
    out = b""
    while True:
        try:
            part = os.read(master, 65536)
        except OSError:
            break
        if not part:
            break
        out += part
    os.close(master)
    return child.wait(), out.decode()


def main():
    program, paged = os.path.abspath(sys.argv[1]), "sed s/^/PAGED/"
    status, short = shown(program, ["explain", "calque"], 500, paged)
    assert status == 0 and "PAGED" not in short and "calque" in short, short
    status, long = shown(program, ["rules"], 10, paged)
    assert status == 0 and long.count("PAGED") > 20, long
    for args, pager in (["--no-pager", "rules"], paged), (["rules"], ""), (["rules"], "cat"), (["rules"], "no-such-pager"):
        status, plain = shown(program, args, 10, pager)
        assert status == 0 and plain == long.replace("PAGED", ""), (args, pager, plain)
    status, _ = shown(program, ["rules"], 10, "true")
    assert status == 0, "a pager that is left early is no error"
    print("ok pager")


if __name__ == "__main__":
    main()
