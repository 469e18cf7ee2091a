"""Writes test/fixtures/parity/NAME/ for each network of network_models.py: its weights, and what PyTorch makes of them.

With --check it loads the committed models, works everything out anew from the givens, and compares.
"""

import sys
import tempfile
from pathlib import Path

import network_models as models
import torch
from fixture_files import FOLDER, is_close, random, report
from safetensors.torch import load_file, save_file
from torch.func import functional_call
from torch.nn.attention import SDPBackend, sdpa_kernel
from torch.nn.functional import cross_entropy

SAMPLES = 3
TOKENS = 5
TOLERANCE = 1e-6
EXPECTED = "expected.safetensors"


def seeded(name):
    return torch.Generator().manual_seed(sum(name.encode()))


def randomise(model, generator):
    """Moves all weights and statistics off what they begin with: biases of 0 and norms of 1 would hide mistakes."""
    for name, tensor in model.state_dict().items():
        if not tensor.dtype.is_floating_point:
            continue
        if name.endswith("running_var"):
            values = 0.5 + random(generator, *tensor.shape).abs()
        elif tensor.dim() == 1:
            values = random(generator, *tensor.shape, scale=0.2) + (1 if name.endswith("weight") else 0)
        else:
            fan_in = tensor[0].numel() if tensor.dim() > 1 else 1
            is_table = "embeddings" in name and "projection" not in name
            values = random(generator, *tensor.shape, scale=0.5 if is_table else 1.2 / fan_in**0.5)
        tensor.copy_(values)


def givens(name, model, generator):
    """Inputs, a direction in weight space, and a cotangent of the outputs."""
    config = model.config
    if getattr(config, "model_type", "") == "bert":
        inputs = torch.randint(1, config.vocab_size, (SAMPLES, TOKENS), generator=generator).float()
        # Sentences of several lengths; 0 fills up.
        inputs[1, 3:] = 0
        inputs[2, 4:] = 0
    else:
        side = getattr(config, "image_size", None) or config.side
        channels = getattr(config, "num_channels", None) or config.channels
        inputs = random(generator, SAMPLES, side, side, channels)
    outputs = Function(model, inputs)(dict(model.named_parameters())).detach()
    found = {"inputs": inputs, "u": random(generator, *outputs.shape)}
    if name != "bert-states":
        found["labels"] = torch.randint(outputs.shape[-1], outputs.shape[:-1], generator=generator).float()
    direction = {key: random(generator, *value.shape) for key, value in model.named_parameters()}
    return {**found, **in_file(name, model, direction, "v.")}


class Function:
    """The outputs as a function of the weights."""

    def __init__(self, model, inputs):
        self.model, self.buffers = model, dict(model.named_buffers())
        self.args, self.kwargs = models.arguments(model, inputs.double())

    def __call__(self, weights):
        # The plain way to compute attention is the only one that has forward-mode derivatives.
        with sdpa_kernel(SDPBackend.MATH):
            answer = functional_call(self.model, (weights, self.buffers), self.args, self.kwargs)
        return models.outputs_of(answer)


def results(name, model, given):
    """Outputs, J v, J^T u and, where there are labels, the mean cross-entropy and its gradient."""
    weights = {key: value.detach() for key, value in model.named_parameters()}
    function = Function(model, given["inputs"])
    v, u = from_file(name, model, given, "v."), given["u"].double()
    outputs, jv = torch.func.jvp(function, (weights,), (v,))
    again, transposed = torch.func.vjp(function, weights)
    assert torch.allclose(outputs, again, rtol=1e-12, atol=1e-12)
    (jtu,) = transposed(u)
    assert torch.allclose((jv * u).sum(), sum((jtu[key] * v[key]).sum() for key in v), rtol=1e-9)
    found = {"outputs": outputs, "jv": jv, **in_file(name, model, jtu, "jtu.")}
    if "labels" in given:
        labels = given["labels"].long().reshape(-1)

        def loss(point):
            return cross_entropy(function(point).flatten(0, -2), labels)

        gradient, found["loss"] = torch.func.grad_and_value(loss)(weights)
        found |= in_file(name, model, gradient, "gradient.")
    return {key: value.detach() for key, value in found.items()}


def in_file(name, model, tensors, prefix):
    """Tensors by parameter, by the names that the model's file has: those are the library's business."""
    with tempfile.TemporaryDirectory() as folder:
        other = models.create(name).double()
        for key, parameter in other.named_parameters():
            parameter.data = tensors[key].contiguous()
        models.save(name, other, Path(folder))
        saved = load_file(Path(folder) / "model.safetensors")
    buffers = {key for key, _ in model.named_buffers()}
    return {prefix + key: value for key, value in saved.items() if key not in buffers}


def from_file(name, model, tensors, prefix):
    """The inverse of `in_file`."""
    found = {key.removeprefix(prefix): value for key, value in tensors.items() if key.startswith(prefix)}
    with tempfile.TemporaryDirectory() as folder:
        models.save(name, model, Path(folder))
        path = Path(folder) / "model.safetensors"
        save_file({**load_file(path), **found}, path, {"format": "pt"})
        return {key: value.detach() for key, value in models.load(name, Path(folder)).named_parameters()}


def generate(name):
    generator, folder = seeded(name), FOLDER / name
    model = models.create(name)
    with torch.no_grad():
        randomise(model, generator)
    models.save(name, model.half() if name in models.PLAIN else model, folder)
    model = models.load(name, folder)
    # Rounded before anything is computed; half precision keeps the files small.
    given = {key: value.half() for key, value in givens(name, model, generator).items()}
    found = results(name, model, given)
    flat = [key for key, value in found.items() if not value.norm() > 0]
    print(f"{name}: without influence: {flat}" if flat else name)
    save_file({**given, **{key: value.float().contiguous() for key, value in found.items()}}, folder / EXPECTED)


def check(name):
    folder = FOLDER / name
    committed = load_file(folder / EXPECTED)
    computed = results(name, models.load(name, folder), committed)
    return [
        f"{name}: {key} differs"
        for key, value in computed.items()
        if not is_close(committed[key].tolist(), value.tolist(), TOLERANCE)
    ]


if __name__ == "__main__":
    if "--check" in sys.argv[1:]:
        report([sentence for name in models.NAMES for sentence in check(name)])
    for each in models.NAMES:
        generate(each)
