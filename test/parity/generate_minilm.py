"""Writes test/fixtures/parity/minilm.json: hidden states of the pretrained encoder all-MiniLM-L6-v2 on a few sentences.

Hugging Face's BertModel works them out in float64; by `sdpa`, as its `eager` attention takes the softmax in float32. With
--check it works the committed sentences out anew and compares.
"""

import sys

import torch
import transformers
from fixture_files import FOLDER, differences, pack, read, report, write
from minilm import MINILM, unpadded_tokenizer

OUTPUT = FOLDER / "minilm.json"
LENGTH = 32
SENTENCES = [
    "A network is moved along a path on which its answers hardly change.",
    "The network's outputs stay almost the same while it walks through weight space.",
    "Two eggs, a little butter and fresh chives make a good omelette.",
    "Yes.",
    "",
    "Don't panic!!! It's only 3.14159 (or so)...",
    "Füße, café, naïve, Ελληνικά, 中文 and 🙂: unfamiliar words become pieces.",
    "The tutor who taught the author that the editor had fired wrote the review, and although nobody asked for it, "
    "everybody read every single word of it twice.",
]
# Of the first sentence, after each block: the first token, one in the middle and the last.
TOKENS = [0, 7, 15]


def token_rows(sentences):
    """Ids, cut to LENGTH by dropping the last words, and padded with 0: what the engine reads."""
    tokenizer = unpadded_tokenizer(MINILM / "tokenizer.json")
    tokenizer.enable_truncation(LENGTH)
    rows = [tokenizer.encode(text).ids for text in sentences]
    return torch.tensor([row + [0] * (LENGTH - len(row)) for row in rows])


@torch.no_grad()
def results(sentences, tokens):
    ids = token_rows(sentences)
    mask = (ids > 0).long()
    model = transformers.BertModel.from_pretrained(MINILM, attn_implementation="sdpa").double().eval()
    found = model(input_ids=ids, attention_mask=mask, output_hidden_states=True)
    weights = mask.double()[:, :, None]
    pooled = (found.last_hidden_state * weights).sum(1) / weights.sum(1)
    return {
        "ids": pack(ids),
        "meanPooled": pack(pooled),
        # [blocks + 1, tokens, width]: behind the embeddings, and behind each block.
        "states": pack(torch.stack([states[0, tokens] for states in found.hidden_states])),
    }


def check():
    committed = read(OUTPUT)
    computed = results(committed["sentences"], committed["tokens"])
    report(differences({key: committed[key] for key in computed}, computed))


def main():
    versions = {"torch": torch.__version__.split("+")[0], "transformers": transformers.__version__}
    content = {"versions": versions, "sentences": SENTENCES, "tokens": TOKENS, **results(SENTENCES, TOKENS)}
    write(OUTPUT, content)


if __name__ == "__main__":
    check() if "--check" in sys.argv[1:] else main()
