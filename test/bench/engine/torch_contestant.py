"""PyTorch as a contestant of the engine's bench (see messages.ts for what is said).

The same networks, batches, damping and iterations as ours. The metric product g v = J^T J v / N is worked out in the
three ways that PyTorch offers: func (jvp, then vjp), double_vjp (reverse mode twice), linearize (forward pass kept).
The exact step runs conjugate gradients in weight space on each of them; sample_space is our own algorithm, written by
hand for the dense network.
"""

import json
import sys
import time
from statistics import median

import torch
from torch import nn
from torch.func import functional_call, jvp, linearize, vjp

DAMPING = 0.1
WARM_UPS, TIMED, MOST_SECONDS = 2, 3, 4
DEVICE = torch.device(next((word for word in sys.argv[1:] if not word.startswith("--")), "cpu"))


class Lenet300100(nn.Sequential):
    inputs = (784,)

    def __init__(self):
        super().__init__(nn.Linear(784, 300), nn.ReLU(), nn.Linear(300, 100), nn.ReLU(), nn.Linear(100, 10))


class Lenet5(nn.Sequential):
    inputs = (1, 28, 28)

    def __init__(self):
        super().__init__(
            *(nn.Conv2d(1, 6, 5, padding=2), nn.ReLU(), nn.MaxPool2d(2)),
            *(nn.Conv2d(6, 16, 5), nn.ReLU(), nn.MaxPool2d(2), nn.Flatten()),
            *(nn.Linear(400, 120), nn.ReLU(), nn.Linear(120, 84), nn.ReLU(), nn.Linear(84, 10)),
        )


class BasicBlock(nn.Module):
    def __init__(self, channels, filters, stride):
        super().__init__()
        self.first = nn.Sequential(
            nn.Conv2d(channels, filters, 3, stride, 1, bias=False), nn.BatchNorm2d(filters), nn.ReLU()
        )
        self.second = nn.Sequential(nn.Conv2d(filters, filters, 3, 1, 1, bias=False), nn.BatchNorm2d(filters))
        self.around = nn.Identity()
        if stride != 1 or channels != filters:
            self.around = nn.Sequential(nn.Conv2d(channels, filters, 1, stride, bias=False), nn.BatchNorm2d(filters))

    def forward(self, x):
        return torch.relu(self.second(self.first(x)) + self.around(x))


class Resnet18(nn.Sequential):
    inputs = (3, 32, 32)

    def __init__(self):
        sizes = [(64, 64, 1), (64, 64, 1), (64, 128, 2), (128, 128, 1)]
        sizes += [(128, 256, 2), (256, 256, 1), (256, 512, 2), (512, 512, 1)]
        super().__init__(
            *(nn.Conv2d(3, 64, 3, 1, 1, bias=False), nn.BatchNorm2d(64), nn.ReLU()),
            *(BasicBlock(*size) for size in sizes),
            *(nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(512, 10)),
        )


class TransformerBlock(nn.Module):
    def __init__(self, normed_before, width=768, heads=12):
        super().__init__()
        self.normed_before, self.heads = normed_before, heads
        self.query, self.key, self.value, self.out = (nn.Linear(width, width) for _ in range(4))
        self.wide, self.narrow = nn.Linear(width, 4 * width), nn.Linear(4 * width, width)
        self.norm1, self.norm2 = nn.LayerNorm(width, 1e-12), nn.LayerNorm(width, 1e-12)

    def attend(self, x):
        n, length, width = x.shape
        q, k, v = (f(x).view(n, length, self.heads, -1).transpose(1, 2) for f in (self.query, self.key, self.value))
        # Written out: the fused kernel has no forward-mode derivative.
        p = torch.softmax(q @ k.transpose(-1, -2) / q.shape[-1] ** 0.5, -1)
        return self.out((p @ v).transpose(1, 2).reshape(n, length, width))

    def feed(self, x):
        return self.narrow(torch.nn.functional.gelu(self.wide(x)))

    def forward(self, x):
        if self.normed_before:
            x = x + self.attend(self.norm1(x))
            return (x + self.feed(self.norm2(x))).flatten(1)
        x = self.norm1(x + self.attend(x))
        return self.norm2(x + self.feed(x)).flatten(1)


