"""Writes test/fixtures/parity/mlp.json: small networks worked out by PyTorch in double precision.

The tests of the engine compare themselves with this file; PyTorch is needed only to write it anew.
"""

import json
from pathlib import Path

import torch

SIZES = [6, 5, 4, 3]
SAMPLES = 8
LAMBDA = 0.1
OUTPUT = Path(__file__).parent.parent / "fixtures" / "parity" / "mlp.json"
ACTIVATIONS = {"relu": torch.relu, "tanh": torch.tanh}

torch.set_default_dtype(torch.float64)


def random(generator, *shape):
    # Rounded, so that the file stays small and both sides start from the very same numbers.
    return torch.round(torch.randn(*shape, generator=generator), decimals=4)


def parameters(generator):
    """Shapes by name, in the order of the flat vector; weights are stored [in, out], so that y = x W + b."""
    tensors = {}
    for layer, (fan_in, fan_out) in enumerate(zip(SIZES, SIZES[1:]), start=1):
        tensors[f"dense{layer}.weight"] = 0.6 * random(generator, fan_in, fan_out)
        tensors[f"dense{layer}.bias"] = 0.3 * random(generator, fan_out)
    return {name: torch.round(tensor, decimals=6) for name, tensor in tensors.items()}


def flatten(tensors):
    return torch.cat([tensor.reshape(-1) for tensor in tensors])


def forward(flat, shapes, inputs, activation):
    offset, hidden = 0, inputs
    for layer in range(1, len(SIZES)):
        weight_shape, bias_shape = shapes[f"dense{layer}.weight"], shapes[f"dense{layer}.bias"]
        weight = flat[offset : offset + weight_shape.numel()].reshape(weight_shape)
        offset += weight_shape.numel()
        bias = flat[offset : offset + bias_shape.numel()]
        offset += bias_shape.numel()
        hidden = hidden @ weight + bias
        if layer < len(SIZES) - 1:
            hidden = activation(hidden)
    return hidden


def network(name, seed):
    generator = torch.Generator().manual_seed(seed)
    tensors = parameters(generator)
    shapes = {key: tensor.shape for key, tensor in tensors.items()}
    flat = flatten(tensors.values())
    inputs = random(generator, SAMPLES, SIZES[0])
    labels = torch.randint(SIZES[-1], (SAMPLES,), generator=generator)
    tangent, cotangent = random(generator, flat.numel()), random(generator, SAMPLES, SIZES[-1])
    start_outputs_change = 0.1 * random(generator, SAMPLES, SIZES[-1])

    def outputs_at(weights):
        return forward(weights, shapes, inputs, ACTIVATIONS[name])

    outputs = outputs_at(flat)
    # Rows of the Jacobian stand sample by sample, within a sample output by output.
    jacobian = torch.autograd.functional.jacobian(outputs_at, flat).reshape(-1, flat.numel())
    metric = jacobian.T @ jacobian / SAMPLES
    weights = flat.clone().requires_grad_()
    loss = torch.nn.functional.cross_entropy(outputs_at(weights), labels)
    (gradient,) = torch.autograd.grad(loss, weights)
    return {
        "activation": name,
        "tensors": [
            {"name": key, "shape": list(tensor.shape), "values": tensor.reshape(-1)}
            for key, tensor in tensors.items()
        ],
        "flat": flat,
        "inputs": inputs,
        "labels": labels,
        "outputs": outputs,
        "v": tangent,
        "jv": (jacobian @ tangent).reshape(SAMPLES, SIZES[-1]),
        "u": cotangent,
        "jtu": jacobian.T @ cotangent.reshape(-1),
        "gv": metric @ tangent,
        "gram": jacobian @ jacobian.T / SAMPLES,
        "eigenvalues": torch.linalg.eigvalsh(metric).flip(0)[:5],
        "loss": loss.detach(),
        "gradient": gradient,
        "step": exact_step(jacobian, tangent, outputs, outputs + start_outputs_change),
    }


def exact_step(jacobian, v, outputs, start_outputs):
    """theta = v + A^T z with (A A^T + lambda) z = d - A v: the step in sample space, solved densely."""
    a = jacobian / SAMPLES**0.5
    d = (start_outputs - outputs).reshape(-1) / SAMPLES**0.5
    z = torch.linalg.solve(a @ a.T + LAMBDA * torch.eye(len(a)), d - a @ v)
    theta = v + a.T @ z
    # The same step in weight space: (g + lambda) theta = lambda v + A^T d.
    metric = a.T @ a
    dense = torch.linalg.solve(metric + LAMBDA * torch.eye(len(v)), LAMBDA * v + a.T @ d)
    assert torch.allclose(theta, dense, rtol=1e-9, atol=1e-11)
    return {"lambda": LAMBDA, "startOutputs": start_outputs, "d": d, "z": z, "theta": theta}


def optimizer_run(make, options):
    """Five steps from given gradients; `weights` holds the weights after each of them."""
    generator = torch.Generator().manual_seed(3)
    start, gradients = random(generator, 7), random(generator, 5, 7)
    weights = start.clone().requires_grad_()
    optimizer = make([weights], **options)
    after = []
    for gradient in gradients:
        weights.grad = gradient.clone()
        optimizer.step()
        after.append(weights.detach().clone())
    return {"options": options, "start": start, "gradients": gradients, "weights": torch.stack(after)}


def plain(value):
    """Tensors as nested lists, all else as it is."""
    if isinstance(value, torch.Tensor):
        return value.tolist()
    if isinstance(value, dict):
        return {key: plain(inner) for key, inner in value.items()}
    return [plain(inner) for inner in value] if isinstance(value, list) else value


def main():
    optimizers = {
        "sgd": optimizer_run(torch.optim.SGD, {"lr": 0.1, "momentum": 0.9}),
        "adam": optimizer_run(torch.optim.Adam, {"lr": 0.01}),
        "adamw": optimizer_run(torch.optim.AdamW, {"lr": 0.01, "weight_decay": 0.1}),
    }
    fixture = {
        "torch": torch.__version__.split("+")[0],
        "sizes": SIZES,
        "networks": [network("relu", 1), network("tanh", 2)],
        "optimizers": optimizers,
    }
    OUTPUT.parent.mkdir(parents=True, exist_ok=True)
    OUTPUT.write_text(json.dumps(plain(fixture)) + "\n")
    print(f"{OUTPUT}: {OUTPUT.stat().st_size} bytes")


if __name__ == "__main__":
    main()
