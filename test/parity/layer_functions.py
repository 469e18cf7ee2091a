"""The layers of the fixtures as functions of (config, input, weights, buffers), in PyTorch.

Images come and go as [N, height, width, channels]; PyTorch's own order is [N, channels, height, width], and the
conversion is part of the function, so that its derivatives are in the fixture's order too.
"""

import torch
from torch.nn import functional as F

MASKED = torch.finfo(torch.float64).min


def channels_first(image):
    return image.permute(0, 3, 1, 2)


def channels_last(image):
    return image.permute(0, 2, 3, 1)


def dense(config, x, w, buffers):
    return F.linear(x, w["weight"], w["bias"])


def conv2d(config, x, w, buffers):
    geometry = {key: config[key] for key in ("stride", "padding", "groups")}
    return channels_last(F.conv2d(channels_first(x), w["weight"], w.get("bias"), **geometry))


def max_pool(config, x, w, buffers):
    image = channels_first(x)
    return channels_last(F.max_pool2d(image, config["kernel"], config["stride"], config["padding"]))


def average_pool(config, x, w, buffers):
    image = channels_first(x)
    return channels_last(F.avg_pool2d(image, config["kernel"], config["stride"], config["padding"]))


def global_average_pool(config, x, w, buffers):
    return F.adaptive_avg_pool2d(channels_first(x), 1).flatten(1)


def flatten(config, x, w, buffers):
    # As a network of PyTorch's flattens its image: channels outermost.
    return channels_first(x).flatten(1)


def batch_norm(config, x, w, buffers):
    """On an image or on rows. In training it normalises by the batch and leaves the buffers alone here."""
    arrange, back = (channels_first, channels_last) if x.dim() == 4 else (lambda t: t, lambda t: t)
    training = config["mode"] == "train"
    mean, variance = (None, None) if training else (buffers["running_mean"], buffers["running_var"])
    return back(F.batch_norm(arrange(x), mean, variance, w["weight"], w["bias"], training, eps=config["eps"]))


def layer_norm(config, x, w, buffers):
    return F.layer_norm(x, x.shape[-1:], w["weight"], w["bias"], config["eps"])


def relu(config, x, w, buffers):
    return F.relu(x)


def gelu(config, x, w, buffers):
    return F.gelu(x, approximate=config["approximate"])


def tanh(config, x, w, buffers):
    return torch.tanh(x)


def softmax(config, x, w, buffers):
    return torch.softmax(x, -1)


def embedding(config, ids, w, buffers):
    return F.embedding(ids, w["weight"])


def attention(config, x, w, buffers):
    """As in Hugging Face's BERT: softmax(q k^T / sqrt(width of a head) + mask) v, heads side by side, then `output`."""
    samples, tokens, width = x.shape
    heads = config["heads"]

    def project(name):
        projected = F.linear(x, w[f"{name}.weight"], w[f"{name}.bias"])
        return projected.reshape(samples, tokens, heads, width // heads).transpose(1, 2)

    scores = project("query") @ project("key").transpose(-1, -2) / (width // heads) ** 0.5
    if "mask" in config:
        keep = torch.tensor(config["mask"], dtype=x.dtype)[:, None, None, :]
        scores = scores + (1 - keep) * MASKED
    context = torch.softmax(scores, -1) @ project("value")
    joined = context.transpose(1, 2).reshape(samples, tokens, width)
    return F.linear(joined, w["output.weight"], w["output.bias"])


def patch_embedding(config, x, w, buffers):
    """One row per patch, patches row by row over the image: [N, patches, width]."""
    patches = F.conv2d(channels_first(x), w["weight"], w["bias"], stride=config["patch"])
    return patches.flatten(2).transpose(1, 2)


def class_token_and_positions(config, x, w, buffers):
    token = w["cls_token"].expand(x.shape[0], -1, -1)
    return torch.cat([token, x], 1) + w["position_embeddings"]


def residual(config, x, w, buffers):
    return x + F.relu(F.linear(x, w["weight"], w["bias"]))


LAYERS = {
    function.__name__: function
    for function in (
        *(dense, conv2d, max_pool, average_pool, global_average_pool, flatten, batch_norm, layer_norm),
        *(relu, gelu, tanh, softmax, embedding, attention, patch_embedding, class_token_and_positions, residual),
    )
}
