"""Tokenizing and intervening as arrays of a real Slurm, with tasks killed, put back and failing."""

import dataclasses
import json
import os
import subprocess
import time

import slurm
from harness import Difference, check, expect
from program import hashes, needs

TASKS = 8
# Smaller than the number of tasks, so that they need two arrays.
ARRAY_SIZE = 6


@check("slurm: an array of 8, with tasks killed, requeued and failing: the bytes of one machine")
def array(context):
    needs(os.environ.get("TIRESIAS_SLURM"), "set TIRESIAS_SLURM=1; make acceptance-slurm installs what it needs")
    needs(not slurm.missing(), f"{', '.join(slurm.missing())} not installed")
    work = context.work / "slurm"
    work.mkdir()
    shards(context, work / "pile")
    pipeline = context.pipeline("slurm", work / "pile", dataclasses.replace(context.plan, read="pile"), context.intervention(percent=60))
    names = json.dumps([path.name for path in sorted((work / "pile").iterdir())])
    text = pipeline.read_text().replace(f'"pile": "{work}/pile"', f'"base": "cluster/pile", "pile": {names}')
    (work / "p.yaml").write_text(text)
    alone(context, work)
    start = time.monotonic()
    with slurm.Slurm(work / "cluster-state", cpus=2, array_size=ARRAY_SIZE) as cluster:
        user = User(context, work, cluster)
        tokens(user)
        window(user)
        expect("nothing to send" in user.submit(), "a finished window was sent again")
    expect(hashes(work / "cluster") == hashes(work / "one") | plan_files(work), "the results differ from those of one machine")
    return f"2 nodes, {TASKS} tasks twice, {time.monotonic() - start:.0f} s of Slurm"


def shards(context, folder):
    """The documents in eight files."""
    context.base  # writes the corpus
    lines = context.corpus.read_bytes().splitlines(keepends=True)
    folder.mkdir()
    for number in range(TASKS):
        (folder / f"{number:02}.jsonl").write_bytes(b"".join(lines[number * len(lines) // TASKS : (number + 1) * len(lines) // TASKS]))


def alone(context, work):
    one = work / "one"
    context.call("run", work / "p.yaml", "--output", one / "p", "--set", f"read.base={one}/pile", "--quiet", *gated(work))


def gated(work):
    """Inputs that are held back while there is a file: so that tasks run for as long as they are to."""
    return ["--input-command", f"while [ -e {work}/gate ]; do sleep 0.1; done; cat {work}/pile/{{}}"]


def plan_files(work):
    """What a cluster leaves besides the results: the plans, and what their tasks said."""
    folders = [path for path in (work / "cluster").glob("*.plan")]
    return {f"{folder.name}/{name}": value for folder in folders for name, value in hashes(folder).items()}


class User:
    """Someone at a login node."""

    def __init__(self, context, work, cluster):
        self.context, self.work, self.cluster = context, work, cluster

    def call(self, *arguments):
        command = [str(self.context.binary), *map(str, arguments)]
        done = subprocess.run(command, cwd=self.work, env=self.cluster.environment, capture_output=True, text=True)
        if done.returncode:
            raise Difference(f"{' '.join(command)}: exit {done.returncode}: {done.stderr}")
        return done.stdout

    def submit(self):
        return self.call(
            "submit", "p.yaml", "--tasks", TASKS, "--partition", "cpu", "--time", 10, "--cpus", 1, "--output", "cluster/p",
            *gated(self.work),
        )

    def status(self, plan):
        return json.loads(self.call("status", plan, "--json"))

    def slurm(self, *command):
        subprocess.run(command, env=self.cluster.environment, check=True, capture_output=True)

    def when_running(self, plan, task):
        """Waits until a task says that it runs."""
        state = self.work / f"{plan}/tasks/{task}.state.json"
        self.cluster.wait(state.exists, f"task {task} of {plan}")

    def expect_states(self, plan, wanted):
        found = {task["task"]: task["state"] for task in self.status(plan)["tasks"]}
        bad = {task: state for task, state in found.items() if state not in wanted.get(task, ("done",))}
        expect(not bad, f"{plan}: {bad}; {self.logs(plan)}")

    def logs(self, plan):
        return {path.name: path.read_text()[-500:] for path in sorted((self.work / plan / "logs").glob("*.log"))}


def tokens(user):
    plan, gate = "cluster/pile_text_document.plan", user.work / "gate"
    gate.touch()
    said = user.submit()
    expect(f"sent {TASKS} of {TASKS} tasks, jobs 1" in said, said)
    jobs = [job["number"] for job in json.loads((user.work / plan / "jobs.json").read_text())["jobs"]]
    expect(len(jobs) == 3, f"{TASKS} tasks in arrays of {ARRAY_SIZE - 1} at most: {said}")
    user.when_running(plan, 1)
    user.when_running(plan, 3)
    expect("nothing to send" in user.submit(), "tasks on their way were sent again")
    user.slurm("scancel", f"{jobs[0]}_1")
    user.slurm("scontrol", "requeue", f"{jobs[0]}_3")
    gate.unlink()
    user.cluster.wait_until_idle()
    user.expect_states(plan, {1: ("failed", "missing")})
    failed = [text for name, text in user.logs(plan).items() if name.startswith("finish")]
    expect(len(failed) == 1 and "1 of 8 tasks are not done" in failed[0], f"the last step did not say what is missing: {failed}")


def window(user):
    plan = "cluster/p.plan"
    # Something is in the way of task 5's record.
    obstacle = user.work / plan / "tasks/5.done.json"
    obstacle.mkdir(parents=True)
    expect(f"sent 1 of {TASKS} tasks" in user.submit(), "not only what was missing was sent")
    # The tokens' last step sends the window.
    user.cluster.wait((user.work / plan / "jobs.json").exists, "the window's jobs", 300)
    user.cluster.wait_until_idle()
    user.expect_states("cluster/pile_text_document.plan", {})
    user.expect_states(plan, {5: ("failed",)})
    expect(not (user.work / "cluster/p/manifest.json").exists(), "a manifest of an unfinished window")
    obstacle.rmdir()
    expect(f"sent 1 of {TASKS} tasks" in user.submit(), "not only what was missing was sent")
    user.cluster.wait_until_idle()
    expect(user.status(plan)["finished"], f"not finished: {user.logs(plan)}")
