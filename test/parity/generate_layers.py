"""Writes test/fixtures/parity/layers.json: each kind of layer on a tiny input, worked out by PyTorch in float64.

With --check it works the committed cases out anew from their givens and compares.
"""

import sys

import torch
from fixture_files import FOLDER, differences, pack, pack_named, random, read, report, unpack, unpack_named, write
from layer_functions import LAYERS

OUTPUT = FOLDER / "layers.json"
ATTENTION = [f"{name}.{kind}" for name in ("query", "key", "value", "output") for kind in ("weight", "bias")]


def conv(kernel, channels, **options):
    """A convolution's description, with PyTorch's defaults and an odd, not square image."""
    inputs, outputs = channels
    config = {"kernel": kernel, "stride": 1, "padding": kernel // 2, "groups": 1, "bias": True, **options}
    weights = {"weight": (outputs, inputs // config["groups"], kernel, kernel)}
    if config["bias"]:
        weights["bias"] = (outputs,)
    name = f"{kernel}x{kernel}, {inputs} to {outputs}, " + ", ".join(f"{k} {v}" for k, v in options.items())
    return ("conv2d", name.rstrip(", "), config, (2, 6, 7, inputs), weights)


def pool(kind, kernel, stride, padding, shift=0):
    config = {"kernel": kernel, "stride": stride, "padding": padding}
    name = f"{kernel}/{stride}, padding {padding}" + (", windows all negative" if shift else "")
    return (kind, name, config, (2, 7, 6, 3), {}, {"shift": shift})


def norm(kind, name, config, shape):
    """With inputs that vary so little that eps shows in the output."""
    return (kind, name, config, shape, {"weight": shape[-1:], "bias": shape[-1:]}, {"scale": 0.05})


def attention(name, config):
    width = 6
    return ("attention", name, config, (2, 5, width), {key: (width,) * (2 if "weight" in key else 1) for key in ATTENTION})


# (layer, name, config, shape of the input, shapes of the weights, scale and shift of the input where not 1 and 0)
CASES = [
    ("dense", "rows", {}, (4, 5), {"weight": (3, 5), "bias": (3,)}),
    ("dense", "tokens", {}, (2, 3, 5), {"weight": (4, 5), "bias": (4,)}),
    *(conv(kernel, (3, 4)) for kernel in (1, 3, 5)),
    *(conv(kernel, (3, 4), stride=2) for kernel in (1, 3, 5)),
    *(conv(kernel, (3, 2), padding=0) for kernel in (3, 5)),
    *(conv(kernel, (2, 3), stride=2, padding=0) for kernel in (3, 5)),
    *(conv(3, (4, 6), stride=stride, groups=2) for stride in (1, 2)),
    *(conv(kernel, (4, 4), stride=stride, groups=4) for kernel in (3, 5) for stride in (1, 2)),
    conv(3, (2, 4), groups=2, bias=False),
    *(pool("max_pool", *geometry, shift) for geometry in ((2, 2, 0), (3, 2, 1)) for shift in (0, -5)),
    *(pool("average_pool", *geometry) for geometry in ((2, 2, 0), (3, 2, 1))),
    ("global_average_pool", "image", {}, (2, 3, 4, 5), {}),
    ("flatten", "image", {}, (2, 3, 2, 4), {}),
    *(
        norm("batch_norm", f"{name}, {mode}", {"mode": mode, "eps": 1e-5, "momentum": 0.1}, shape)
        for name, shape in (("image", (3, 4, 3, 2)), ("rows", (6, 3)))
        for mode in ("train", "eval")
    ),
    *(norm("layer_norm", f"eps {eps}", {"eps": eps}, (2, 3, 6)) for eps in (1e-5, 1e-12)),
    *((layer, "rows", {}, (3, 7), {}) for layer in ("relu", "tanh", "softmax")),
    *(("gelu", f"approximate {kind}", {"approximate": kind}, (3, 7), {}) for kind in ("none", "tanh")),
    ("embedding", "tokens", {}, (3, 5), {"weight": (7, 4)}),
    attention("2 heads", {"heads": 2}),
    attention("3 heads, padding", {"heads": 3, "mask": [[1, 1, 1, 1, 1], [1, 1, 1, 0, 0]]}),
    ("patch_embedding", "2x2", {"patch": 2}, (2, 4, 6, 3), {"weight": (5, 3, 2, 2), "bias": (5,)}),
    (
        *("class_token_and_positions", "4 patches", {}, (2, 4, 3)),
        {"cls_token": (1, 1, 3), "position_embeddings": (1, 5, 3)},
    ),
    ("residual", "dense and relu", {}, (3, 5), {"weight": (5, 5), "bias": (5,)}),
]


def givens(index, layer, name, config, shape, weight_shapes, distribution={}):
    """A case without its results: all that both sides are given."""
    generator = torch.Generator().manual_seed(100 + index)
    weights = {key: random(generator, *size, scale=0.6) for key, size in weight_shapes.items()}
    inputs = random(generator, *shape, scale=distribution.get("scale", 1)) + distribution.get("shift", 0)
    buffers = {}
    if layer == "embedding":
        inputs = torch.randint(weights["weight"].shape[0], shape, generator=generator)
    if layer == "batch_norm":
        spread = random(generator, shape[-1], scale=0.05).abs()
        buffers = {"running_mean": random(generator, shape[-1], scale=0.05), "running_var": 0.001 + spread / 10}
        buffers = {key: torch.round(value, decimals=6) for key, value in buffers.items()}
    outputs = LAYERS[layer](config, inputs, weights, buffers)
    return {
        **{"name": name, "layer": layer, "config": config, "input": pack(inputs), "weights": pack_named(weights)},
        "buffers": pack_named(buffers),
        "tangent": {
            "input": pack(random(generator, *shape)) if inputs.dtype.is_floating_point else None,
            "weights": pack_named({key: random(generator, *value.shape) for key, value in weights.items()}),
        },
        "cotangent": pack(random(generator, *outputs.shape)),
    }


def results(case):
    """What PyTorch makes of a case: the output, J v and J^T u, with respect to the input and all weights together."""
    is_smooth = case["tangent"]["input"] is not None
    inputs = unpack(case["input"], torch.float64 if is_smooth else torch.int64)
    weights, buffers = unpack_named(case["weights"]), unpack_named(case["buffers"])

    def function(point):
        return LAYERS[case["layer"]](case["config"], point.get("input", inputs), point["weights"], buffers)

    point, tangent = {"weights": weights}, {"weights": unpack_named(case["tangent"]["weights"])}
    if is_smooth:
        point["input"], tangent["input"] = inputs, unpack(case["tangent"]["input"])
    cotangent = unpack(case["cotangent"])
    output, jvp = torch.func.jvp(function, (point,), (tangent,))
    (vjp,) = torch.func.vjp(function, point)[1](cotangent)
    assert_transposed(jvp, tangent, vjp, cotangent)
    found = {
        **{"output": pack(output), "jvp": pack(jvp)},
        "vjp": {"input": pack(vjp["input"]) if is_smooth else None, "weights": pack_named(vjp["weights"])},
    }
    if case["layer"] == "batch_norm" and case["config"]["mode"] == "train":
        found["updatedBuffers"] = pack_named(updated_buffers(case["config"], inputs, buffers))
    return found


def updated_buffers(config, inputs, buffers):
    """The running statistics after one training step; PyTorch takes the unbiased variance for them."""
    buffers = {key: value.clone() for key, value in buffers.items()}
    arranged = inputs.movedim(-1, 1)
    torch.nn.functional.batch_norm(arranged, *buffers.values(), training=True, momentum=config["momentum"])
    return buffers


def assert_transposed(jvp, tangent, vjp, cotangent):
    """<u, J v> = <J^T u, v>"""
    parts = [(vjp["weights"][key], value) for key, value in tangent["weights"].items()]
    if "input" in tangent:
        parts.append((vjp["input"], tangent["input"]))
    expected = sum((a * b).sum() for a, b in parts)
    assert torch.allclose((jvp * cotangent).sum(), expected, rtol=1e-10, atol=1e-12)


def check():
    found = []
    for case in read(OUTPUT)["cases"]:
        computed = results(case)
        committed = {key: case[key] for key in computed}
        found += differences(committed, computed, where=f"{case['layer']} ({case['name']})")
    report(found)


def main():
    cases = [givens(index, *case) for index, case in enumerate(CASES)]
    content = {
        "torch": torch.__version__.split("+")[0],
        "note": "Images are [N, height, width, channels]; weights are as PyTorch stores them.",
        "cases": [{**case, **results(case)} for case in cases],
    }
    write(OUTPUT, content)


if __name__ == "__main__":
    check() if "--check" in sys.argv[1:] else main()
