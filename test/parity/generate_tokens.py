"""Writes test/fixtures/parity/tokens.json: the numbers of tokens that Hugging Face's tokenizers give for texts of all kinds.

Two tokenizers: that of all-MiniLM-L6-v2 (see `npm run setup:minilm`), and a tiny one, which the file holds itself. Of the
UCI sentiment sentences, where --data names a folder that holds them, only a checksum of their numbers is kept. With --check
it works everything out anew and compares.
"""

import argparse
import hashlib
import json
from pathlib import Path

import tokenizers
from fixture_files import FOLDER, read, report, write
from minilm import MINILM, unpadded_tokenizer
from tokenizers import Tokenizer, decoders, models, normalizers, pre_tokenizers, processors

OUTPUT = FOLDER / "tokens.json"
SENTIMENT = ["amazon_cells_labelled.txt", "imdb_labelled.txt", "yelp_labelled.txt"]

SENTENCES = """\
A network is moved along a path on which its answers hardly change.
Functionally invariant paths keep what a network can do while it learns something else.
Antidisestablishmentarianism is a long word; pneumonoultramicroscopicsilicovolcanoconiosis is longer.
Don't, can't, won't, it's, y'all'd've.
The price rose from $1,299.99 to €1.399,50 (+8%).
Write to someone@example.org or see https://example.org/a/b?c=d&e=%20f#g.
E.g. U.S.A., Ph.D., a.m., i.e. and etc.
def f(x): return x**2 + 3*x - 1  # a parabola
C:\\Windows\\System32 and /usr/local/bin
#hashtag @mention :-) ;) <3 ^_^ \\o/ ¯\\_(ツ)_/¯
“Curly quotes”, ‘single ones’, «guillemets», „low ones“ – and dashes — of all kinds…
MiXeD CaSe and SHOUTING and snake_case and kebab-case and camelCase
1 22 333 4444 55555 666666 7777777 3.14159265358979 1e-12 0x1F 2nd 3rd
Straße, Maß, GRÖSSE, Ça va, garçon, jalapeño, smörgåsbord, Łódź, Đorđe, ñandú, Ærø, cœur
naïve café résumé coöperate Zoë Noël
Привет, мир! Ёлка и ёжик. Й и й.
Ο Σίσυφος ΣΙΣΥΦΟΣ ΟΔΥΣΣΕΥΣ ΣΑΣ Σ.
İstanbul'da ılık bir gün, DİYARBAKIR
שָׁלוֹם עוֹלָם
مَرْحَبًا بِالعَالَم
नमस्ते दुनिया, आप कैसे हैं?
สวัสดีชาวโลก
வணக்கம் உலகம்
안녕하세요 세계
こんにちは世界。カタカナ、ひらがな、漢字。
中文分词 is splitting 中文 into words
𠀀𠀁𪚥 and 豈 are rare ideographs
ｆｕｌｌ　ｗｉｄｔｈ ｶﾀｶﾅ ﾞ""".split("\n")

