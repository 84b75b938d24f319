"""A Slurm of one's own: munged, slurmctld and two slurmd, on loopback, in a folder, as long as the test lasts."""

import os
import random
import shutil
import socket
import subprocess
import time
from pathlib import Path

from harness import Difference

DAEMONS = ("munged", "slurmctld", "slurmd", "sbatch", "scontrol", "squeue", "scancel")
NODES = ("node1", "node2")


def missing():
    """What of Slurm is not installed here."""
    return [name for name in DAEMONS if not shutil.which(name, path=path())]


def path():
    return os.environ["PATH"] + ":/usr/sbin:/sbin"


class Slurm:
    """Two simulated nodes on this machine. Nothing of it is anywhere but in `folder` and in this machine's loopback."""

    def __init__(self, folder, cpus=4, array_size=1001):
        self.folder, self.cpus, self.array_size = Path(folder), cpus, array_size
        self.processes = []
        self.environment = os.environ | {"SLURM_CONF": str(self.folder / "slurm.conf"), "PATH": path()}

    def __enter__(self):
        try:
            self.start()
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(self, *_):
        self.stop()

    def start(self):
        for name in ("state", "munge", *NODES):
            (self.folder / name).mkdir(parents=True)
        self.configure()
        munge = self.folder / "munge"
        (munge / "key").write_bytes(os.urandom(128))
        for name in (munge, munge / "key"):
            name.chmod(0o700 if name.is_dir() else 0o600)
        # munged wants folders that nobody else can write to; --force has it make do with the test's own.
        self.launch(
            "munged", "--foreground", "--force", f"--socket={munge}/socket", f"--key-file={munge}/key",
            f"--pid-file={munge}/pid", f"--log-file={munge}/log", f"--seed-file={munge}/seed",
        )
        self.wait(lambda: (munge / "socket").exists(), "munged")
        self.launch("slurmctld", "-D", "-i")
        self.wait(lambda: "UP" in self.ask("scontrol", "ping"), "slurmctld")
        for node in NODES:
            self.launch("slurmd", "-D", "-N", node)
        self.wait(lambda: self.ask("sinfo", "--noheader", "--format=%t %D") == "idle 2", "two nodes")

    def stop(self):
        for process in reversed(self.processes):
            process.terminate()
        for process in reversed(self.processes):
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()

    def launch(self, *command):
        with open(self.folder / f"{command[-1] if command[0] == 'slurmd' else command[0]}.out", "wb") as log:
            self.processes.append(subprocess.Popen(command, env=self.environment, stdout=log, stderr=log))

    def ask(self, *command):
        done = subprocess.run(command, env=self.environment, capture_output=True, text=True)
        return done.stdout.strip() if done.returncode == 0 else ""

    def wait(self, condition, what, seconds=60):
        end = time.monotonic() + seconds
        while not condition():
            if time.monotonic() > end:
                logs = "".join(f"\n== {file.name}\n{file.read_text()[-1500:]}" for file in self.folder.glob("*.out"))
                raise Difference(f"{what}: not within {seconds} s{logs}")
            time.sleep(0.1)

    def wait_until_idle(self, seconds=300):
        self.wait(lambda: not self.ask("squeue", "--noheader"), "the end of all jobs", seconds)

    def configure(self):
        ports = free_ports(1 + len(NODES))
        host = socket.gethostname().split(".")[0]
        lines = [
            "ClusterName=test", f"SlurmctldHost={host}(127.0.0.1)", f"SlurmctldPort={ports[0]}",
            "SlurmUser=root", "SlurmdUser=root", "AuthType=auth/munge",
            # What is requeued waits until its old credential has ended.
            f"AuthInfo=socket={self.folder}/munge/socket,cred_expire=5", f"StateSaveLocation={self.folder}/state",
            f"SlurmdSpoolDir={self.folder}/%n", f"SlurmctldPidFile={self.folder}/slurmctld.pid",
            f"SlurmdPidFile={self.folder}/%n.pid", "ProctrackType=proctrack/linuxproc", "TaskPlugin=task/none",
            "SwitchType=switch/none", "MpiDefault=none", "SelectType=select/cons_tres",
            "SelectTypeParameters=CR_CPU", "SchedulerType=sched/backfill", "JobAcctGatherType=jobacct_gather/none",
            "AccountingStorageType=accounting_storage/none", "ReturnToService=2", f"MaxArraySize={self.array_size}",
            "KillWait=5", "MinJobAge=300", "SchedulerParameters=sched_interval=1,sched_min_interval=0,bf_interval=1",
            "SlurmdParameters=config_overrides", "LaunchParameters=send_gids", "RebootProgram=/bin/false",
        ]
        for node, port in zip(NODES, ports[1:]):
            lines.append(f"NodeName={node} NodeHostname={host} NodeAddr=127.0.0.1 Port={port} CPUs={self.cpus} State=UNKNOWN")
        lines.append("PartitionName=cpu Nodes=ALL Default=YES MaxTime=INFINITE State=UP")
        (self.folder / "slurm.conf").write_text("\n".join(lines) + "\n")
        (self.folder / "cgroup.conf").write_text("CgroupPlugin=cgroup/v1\n")


def free_ports(count):
    """Ports that nobody listens on, below those that a system gives to whoever connects: nobody else is given one meanwhile."""
    ports = []
    for port in random.sample(range(15000, 30000), 200):
        with socket.socket() as listener:
            try:
                listener.bind(("127.0.0.1", port))
            except OSError:
                continue
        ports.append(port)
        if len(ports) == count:
            return ports
    raise Difference(f"found no {count} free ports from 15000 to 29999")
