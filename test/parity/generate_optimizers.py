"""Writes test/fixtures/parity/optimizers.json: each optimiser under each schedule, with clipping and without, by PyTorch.

With --check it works the committed cases out anew from their givens and compares.
"""

import sys

import torch
from fixture_files import FOLDER, differences, pack, random, read, report, significant, unpack, write
from torch.optim import SGD, Adam, AdamW
from torch.optim.lr_scheduler import ChainedScheduler, ConstantLR, CosineAnnealingLR, LinearLR, SequentialLR, StepLR

OUTPUT = FOLDER / "optimizers.json"
SIZE, UPDATES, PER_EPOCH = 6, 24, 6
RECORDED = range(4, UPDATES + 1, 4)

# What a spec says beside the type, and the same in PyTorch. What neither names is a default of both.
OPTIMIZERS = [
    ({"type": "sgd", "learning_rate": 0.05, "momentum": 0}, SGD, {"lr": 0.05}),
    ({"type": "sgd", "learning_rate": 0.03}, SGD, {"lr": 0.03, "momentum": 0.9}),
    (
        {"type": "sgd", "learning_rate": 0.03, "momentum": 0.8, "nesterov": True, "weight_decay": 0.1},
        SGD,
        {"lr": 0.03, "momentum": 0.8, "nesterov": True, "weight_decay": 0.1},
    ),
    ({"type": "adam", "learning_rate": 0.05}, Adam, {"lr": 0.05}),
    (
        {"type": "adam", "learning_rate": 0.05, "betas": [0.8, 0.95], "epsilon": 0.01},
        Adam,
        {"lr": 0.05, "betas": (0.8, 0.95), "eps": 0.01},
    ),
    ({"type": "adamw"}, AdamW, {}),
    ({"type": "adamw", "learning_rate": 0.05, "weight_decay": 0.2}, AdamW, {"lr": 0.05, "weight_decay": 0.2}),
]


def warm(optimizer, steps):
    return LinearLR(optimizer, start_factor=1 / (steps + 1), total_iters=steps)


def annealed(optimizer, steps, final):
    return CosineAnnealingLR(optimizer, T_max=steps, eta_min=final * optimizer.defaults["lr"])


def straight(optimizer, steps, final):
    return LinearLR(optimizer, start_factor=1, end_factor=final, total_iters=steps)


# What a spec says, and the scheduler of an optimiser that does so.
SCHEDULES = [
    (None, lambda o: None),
    ({"type": "constant", "warmup": 5}, lambda o: warm(o, 5)),
    ({"type": "cosine"}, lambda o: annealed(o, UPDATES, 0)),
    (
        {"type": "cosine", "warmup": 4, "final": 0.1, "steps": 15},
        lambda o: SequentialLR(
            o, [warm(o, 4), annealed(o, 11, 0.1), ConstantLR(o, factor=0.1, total_iters=99)], milestones=[4, 15]
        ),
    ),
    ({"type": "linear"}, lambda o: straight(o, UPDATES, 0)),
    (
        {"type": "linear", "warmup": 3, "final": 0.2, "steps": 13},
        lambda o: SequentialLR(o, [warm(o, 3), straight(o, 10, 0.2)], milestones=[3]),
    ),
    ({"type": "step", "every": 7}, lambda o: StepLR(o, step_size=7)),
    (
        {"type": "step", "every": 2, "unit": "epochs", "factor": 0.5, "warmup": 8},
        lambda o: ChainedScheduler([warm(o, 8), StepLR(o, step_size=2 * PER_EPOCH, gamma=0.5)]),
    ),
]
CLIPPING = [None, 3]


def givens():
    """A bowl of six weights, whose gradient is `matrix` w - `pulls[update]`, as a batch of its own would pull each time."""
    generator = torch.Generator().manual_seed(7)
    root = random(generator, SIZE, SIZE, scale=0.6)
    return {
        "matrix": pack(torch.round(root @ root.T + 0.3 * torch.eye(SIZE), decimals=4)),
        "pulls": pack(random(generator, UPDATES, SIZE)),
        "start": pack(random(generator, SIZE)),
        **{"updates": UPDATES, "perEpoch": PER_EPOCH, "recorded": list(RECORDED)},
    }


def descend(bowl, make, options, schedule, limit):
    """Weights after the recorded updates."""
    matrix, pulls = unpack(bowl["matrix"]), unpack(bowl["pulls"])
    weights = unpack(bowl["start"]).requires_grad_()
    optimizer = make([weights], **options)
    scheduler = schedule(optimizer)
    recorded, clipped = [], 0
    for update in range(UPDATES):
        weights.grad = matrix @ weights.detach() - pulls[update]
        if limit is not None:
            clipped += int(torch.nn.utils.clip_grad_norm_([weights], limit) > limit)
        optimizer.step()
        if scheduler is not None:
            scheduler.step()
        if update + 1 in RECORDED:
            recorded.append(weights.detach().clone())
    # A limit that always or never bites would test half of the clipping.
    assert limit is None or 0 < clipped < UPDATES, clipped
    return pack(torch.stack(recorded))


def factors(schedule):
    """What each update's learning rate is multiplied by."""
    optimizer = SGD([torch.zeros(1)], lr=1)
    scheduler = schedule(optimizer)
    found = []
    for _ in range(UPDATES):
        found.append(significant(optimizer.param_groups[0]["lr"]))
        optimizer.step()
        if scheduler is not None:
            scheduler.step()
    return found


def results(bowl):
    combinations = [(o, s, limit) for o in OPTIMIZERS for s in SCHEDULES for limit in CLIPPING]
    return {
        "schedules": [{"schedule": spec, "factors": factors(schedule)} for spec, schedule in SCHEDULES if spec],
        "cases": [
            {
                "optimizer": {
                    **spec,
                    **({"schedule": planned} if planned else {}),
                    **({"clip_gradient_norm": limit} if limit else {}),
                },
                "weights": descend(bowl, make, options, schedule, limit),
            }
            for (spec, make, options), (planned, schedule), limit in combinations
        ],
    }


def check():
    committed = read(OUTPUT)
    computed = results(committed)
    report(differences({key: committed[key] for key in computed}, computed, where="optimizers"))


def main():
    bowl = givens()
    write(OUTPUT, {"torch": torch.__version__.split("+")[0], **bowl, **results(bowl)})


if __name__ == "__main__":
    check() if "--check" in sys.argv[1:] else main()
