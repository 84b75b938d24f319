"""The container's definition, carried out by hand in a minimal Debian: what %post installs is enough, and %test passes."""

import os
import shutil
import subprocess

from harness import Difference, check, expect
from minimal_root import MinimalRoot
from program import ROOT, needs


def sections(text):
    """A definition's header and sections, as Apptainer cuts them."""
    found, name = {"header": []}, "header"
    for line in text.splitlines():
        if line.startswith("%"):
            name = line[1:].split()[0]
            found[name] = []
        else:
            found[name].append(line)
    return found


@check("container: in a minimal Debian, the steps of %post end well, and %test passes")
def post(context):
    needs(os.environ.get("TIRESIAS_CONTAINER"), "set TIRESIAS_CONTAINER=1, or make acceptance-container")
    needs(shutil.which("mmdebstrap"), "no mmdebstrap")
    source = ROOT / "out/container"
    needs((source / "tiresias.def").exists(), "there is no out/container: make container")
    parts = sections((source / "tiresias.def").read_text())
    expect(parts["header"][:2] == ["Bootstrap: docker", "From: debian:bookworm-slim"], f"another base: {parts['header']}")
    root = MinimalRoot(bootstrapped(context.work / "container-root"))
    for line in filter(None, map(str.strip, parts["files"])):
        name, target = line.split()
        path = root.folder / target.lstrip("/")
        path.parent.mkdir(parents=True, exist_ok=True)
        (shutil.copytree if (source / name).is_dir() else shutil.copy)(source / name, path)
    environment = dict(line.strip().removeprefix("export ").split("=", 1) for line in parts["environment"] if "export" in line)
    step(root, "post", parts, {})
    tested = step(root, "test", parts, environment)
    expect(" 0 failed" in tested, f"%test: {tested[-500:]}")
    expect("libdnnl" not in tested, f"oneDNN is missing inside: {tested}")
    help_text = step(root, "runscript", parts, environment, "--help")
    expect("USAGE: tiresias" in help_text, f"%runscript: {help_text[:500]}")
    size = sum(path.lstat().st_size for path in root.folder.rglob("*") if path.is_file() and not path.is_symlink())
    said = f"{size / 1e6:.0f} MB, {tested.strip().splitlines()[-1]}"
    shutil.rmtree(root.folder)
    return said


def bootstrapped(folder):
    """What the image debian:bookworm-slim has: packages that are essential, and apt."""
    done = subprocess.run(["mmdebstrap", "--quiet", "--variant=apt", "bookworm", folder], capture_output=True, text=True)
    needs(done.returncode == 0, f"mmdebstrap: {done.stderr.strip()[-300:]}")
    if os.path.exists("/etc/resolv.conf"):
        shutil.copy("/etc/resolv.conf", folder / "etc/resolv.conf")
    return folder


def step(root, name, parts, environment, *arguments):
    """A section's lines as Apptainer runs them: by a shell that stops at the first that fails."""
    proxies = {key: value for key, value in os.environ.items() if key.lower().endswith("_proxy")}
    done = root.run("/bin/sh", "-ec", "\n".join(parts[name]), "sh", *arguments, environment=environment | proxies)
    if done.returncode:
        raise Difference(f"%{name}: exit {done.returncode}: {(done.stdout + done.stderr).decode(errors='replace')[-1500:]}")
    return done.stdout.decode()
