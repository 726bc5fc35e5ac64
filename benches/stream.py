"""`fauxami score` over many pairs: how much two jobs gain over one, and how much memory pairs from a pipe take.

    cargo build --release
    python benches/stream.py jobs target/release/fauxami [--pairs 100000] [--repeat 5]
    python benches/stream.py memory target/release/fauxami --pairs 1000000 10000000

`jobs` reads a file, with one job and two in turn, and takes the fastest run of each, since machines are shared. `memory`
writes the pairs to a pipe as fast as they are taken, so they are never all there: the same 20,000 again and again.
"""

import argparse
import json
import subprocess
import tempfile
import time

from pairs import pairs as make_pairs

BLOCK = 20_000


def command(binary, source, jobs, metrics):
    options = ["--rules", "none", "--metrics", metrics, "--format", "json", "--jobs", str(jobs)]
    return [binary, "score", "--pairs", source, *options]


def block():
    """Some pairs as lines of JSON."""
    return [json.dumps({"mt": mt, "ref": ref}, ensure_ascii=False).encode() + b"\n" for mt, ref in make_pairs(BLOCK)]


def parts(lines, count):
    """So many lines, in parts: all of them over and over, and then some."""
    whole = b"".join(lines)
    for _ in range(count // len(lines)):
        yield whole
    yield b"".join(lines[: count % len(lines)])


def jobs(args):
    lines = block()
    with tempfile.NamedTemporaryFile(suffix=".jsonl") as file:
        for part in parts(lines, args.pairs[0]):
            file.write(part)
        file.flush()
        seconds = {1: float("inf"), 2: float("inf")}
        reports = set()
        for _ in range(args.repeat):
            for count in seconds:
                start = time.perf_counter()
                run = subprocess.run(command(args.binary, file.name, count, args.metrics), capture_output=True, check=True)
                seconds[count] = min(seconds[count], time.perf_counter() - start)
                reports.add(run.stdout)
    assert len(reports) == 1, "the jobs disagree"
    for count, least in seconds.items():
        rate = args.pairs[0] / least
        print(f"{count} jobs: {least:.2f} s, {rate:.0f} pairs/s, {seconds[1] / least:.2f} times as fast as one")


def memory(args):
    lines = block()
    for count in args.pairs:
        start = time.perf_counter()
        process = subprocess.Popen(
            command(args.binary, "-", args.jobs, args.metrics), stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        most = 0
        for part in parts(lines, count):
            process.stdin.write(part)
            # Not the figure that the system keeps for a child that has ended: that starts at what this program held.
            with open(f"/proc/{process.pid}/status", encoding="ascii") as status:
                most = max([most] + [int(line.split()[1]) for line in status if line.startswith("VmHWM")])
        process.stdin.close()
        report = json.loads(process.stdout.read())
        assert process.wait() == 0 and report["pairs"] == count, report
        rate = count / (time.perf_counter() - start)
        print(f"{count} pairs: {most / 1024:.1f} MiB at most, {rate:.0f} pairs/s; {report['corpus']}", flush=True)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("measure", choices=["jobs", "memory"])
    parser.add_argument("binary")
    parser.add_argument("--pairs", type=int, nargs="+", default=[100_000])
    parser.add_argument("--repeat", type=int, default=5)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--metrics", default="bleu,chrf,ter")
    args = parser.parse_args()
    {"jobs": jobs, "memory": memory}[args.measure](args)


if __name__ == "__main__":
    main()
