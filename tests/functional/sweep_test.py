#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""`bezant sweep` from its command line: on any number of threads and processes, killed and started again, and with
mistakes in its plans.

Environment: BEZANT_MPI, ON if the program was built with MPI.
"""
import contextlib
import csv
import json
import os
import signal
import sqlite3
import subprocess
import time
import unittest
from contextlib import closing

from program import CHECK_FAILED, ENVIRONMENT, GOOD, INPUT, TIMEOUT_SECONDS, USAGE, ProgramTest, bezant

PLAN = """
name = "small"
scenario = "small.toml"
seeds = 8
[set]
workload.rounds = 1
[grid]
link.latency_max = ["80 ms", "1 s"]
participants = { from = 4, to = 6, step = 1 }
"""
SCENARIO = """
name = "a ring"
[network]
proof_of_work = "sampled"
[topology]
generator = "ring"
"""
STOP = """
[stop]
measure = "propagation.p50_ms"
relative_half_width = 0.2
seeds_min = 4
"""
MPIRUN = ["mpirun", "-n", "2", "--oversubscribe", "--allow-run-as-root", "--bind-to", "none"]


class SweepCase(ProgramTest):
    def setUp(self):
        super().setUp()
        (self.folder / "small.toml").write_text(SCENARIO)
        self.write_plan(PLAN)

    def write_plan(self, text, name="small.sweep.toml"):
        (self.folder / name).write_text(text)

    def database(self, out):
        return closing(sqlite3.connect(self.folder / out / "results.sqlite"))

    def rows(self, path):
        with (self.folder / path).open(newline="") as file:
            return list(csv.DictReader(file))

    def asked(self, out, query):
        with self.database(out) as database:
            return database.execute(query).fetchall()

    def content(self, out):
        """All that a sweep wrote, but how long runs took."""
        with self.database(out) as database:
            database.execute("UPDATE runs SET wall_seconds = 0")
            dump = "\n".join(database.iterdump())
        return [dump, *((self.folder / out / name).read_bytes() for name in ("runs.csv", "cells.csv"))]

    def started(self, *words, **options):
        return subprocess.Popen([*map(str, words)], cwd=self.folder, stdin=subprocess.DEVNULL,
                                stdout=subprocess.PIPE, stderr=subprocess.PIPE, **options)

    def has_written(self, process, out, size):
        """Waits until so many bytes of its results are new, or it has ended: false."""
        path = self.folder / out / "results.sqlite-wal"
        while process.poll() is None:
            with contextlib.suppress(FileNotFoundError):
                if path.stat().st_size >= size:
                    return True
            time.sleep(0.001)
        return False

    def sweep(self, out, *arguments):
        return self.run_good("sweep", "small.sweep.toml", "--out", out, *arguments)


class SweepTest(SweepCase):
    def test_the_built_in_sweep_answers_its_question(self):
        listed = self.run_good("sweep", "--list")
        self.assertIn("latency ", listed)
        text = self.run_good("sweep", "latency", "--seeds", 3)
        self.assertIn("propagation.p50_ms\n", text)
        result = json.loads(self.run_good("sweep", "latency", "--seeds", 3, "--json"))
        self.assertEqual((result["runs"], result["failed"]), (9, 0))
        means = [cell["measures"]["propagation.p50_ms"]["mean"] for cell in result["cells"]]
        self.assertEqual(means, sorted(means))
        self.assertEqual([cell["keys"] for cell in result["cells"]],
                         [{"link.latency_max": seconds} for seconds in (0.08, 0.4, 2.0)])
        for path in ("results.sqlite", "runs.csv", "cells.csv"):
            self.assertTrue((self.folder / "latency.sweep" / path).is_file(), path)
        for line in text.splitlines():
            self.assertLessEqual(len(line), 80)

    def test_each_run_is_one_of_simulate(self):
        self.sweep("out", "--threads", 2)
        rows = self.rows("out/runs.csv")
        self.assertEqual(len(rows), 48)
        for row in (rows[0], rows[29], rows[-1]):
            summary = json.loads(self.run_good(
                "simulate", "small.toml", "--json", "--seed", row["seed"], "--set", "workload.rounds=1", "--set",
                f"link.latency_max={round(1000 * float(row['link.latency_max']))} ms", "--set",
                f"participants={row['participants']}"))
            self.assertEqual(summary["digest"], row["digest"])
            self.assertEqual(summary["propagation"]["p50_ms"], float(row["propagation.p50_ms"]))

    def test_means_are_those_of_the_runs(self):
        self.sweep("out", "--threads", 2)
        rows = self.rows("out/runs.csv")
        for cell in self.rows("out/cells.csv"):
            values = [float(row[cell["measure"]]) for row in rows if row["cell"] == cell["cell"]]
            self.assertEqual(len(values), int(cell["n"]))
            self.assertAlmostEqual(sum(values) / len(values), float(cell["mean"]), places=6)
            self.assertLessEqual(float(cell["low"]), float(cell["mean"]))
            self.assertLessEqual(float(cell["mean"]), float(cell["high"]))

    def test_threads_change_nothing(self):
        for name, plan in (("whole", PLAN), ("stopping", PLAN + STOP)):
            self.write_plan(plan)
            one = None
            for threads in (1, 2, 4):
                self.sweep(f"{name}{threads}", "--threads", threads)
                content = self.content(f"{name}{threads}")
                one = one or content
                self.assertEqual(content, one, f"{name}, {threads} threads")

    def test_killed_again_and_again_it_loses_and_repeats_nothing(self):
        for name, plan in (("whole", PLAN), ("stopping", PLAN + STOP)):
            self.write_plan(plan)
            self.sweep(f"{name}-quiet", "--threads", 2)
            out = f"{name}-killed"
            kills = 0
            for size in range(40_000, 140_000, 20_000):
                process = self.started(os.environ["BEZANT"], "sweep", "small.sweep.toml", "--out", out, "--threads", 2)
                if self.has_written(process, out, size):
                    process.send_signal(signal.SIGKILL)
                    kills += 1
                process.communicate()
            self.assertGreater(kills, 0)
            self.sweep(out, "--threads", 2)
            self.assertEqual(self.content(out), self.content(f"{name}-quiet"))

    def test_after_a_kill_only_what_is_missing_is_done(self):
        self.write_plan(PLAN.replace("seeds = 8", "seeds = 200"))
        process = self.started(os.environ["BEZANT"], "sweep", "small.sweep.toml", "--out", "out", "--threads", 1)
        self.assertTrue(self.has_written(process, "out", 200_000))
        process.send_signal(signal.SIGKILL)
        process.communicate()
        clock = "SELECT cell, number, wall_seconds FROM runs"
        before = set(self.asked("out", clock))
        self.assertGreater(len(before), 10)
        self.sweep("out")
        after = set(self.asked("out", clock))
        self.assertEqual(len(after), 1200)
        self.assertLessEqual(before, after, "runs that were there are as they were")

    def test_the_end_can_be_looked_at_again(self):
        first = self.sweep("out")
        self.assertEqual(self.sweep("out"), first)
        self.assertEqual(self.asked("out", "SELECT finished FROM sweep"), [(1,)])

    def test_runs_that_fail_are_told_with_their_seeds(self):
        result = bezant("sweep", "small.sweep.toml", "--json", "--seeds", 2, "--set", "virtual_time_max=2s",
                        folder=self.folder)
        self.assertEqual(result.returncode, CHECK_FAILED)
        self.assertIn("12 runs failed; the first: cell 0, seed 1: no_convergence", result.stderr)
        self.assertEqual(json.loads(result.stdout)["failures"][1]["seed"], 2)

    def test_mistakes_are_named(self):
        self.assert_refused(INPUT, "did you mean latency?", "sweep", "latencey")
        self.assert_refused(INPUT, "--set link.los=1: unknown key", "sweep", "latency", "--set", "link.los=1")
        self.assert_refused(INPUT, "--seeds x: 'seeds' has a value", "sweep", "latency", "--seeds", "x")
        self.assert_refused(USAGE, "--threads", "sweep", "latency", "--threads", 0)
        self.write_plan(PLAN.replace("latency_max", "latencey_max"), "bad.toml")
        self.assert_refused(INPUT, "bad.toml:8: unknown key 'link.latencey_max'", "sweep", "bad.toml")
        self.write_plan(PLAN.replace('"80 ms"', '"1 ms"'), "bad.toml")
        self.assert_refused(INPUT, 'cell 0: link.latency_max = "1 ms", participants = 4: ', "sweep", "bad.toml")
        self.write_plan(PLAN.replace("small.toml", "gone.toml"), "bad.toml")
        self.assert_refused(INPUT, "there is no scenario or file 'gone.toml'", "sweep", "bad.toml")
        self.write_plan("scenario = 'latency.sweep'\n", "bad.toml")
        self.assert_refused(INPUT, "unknown key", "sweep", "bad.toml")
        (self.folder / "file").write_text("")
        self.assert_refused(ENVIRONMENT, "cannot make the folder", "sweep", "latency", "--out", "file/out")
        self.sweep("out", "--seeds", 2)
        self.assert_refused(INPUT, "another plan", "sweep", "small.sweep.toml", "--seeds", 3, "--out", "out")
        (self.folder / "small.toml").write_text(SCENARIO + "# changed\n")
        self.assert_refused(INPUT, "another plan", "sweep", "small.sweep.toml", "--seeds", 2, "--out", "out")


@unittest.skipUnless(os.environ.get("BEZANT_MPI") == "ON", "built without MPI")
class MpiTest(SweepCase):
    def mpirun(self, *arguments):
        process = self.started(*MPIRUN, os.environ["BEZANT"], "sweep", "small.sweep.toml", *arguments)
        out, errors = process.communicate(timeout=TIMEOUT_SECONDS)
        return process.returncode, out.decode(), errors.decode()

    def test_processes_give_what_threads_give(self):
        for name, plan in (("whole", PLAN), ("stopping", PLAN + STOP)):
            self.write_plan(plan)
            self.sweep(f"{name}-threads", "--threads", 2)
            code, out, errors = self.mpirun("--out", f"{name}-mpi", "--threads", 1)
            self.assertEqual(code, GOOD, errors)
            self.assertEqual(out.count("written to"), 1)
            self.assertEqual(self.content(f"{name}-mpi"), self.content(f"{name}-threads"))

    def test_mistakes_are_told_once(self):
        self.write_plan(PLAN.replace("seeds", "seds"))
        code, _, errors = self.mpirun("--out", "out")
        self.assertEqual(code, INPUT, errors)
        self.assertEqual(errors.count("did you mean 'seeds'?"), 1)

    def test_a_process_that_dies_ends_the_sweep(self):
        """Then the same command, with or without MPI, goes on with it."""
        self.write_plan(PLAN.replace("seeds = 8", "seeds = 100"))
        self.sweep("quiet")
        process = self.started(*MPIRUN, os.environ["BEZANT"], "sweep", "small.sweep.toml", "--out", "out", "--threads", 1)
        path = self.folder / "out/results.sqlite-wal"
        while not path.exists() or path.stat().st_size < 100_000:
            self.assertIsNone(process.poll())
            time.sleep(0.01)
        children = subprocess.run(["ps", "-o", "pid=", "--ppid", str(process.pid)], capture_output=True, text=True,
                                  check=True).stdout.split()
        os.kill(int(children[-1]), signal.SIGKILL)
        process.communicate(timeout=TIMEOUT_SECONDS)
        self.assertNotEqual(process.returncode, GOOD)
        self.sweep("out")
        self.assertEqual(self.content("out"), self.content("quiet"))


class NoMpiTest(ProgramTest):
    @unittest.skipIf(os.environ.get("BEZANT_MPI") == "ON", "built with MPI")
    def test_several_processes_need_mpi(self):
        result = bezant("sweep", "latency", folder=self.folder, env={**os.environ, "OMPI_COMM_WORLD_SIZE": "2"})
        self.assertEqual(result.returncode, ENVIRONMENT)
        self.assertIn("built without MPI", result.stderr)


if __name__ == "__main__":
    unittest.main()
