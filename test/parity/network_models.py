"""Tiny networks for the fixtures: transformers' own vision transformers and BERTs, and torchvision's layers at small widths.

A model is kept in a folder as its library keeps it: model.safetensors and config.json. Images come as
[N, height, width, channels] and token numbers as [N, tokens], 0 for padding.
"""

import json
from types import SimpleNamespace

import torch
import transformers
from layer_functions import channels_first
from safetensors.torch import load_file, save_file
from torch import nn
from torchvision.models.resnet import BasicBlock
from torchvision.models.vgg import make_layers

VISION = {
    **{"hidden_size": 8, "num_hidden_layers": 2, "num_attention_heads": 2, "intermediate_size": 12},
    **{"image_size": 8, "patch_size": 4, "num_channels": 2, "num_labels": 3},
}
TEXT = {
    **{"vocab_size": 20, "hidden_size": 8, "num_hidden_layers": 2, "num_attention_heads": 2, "intermediate_size": 12},
    **{"max_position_embeddings": 7, "num_labels": 3},
}
VGG_11 = (1, "M", 2, "M", 4, 4, "M", 8, 8, "M", 8, 8, "M")


class Lenet5(nn.Module):
    def __init__(self, channels, side, classes):
        super().__init__()
        self.conv1, self.conv2 = nn.Conv2d(channels, 6, 5, padding=2), nn.Conv2d(6, 16, 5)
        self.fc1 = nn.Linear(16 * ((side // 2 - 4) // 2) ** 2, 120)
        self.fc2, self.fc3 = nn.Linear(120, 84), nn.Linear(84, classes)

    def forward(self, x):
        for convolution in (self.conv1, self.conv2):
            x = nn.functional.max_pool2d(torch.relu(convolution(x)), 2)
        x = torch.relu(self.fc1(x.flatten(1)))
        return self.fc3(torch.relu(self.fc2(x)))


class Cnn4(nn.Module):
    def __init__(self, channels, side, classes, width):
        super().__init__()
        self.conv1, self.conv2 = nn.Conv2d(channels, width, 3, padding=1), nn.Conv2d(width, width, 3, padding=1)
        self.conv3, self.conv4 = (nn.Conv2d(inputs, 2 * width, 3, padding=1) for inputs in (width, 2 * width))
        self.fc = nn.Linear(2 * width * (side // 4) ** 2, classes)

    def forward(self, x):
        for first, second in ((self.conv1, self.conv2), (self.conv3, self.conv4)):
            x = nn.functional.max_pool2d(torch.relu(second(torch.relu(first(x)))), 2)
        return self.fc(x.flatten(1))


class Vgg11(nn.Module):
    """torchvision's features with batch normalisation, and one dense layer, as is usual for images of 32 x 32."""

    def __init__(self, channels, side, classes, width):
        super().__init__()
        assert channels == 3, "torchvision's features read three channels"
        blocks = [step if step == "M" else step * width for step in VGG_11]
        self.features = make_layers(blocks, batch_norm=True)
        self.classifier = nn.Linear(blocks[-2] * (side // 32) ** 2, classes)

    def forward(self, x):
        return self.classifier(self.features(x).flatten(1))


class Resnet18(nn.Module):
    """torchvision's blocks behind a convolution of 3 x 3 without pooling, as is usual for images of 32 x 32."""

    def __init__(self, channels, side, classes, width):
        super().__init__()
        self.conv1, self.bn1 = nn.Conv2d(channels, width, 3, padding=1, bias=False), nn.BatchNorm2d(width)
        inputs = width
        for stage in range(4):
            filters, stride = width * 2**stage, 1 if stage == 0 else 2
            around = nn.Sequential(nn.Conv2d(inputs, filters, 1, stride, bias=False), nn.BatchNorm2d(filters))
            first = BasicBlock(inputs, filters, stride, None if stride == 1 else around)
            setattr(self, f"layer{stage + 1}", nn.Sequential(first, BasicBlock(filters, filters)))
            inputs = filters
        self.fc = nn.Linear(inputs, classes)

    def forward(self, x):
        x = torch.relu(self.bn1(self.conv1(x)))
        for stage in (self.layer1, self.layer2, self.layer3, self.layer4):
            x = stage(x)
        return self.fc(x.mean((2, 3)))


PLAIN = {"lenet5": Lenet5, "cnn4": Cnn4, "vgg11": Vgg11, "resnet18": Resnet18}
PLAIN_CONFIGS = {
    "lenet5": {"channels": 1, "side": 12, "classes": 2},
    "cnn4": {"channels": 2, "side": 8, "classes": 3, "width": 2},
    "vgg11": {"channels": 3, "side": 32, "classes": 3, "width": 1},
    "resnet18": {"channels": 3, "side": 8, "classes": 3, "width": 1},
}
PUBLISHED = {
    "vit": (transformers.ViTForImageClassification, transformers.ViTConfig(**VISION)),
    "deit": (transformers.DeiTForImageClassification, transformers.DeiTConfig(**VISION)),
    "deit-with-teacher": (transformers.DeiTForImageClassificationWithTeacher, transformers.DeiTConfig(**VISION)),
    "bert-states": (transformers.BertModel, transformers.BertConfig(**TEXT)),
    "bert-classifier": (transformers.BertForSequenceClassification, transformers.BertConfig(**TEXT)),
    "bert-masked-lm": (transformers.BertForMaskedLM, transformers.BertConfig(**TEXT)),
}
NAMES = [*PUBLISHED, *PLAIN]


def create(name):
    """The model with its library's own initial weights."""
    if name in PUBLISHED:
        kind, config = PUBLISHED[name]
        return kind(config)
    return plain(name, PLAIN_CONFIGS[name])


def plain(name, config):
    model = PLAIN[name](**config)
    model.config = SimpleNamespace(**config)
    return model


def save(name, model, folder):
    if name in PUBLISHED:
        model.save_pretrained(folder)
        return
    folder.mkdir(parents=True, exist_ok=True)
    # Counters of batches, which only training reads, are what PyTorch itself makes where they are missing.
    weights = {key: value for key, value in model.state_dict().items() if value.dtype.is_floating_point}
    save_file(weights, folder / "model.safetensors", {"format": "pt"})
    config = {"architecture": name, **vars(model.config)}
    (folder / "config.json").write_text(json.dumps(config, indent=2) + "\n")


def load(name, folder, left_out=()):
    """The model in float64, as it computes when it is not trained.

    Fails where a weight is too much, has another shape or is missing, but for those `left_out`, which are then random.
    """
    if name in PUBLISHED:
        # The plain way to compute attention is the one that has forward-mode derivatives.
        options = {"attn_implementation": "sdpa", "output_loading_info": True}
        model, info = PUBLISHED[name][0].from_pretrained(folder, **options)
        wrong = {key: value for key, value in info.items() if set(value) - set(left_out)}
        assert not wrong, f"{name}: {wrong}"
    else:
        config = json.loads((folder / "config.json").read_text())
        assert config.pop("architecture") == name
        model = plain(name, config)
        model.load_state_dict(load_file(folder / "model.safetensors"))
    for module in model.modules():
        if isinstance(module, nn.Embedding):
            # PyTorch leaves the row of padding out of J^T, though not out of J: they would not be each other's transpose.
            module.padding_idx = None
    return model.double().eval()


def arguments(model, inputs):
    """Inputs as the model's forward takes them."""
    if not hasattr(model.config, "model_type"):
        return (channels_first(inputs),), {}
    if model.config.model_type == "bert":
        ids = inputs.long()
        return (), {"input_ids": ids, "attention_mask": (ids != 0).long()}
    return (), {"pixel_values": channels_first(inputs)}


def outputs_of(answer):
    """Logits; of a network without a head its last hidden states."""
    if isinstance(answer, torch.Tensor):
        return answer
    return answer["logits"] if "logits" in answer else answer["last_hidden_state"]
