"""Loads the folders that `fip export --format huggingface` writes with transformers, and compares what they compute.

FIP_PARITY_EXPORTED=FOLDER npx vitest run test/cli/export-network.test.ts writes the networks of the fixtures to FOLDER/NAME. This
script, given the same FOLDER, expects each to load by its own config.json with nothing missing, too much or of another shape,
and to compute what the fixture's network computed before it went through the engine.
"""

import sys
from pathlib import Path

import torch
import transformers
from fixture_files import FOLDER, is_close, report
from safetensors.torch import load_file

TOLERANCE = 1e-6


def check(folder):
    config = transformers.AutoConfig.from_pretrained(folder)
    load = getattr(transformers, config.architectures[0]).from_pretrained
    model, info = load(folder, output_loading_info=True, attn_implementation="eager")
    misfits = {key: names for key, names in info.items() if len(names) > 0}
    if misfits:
        return [f"{folder.name}: {misfits}"]
    given = load_file(FOLDER / folder.name / "expected.safetensors")
    inputs = given["inputs"]
    with torch.no_grad():
        if config.model_type == "bert":
            ids = inputs.long()
            logits = model.eval()(input_ids=ids, attention_mask=(ids > 0).long()).logits
        else:
            logits = model.eval()(pixel_values=inputs.permute(0, 3, 1, 2).contiguous().float()).logits
    same = is_close(given["outputs"].tolist(), logits.tolist(), TOLERANCE)
    return [] if same else [f"{folder.name}: the outputs differ"]


if __name__ == "__main__":
    if len(sys.argv) != 2:
        raise SystemExit("Usage: check_exported.py FOLDER")
    folders = sorted(path for path in Path(sys.argv[1]).iterdir() if (path / "config.json").exists())
    assert folders, "there is no network"
    report([sentence for folder in folders for sentence in check(folder)])