class VitBlock(TransformerBlock):
    inputs = (197, 768)

    def __init__(self):
        super().__init__(normed_before=True)


class BertBlock(TransformerBlock):
    inputs = (128, 768)

    def __init__(self):
        super().__init__(normed_before=False)


NETWORKS = {
    "lenet_300_100": Lenet300100,
    "lenet5": Lenet5,
    "resnet18": Resnet18,
    "vit_b_block": VitBlock,
    "bert_base_block": BertBlock,
}


class Setting:
    """A network as a function of one flat vector of weights, at a point, on a batch."""

    def __init__(self, network, samples, iterations):
        torch.manual_seed(0)
        self.module = NETWORKS[network]().eval().to(DEVICE)
        parameters = dict(self.module.named_parameters())
        self.names, self.shapes = list(parameters), [p.shape for p in parameters.values()]
        self.weights = torch.cat([p.detach().flatten() for p in parameters.values()])
        self.x = torch.randn(samples, *NETWORKS[network].inputs, device=DEVICE)
        self.direction = torch.randn_like(self.weights)
        self.iterations, self.samples = iterations, samples
        with torch.no_grad():
            self.cotangent = torch.randn_like(self.f(self.weights))

    def f(self, weights):
        parts = weights.split([shape.numel() for shape in self.shapes])
        named = {name: part.view(shape) for name, part, shape in zip(self.names, parts, self.shapes)}
        return functional_call(self.module, named, (self.x,))


def func(s):
    def product(v):
        _, u = jvp(s.f, (s.weights,), (v,))
        _, back = vjp(s.f, s.weights)
        return back(u / s.samples)[0]

    return product


def double_vjp(s):
    def product(v):
        weights = s.weights.detach().requires_grad_(True)
        outputs = s.f(weights)
        dummy = torch.zeros_like(outputs, requires_grad=True)
        (g,) = torch.autograd.grad(outputs, weights, dummy, create_graph=True, retain_graph=True)
        (u,) = torch.autograd.grad(g, dummy, v, retain_graph=True)
        return torch.autograd.grad(outputs, weights, u / s.samples)[0]

    return product


def linearized(s):
    _, forward = linearize(s.f, s.weights)
    _, back = vjp(s.f, s.weights)
    return lambda v: back(forward(v) / s.samples)[0]


FORMULATIONS = {"func": func, "double_vjp": double_vjp, "linearize": linearized}


def weight_space_step(s, formulation):
    """(g + lambda) theta = lambda v by conjugate gradients from theta = v."""
    product, v = formulation(s), s.direction
    theta = v.clone()
    r = -product(theta)
    p, rr = r.clone(), r @ r
    for _ in range(s.iterations):
        q = product(p) + DAMPING * p
        alpha = rr / (p @ q)
        theta += alpha * p
        r -= alpha * q
        following = r @ r
        p = r + (following / rr) * p
        rr = following
    return theta


def sample_space_step(s):
    """The iterates of `weight_space_step` in sample space, for networks of dense layers and relu."""
    layers = [layer for layer in s.module if isinstance(layer, nn.Linear)]
    n = s.samples
    inputs, masks = [s.x], []
    for layer in layers[:-1]:
        h = torch.relu(layer(inputs[-1]))
        masks.append((h > 0).to(h.dtype))
        inputs.append(h)
    gram = inputs[0] @ inputs[0].T + 1

    def cotangents(u):
        found = [u]
        for layer, mask in zip(layers[:0:-1], masks[::-1]):
            found.append(found[-1] @ layer.weight * mask)
        return found[::-1]

    def tangent(contributions):
        t = contributions[0]
        for layer, mask, contribution in zip(layers[1:], masks, contributions[1:]):
            t = (t * mask) @ layer.weight.T + contribution
        return t

    def kernel(u):
        e = cotangents(u)
        rest = [h @ (h.T @ c) + c.sum(0) for h, c in zip(inputs[1:], e[1:])]
        return tangent([gram @ e[0], *rest]) / n

    parts = s.direction.split([shape.numel() for shape in s.shapes])
    v = [part.view(shape) for part, shape in zip(parts, s.shapes)]
    moved = tangent([h @ w.T + b for h, w, b in zip(inputs, v[::2], v[1::2])]) / n**0.5
    r = -moved
    p, q = r.clone(), kernel(r)
    kr, z = q.clone(), torch.zeros_like(r)
    rkr = (r * kr).sum()
    for _ in range(s.iterations):
        damped = q + DAMPING * p
        alpha = rkr / (q * damped).sum()
        z += alpha * p
        r -= alpha * damped
        kr -= alpha * (kernel(q) + DAMPING * q)
        following = (r * kr).sum()
        beta = following / rkr
        p, q, rkr = r + beta * p, kr + beta * q, following
    weights = [part for h, c in zip(inputs, cotangents(z / n**0.5)) for part in (c.T @ h, c.sum(0))]
    return s.direction + torch.cat([part.flatten() for part in weights])


