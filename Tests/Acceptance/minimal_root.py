"""A root folder with nothing in it but what a test puts there, and programs run inside."""

import functools
import os
import shutil
import subprocess
from pathlib import Path

from program import needs

# Mounts are of the namespace's own, and gone with it.
INSIDE = 'mount -t proc proc "$0/proc" && cd "$0" && exec chroot "$0" "$@"'


class MinimalRoot:
    def __init__(self, folder):
        self.folder = Path(folder)
        (self.folder / "proc").mkdir(parents=True, exist_ok=True)
        (self.folder / "tmp").mkdir(exist_ok=True)
        needs(namespace(), "no namespaces for mounts here (unshare)")

    def add_c_library(self, program):
        """The loader and the parts of the C library that a program names, and no others."""
        listed = subprocess.run(["ldd", program], check=True, capture_output=True, text=True).stdout
        for line in listed.splitlines():
            path = next((word for word in line.split() if word.startswith("/")), None)
            if path:
                target = self.folder / path.lstrip("/")
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(os.path.realpath(path), target)
        return sorted(str(path.relative_to(self.folder)) for path in self.folder.rglob("*.so*"))

    def run(self, *command, environment=None):
        """Runs a command inside, in the root's own folder, with no environment but its own."""
        return subprocess.run(
            [*namespace(), "sh", "-c", INSIDE, self.folder, *map(str, command)], capture_output=True,
            env={"PATH": "/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin"} | (environment or {}))


@functools.cache
def namespace():
    """The command that gives a process mounts and process numbers of its own, where there is one that may."""
    for way in (["unshare", "--mount", "--pid", "--fork"], ["unshare", "--map-root-user", "--mount", "--pid", "--fork"]):
        probe = [*way, "sh", "-c", 'd=$(mktemp -d) && mount -t proc proc "$d" && umount "$d" && rmdir "$d"']
        if shutil.which("unshare") and subprocess.run(probe, capture_output=True).returncode == 0:
            return way
    return None