HOSTILE = [
    *["", " ", "\t\n\r ", "\u00a0\u2003\u3000", "\u2028\u2029", "\x00", "\ufffd", "\ufeff", "\u200b\u200d\u2060"],
    *["a\x00b", "a\ufffdb", "a\u0085b", "a\x0bb\x0cc", "a\u00adb", "\ufefftext", "a\u200db", "\u202eabc\u202c"],
    *["\x01\x02\x1f\x7f\x80\x9f", "a\u2009b\u205fc\u1680d", "\ue000\U000f0000", "\U000e0041\U000e007f", "\ufdd0\uffff"],
    *["😀", "I 💙 it!!! 😀😀", "👩‍👩‍👧‍👦 family", "🏳️‍🌈", "👍🏽", "🇩🇪🇫🇷", "☺️ ☎ ♥", "1️⃣", "©®™ ①② ½ ² ª"],
    *["\u0301", "\u0301a", "e\u0301\u0302\u0303", "Z\u0351\u036b\u0343\u036aa\u0334\u0335l\u0360go", "\u1100\u1161\u11a8"],
    *["が ぱ \u304b\u3099", "Å Å Ω K ﬁ ﷺ", "ạ̈ A\u0327\u0301", "ǅ ǆ Ǆ ŉ ẞ ß ſ İ ı"],
    *["x" * 99, "x" * 100, "x" * 101, "x" * 5000, "un" * 50, "un" * 51, "😀" * 100, "😀" * 101, "é" * 100, "e\u0301" * 60],
    *["...", "!!!???", "———", "'''\"\"\"```", "*_*~~^^", "()[]{}<>", "。、「」・！？", "¿¡§¶†‡•‰′″‽⁂", "$€£¥₹₿", "+−×÷=≠≤∞∑√"],
    *["[CLS]", "[SEP] [PAD]", "[MASK]ed", "a[MASK]b", "[UNK] [unk] [Cls]", "[PAD][PAD]", "[CLS", "[ CLS ]", "##ing ##", "# #a"],
    *["word " * 600, "\n".join(["line"] * 50), "a" + " " * 1000 + "b", "\\n\\t\\u0041 %s {} ${x} <script>", "__proto__ constructor"],
]

PIECES = """[PAD] [UNK] [CLS] [SEP] [MASK] . , ! ? ' - # [ ] 0 1 2 a b c d e i n o s t u x é σ ς 中 good bad movie the was
very not plot ##a ##b ##d ##e ##g ##i ##ing ##ly ##n ##ness ##o ##s ##σ ##ς ##t ##u ##un ##x un""".split()


def tiny_tokenizer(lowercase):
    """A few dozen pieces. In the second kind capital letters and accents count."""
    tokenizer = Tokenizer(models.WordPiece({piece: i for i, piece in enumerate(PIECES)}, unk_token="[UNK]"))
    tokenizer.add_special_tokens(PIECES[:5])
    tokenizer.normalizer = normalizers.BertNormalizer(lowercase=lowercase)
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.post_processor = processors.BertProcessing(("[SEP]", 3), ("[CLS]", 2))
    tokenizer.decoder = decoders.WordPiece()
    return tokenizer


def checksum(tokenizer, file):
    rows = file.read_bytes().decode().split("\n")
    texts = [row.rsplit("\t", 1)[0] for row in rows if row]
    lines = [",".join(map(str, encoding.ids)) for encoding in tokenizer.encode_batch(texts)]
    return {"texts": len(texts), "sha256": hashlib.sha256("\n".join(lines).encode()).hexdigest()}


def results(data):
    minilm = unpadded_tokenizer(MINILM / "tokenizer.json")
    tiny = {"uncased": tiny_tokenizer(True), "cased": tiny_tokenizer(False)}
    texts = SENTENCES + HOSTILE
    content = {
        "versions": {"tokenizers": tokenizers.__version__},
        "tiny": {name: json.loads(tokenizer.to_str()) for name, tokenizer in tiny.items()},
        "texts": texts,
        "minilm": [minilm.encode(text).ids for text in texts],
        **{name: [tokenizer.encode(text).ids for text in texts] for name, tokenizer in tiny.items()},
    }
    if data:
        folder = data / "text" / "uci-sentiment"
        content["sentiment"] = {name: checksum(minilm, folder / name) for name in SENTIMENT}
    # Last, as it changes the tokenizer.
    minilm.enable_truncation(16)
    return {**content, "cutTo16": [minilm.encode(text).ids for text in texts]}


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--check", action="store_true")
    arguments.add_argument("--data", type=Path)
    options = arguments.parse_args()
    computed = results(options.data)
    if not options.check:
        return write(OUTPUT, computed)
    committed = read(OUTPUT)
    report([f"{key} differs" for key in computed if key != "versions" and committed[key] != computed[key]])


if __name__ == "__main__":
    main()