def adam(s):
    weights = s.weights.clone().requires_grad_(True)
    optimizer = torch.optim.Adam([weights], lr=1e-3, fused=True)

    def step():
        optimizer.zero_grad()
        s.f(weights).backward(s.cotangent)
        optimizer.step()

    return step


def gradient(s):
    weights = s.weights.clone().requires_grad_(True)
    return lambda: torch.autograd.grad(s.f(weights), weights, s.cotangent)


def without_grad(work):
    def run():
        with torch.no_grad():
            return work()

    return run


def ways(s, operation):
    """By formulation, a function that prepares what is not timed and returns what is."""
    if operation == "matmul":
        a = torch.randn(1024, 1024, device=DEVICE)
        return {"torch": lambda: lambda: a @ a}
    if operation == "forward":
        return {"torch": lambda: without_grad(lambda: s.f(s.weights))}
    if operation == "gradient":
        return {"torch": lambda: gradient(s)}
    if operation == "adam_step":
        return {"torch": lambda: adam(s)}
    if operation == "metric_product":
        return {name: lambda make=make: (lambda m: lambda: m(s.direction))(make(s)) for name, make in FORMULATIONS.items()}
    if operation == "exact_step":
        steps = {name: lambda make=make: lambda: weight_space_step(s, make) for name, make in FORMULATIONS.items()}
        if isinstance(s.module, Lenet300100):
            steps["sample_space"] = lambda: without_grad(lambda: sample_space_step(s))
        return steps
    raise ValueError(f"There is no operation '{operation}'.")


def finish():
    if DEVICE.type == "cuda":
        torch.cuda.synchronize()


def once(run):
    began = time.perf_counter()
    run()
    finish()
    return time.perf_counter() - began


def time_of(run):
    """The median seconds of several calls, after some that do not count."""
    began = time.perf_counter()

    def is_long():
        return time.perf_counter() - began > MOST_SECONDS

    once(run)
    for _ in range(1, WARM_UPS):
        if not is_long():
            once(run)
    times = [once(run)]
    while len(times) < TIMED and not is_long():
        times.append(once(run))
    return median(times)


def answer(request):
    s = Setting(request["network"], request["samples"], request["iterations"])
    seconds, errors = {}, []
    for name, prepare in ways(s, request["operation"]).items():
        try:
            run = prepare()
            seconds[name] = time_of(run)
        except (RuntimeError, NotImplementedError) as error:
            errors.append(f"{name}: {error}")
    return {"seconds": seconds} if seconds else {"error": "; ".join(errors)}


def device_name():
    return torch.cuda.get_device_name(DEVICE) if DEVICE.type == "cuda" else "CPU"


def say(message):
    print(json.dumps(message), flush=True)


def check():
    """The two algorithms take the same step, and the three formulations are the same product."""
    s = Setting("lenet_300_100", 50, 5)
    products = [make(s)(s.direction) for make in FORMULATIONS.values()]
    for other in products[1:]:
        torch.testing.assert_close(other, products[0], rtol=1e-3, atol=1e-4)
    with torch.no_grad():
        ours = sample_space_step(s)
    torch.testing.assert_close(ours, weight_space_step(s, func), rtol=1e-3, atol=1e-3)


if "--check" in sys.argv:
    check()
    sys.exit()
say({"ready": f"PyTorch {torch.__version__}", "device": device_name(), "threads": torch.get_num_threads()})
for line in sys.stdin:
    try:
        say(answer(json.loads(line)))
    except Exception as error:  # the driver prints it and goes on
        say({"error": f"{type(error).__name__}: {error}"})
