#!/usr/bin/env bash
# Writes what `apptainer build` needs, in one folder that can be copied to where Apptainer is: the static program, the rule packs, the
# tokenizer, and a definition file. BASE is another image to begin with, or a .sif file where a cluster has no network.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

folder=out/container
base=${BASE:-debian:bookworm-slim}
program=$(ls -t out/static/tiresias-*-linux-"$(uname -m)" | head -n 1)
version=$("$program" --version)

rm -rf "$folder"
mkdir -p "$folder/files/assets/tokenizer"
cp "$program" "$folder/files/tiresias"
cp -r rules pipelines LICENSE "$folder/files/"
cp assets/20B_tokenizer.json "$folder/files/assets/tokenizer/"

case $base in
  *.sif) bootstrap=localimage ;;
  *) bootstrap=docker ;;
esac

cat >"$folder/tiresias.def" <<DEFINITION
Bootstrap: $bootstrap
From: $base

%files
    files/tiresias /usr/local/bin/tiresias
    files/rules /opt/tiresias/rules
    files/pipelines /opt/tiresias/pipelines
    files/assets /opt/tiresias/assets
    files/LICENSE /opt/tiresias/LICENSE

%post
    # The program brings all but oneDNN, which scores checkpoints; zstd shows edit logs.
    export DEBIAN_FRONTEND=noninteractive
    apt-get update
    apt-get install --yes --no-install-recommends libdnnl2 zstd
    rm -rf /var/lib/apt/lists/*
    chmod 755 /usr/local/bin/tiresias
    chmod -R a+rX /opt/tiresias

%environment
    export LC_ALL=C.UTF-8
    # Where a pipeline's tokenizer 20B is found, whatever the folder.
    export TIRESIAS_ASSETS=/opt/tiresias/assets

%runscript
    exec tiresias "\$@"

%test
    tiresias --version
    cd /opt/tiresias
    tiresias doctor --output /tmp
    tiresias rules check rules
    tiresias rules test rules

%labels
    org.opencontainers.image.title Tiresias
    org.opencontainers.image.version $version
    org.opencontainers.image.licenses Apache-2.0
    tiresias.sha256 $(sha256sum "$program" | cut -d ' ' -f 1)

%help
    Tiresias $version changes what a language model reads during a chosen part of its training, and proves what it changed.
    /opt/tiresias has the rule packs and pipelines; paths in a pipeline are relative to where it is started:

        apptainer exec tiresias.sif cp -r /opt/tiresias/rules /opt/tiresias/pipelines .
        apptainer run tiresias.sif run pipelines/pythia-deduped-7pct-m2f.yaml --output out/m2f

    For an array of Slurm's, which is outside: tiresias plan here, and a job script whose tasks run
    apptainer run tiresias.sif run --plan out/m2f.plan/plan.json --task \$SLURM_ARRAY_TASK_ID
DEFINITION
printf '%s\n  build it with: cd %s && apptainer build tiresias.sif tiresias.def\n' "$folder/tiresias.def" "$folder"
