"""Loads networks that the engine wrote with the libraries that they came from, and compares what they compute.

FIP_PARITY_WRITTEN=FOLDER npx vitest run test/engine/network/architectures-parity.test.ts writes each network of the
fixtures to FOLDER/NAME/model.safetensors, moved by STEP v from the fixture's weights. This script, given the same FOLDER,
expects each to load with nothing missing or too much, and to compute what PyTorch computes at the moved weights.
"""

import shutil
import sys
from pathlib import Path

import network_models as models
import torch
from fixture_files import FOLDER, is_close, report
from generate_networks import EXPECTED, Function, from_file
from safetensors.torch import load_file

STEP = 0.01
# The engine adds up in float32.
TOLERANCE = 1e-6
# What a network without a head does not keep of its file.
LEFT_OUT = {"bert-states": ("pooler.dense.weight", "pooler.dense.bias")}


def check(name, written):
    shutil.copy(FOLDER / name / "config.json", written / name)
    given = load_file(FOLDER / name / EXPECTED)
    start = models.load(name, FOLDER / name)
    direction = from_file(name, start, given, "v.")
    moved = {key: value.detach() + STEP * direction[key] for key, value in start.named_parameters()}
    loaded = models.load(name, written / name, LEFT_OUT.get(name, ()))
    with torch.no_grad():
        expected = Function(start, given["inputs"])(moved)
        found = Function(loaded, given["inputs"])(dict(loaded.named_parameters()))
        before = Function(start, given["inputs"])(dict(start.named_parameters()))
    assert not is_close(before.tolist(), expected.tolist(), 1e-3), "the step should be seen"
    return [] if is_close(expected.tolist(), found.tolist(), TOLERANCE) else [f"{name}: the outputs differ"]


if __name__ == "__main__":
    if len(sys.argv) != 2:
        raise SystemExit("Usage: check_written.py FOLDER")
    report([sentence for name in models.NAMES for sentence in check(name, Path(sys.argv[1]))])
