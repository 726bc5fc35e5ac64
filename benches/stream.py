"""Pairs streamed through `fauxami score`: pairs a second at one and two jobs, and the most memory it held.

    cargo build --release
    python benches/stream.py target/release/fauxami --pairs 1000000 [--jobs 1 2] [--metrics bleu,chrf,ter]

The pairs go through a pipe and are never all there; the same 20,000 come again and again.
"""

import argparse
import json
import os
import subprocess
import time

from pairs import pairs as make_pairs

BLOCK = 20_000


def stream(binary, count, jobs, metrics):
    """Seconds, largest resident set in MiB, and the report."""
    lines = [json.dumps({"mt": mt, "ref": ref}, ensure_ascii=False).encode() + b"\n" for mt, ref in make_pairs(BLOCK)]
    block = b"".join(lines)
    options = ["--rules", "none", "--metrics", metrics, "--format", "json", "--jobs", str(jobs)]
    start = time.perf_counter()
    process = subprocess.Popen(
        [binary, "score", "--pairs", "-", *options], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    for _ in range(count // BLOCK):
        process.stdin.write(block)
    process.stdin.write(b"".join(lines[: count % BLOCK]))
    process.stdin.close()
    report = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start
    assert status == 0, status
    return seconds, usage, json.loads(report)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("binary")
    parser.add_argument("--pairs", type=int, default=400_000)
    parser.add_argument("--jobs", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--metrics", default="bleu,chrf,ter")
    args = parser.parse_args()
    print("| pairs | jobs | pairs a second | processor s | most memory, MiB | corpus |")
    print("| ---: | ---: | ---: | ---: | ---: | --- |")
    first = None
    for jobs in args.jobs:
        seconds, usage, report = stream(args.binary, args.pairs, jobs, args.metrics)
        first = first or seconds * jobs
        figures = " ".join(f"{name} {value:.4f}" for name, value in report["corpus"].items())
        processor = usage.ru_utime + usage.ru_stime
        print(
            f"| {report['pairs']} | {jobs} | {args.pairs / seconds:.0f} ({first / seconds:.2f}×) | {processor:.1f} "
            f"| {usage.ru_maxrss / 1024:.1f} | {figures} |",
            flush=True,
        )


if __name__ == "__main__":
    main()
