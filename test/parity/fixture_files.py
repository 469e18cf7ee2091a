"""How tensors stand in the fixtures, and how a committed fixture is compared with a new computation.

A tensor is {"shape": [...], "values": [...]}, row by row. Given numbers (inputs, weights, tangents) are rounded to few
decimals *before* anything is computed, so that both sides start from the very same numbers; results are rounded to
seven significant digits afterwards, a relative error of 5e-8 at most.
"""

import json
from pathlib import Path

import torch

FOLDER = Path(__file__).parent.parent / "fixtures" / "parity"


def random(generator, *shape, scale=1.0):
    """Normal numbers in float64, rounded to 4 decimals."""
    numbers = torch.randn(*shape, generator=generator, dtype=torch.float64)
    return torch.round(scale * numbers, decimals=4)


def pack(tensor):
    """A tensor as JSON; whole numbers stay whole."""
    flat = tensor.detach().reshape(-1).tolist()
    is_float = tensor.dtype.is_floating_point
    return {"shape": list(tensor.shape), "values": [significant(x) for x in flat] if is_float else flat}


def unpack(packed, dtype=torch.float64):
    return torch.tensor(packed["values"], dtype=dtype).reshape(packed["shape"])


def pack_named(tensors):
    return [{"name": name, **pack(tensor)} for name, tensor in tensors.items()]


def unpack_named(packed, dtype=torch.float64):
    return {entry["name"]: unpack(entry, dtype) for entry in packed}


def significant(number, digits=7):
    """Rounded; what is nothing but float64's rounding noise, such as the gradient of a key's bias, becomes 0."""
    if abs(number) < 1e-13:
        return 0
    rounded = float(f"{number:.{digits}g}")
    return int(rounded) if rounded.is_integer() and abs(rounded) < 2**53 else rounded


def write(path, content):
    """One line, as the files are for machines."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(content, separators=(",", ":")) + "\n")
    print(f"{path.name}: {path.stat().st_size} bytes")


def read(path):
    return json.loads(path.read_text())


def differences(committed, computed, tolerance=1e-6, where=""):
    """Sentences about every place where two JSON values differ; lists of numbers are compared relative to their norm."""
    if isinstance(committed, dict) and isinstance(computed, dict):
        keys = sorted(committed.keys() | computed.keys())
        pairs = [(f"{where}.{key}", committed.get(key), computed.get(key)) for key in keys]
    elif is_list_of_lists(committed) and isinstance(computed, list) and len(committed) == len(computed):
        pairs = [(f"{where}[{i}]", a, b) for i, (a, b) in enumerate(zip(committed, computed))]
    else:
        return [] if is_close(committed, computed, tolerance) else [f"{where} differs"]
    return [text for path, a, b in pairs for text in differences(a, b, tolerance, path)]


def is_list_of_lists(value):
    return isinstance(value, list) and any(isinstance(item, (list, dict)) for item in value)


def is_close(committed, computed, tolerance):
    if committed == computed:
        return True
    if isinstance(committed, (str, bool, type(None))) or isinstance(computed, (str, bool, type(None), dict)):
        return False
    a, b = (torch.tensor(value, dtype=torch.float64).reshape(-1) for value in (committed, computed))
    return a.shape == b.shape and bool((a - b).norm() <= tolerance * a.norm() + 1e-12)


def report(found):
    """Prints what differs and ends the script accordingly."""
    print("\n".join(found) if found else "The committed fixtures agree with this computation.")
    raise SystemExit(1 if found else 0)
