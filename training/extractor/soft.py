"""Articles that teachers labelled by word (`label.py`), as paragraphs of a pupil's word pieces."""

import pickle

import numpy as np

from corpus import MAX_PIECES, Cue, Paragraph


def labelled_by_teachers(folder, number):
    """The first `number` of the articles that `label.py` wrote to a folder."""
    taken = []
    for path in sorted(folder.glob("*.pickle")):
        taken += pickle.loads(path.read_bytes())
        if len(taken) >= number:
            break
    return taken[:number]


def paragraphs(article, tokenizer):
    """The paragraphs of an article that teachers labelled by word: a word's first piece has its probabilities, the
    others go on with what it is."""

    def spread(rows, words):
        firsts = rows[words]
        if not len(firsts):
            return firsts
        goes_on = np.append(False, words[1:] == words[:-1])
        inside = firsts[goes_on]
        inside[:, 2::2] += inside[:, 1::2]
        inside[:, 1::2] = 0
        firsts[goes_on] = inside
        return firsts

    result = []
    for text, spans, tags, cues, pairs in article:
        encoded = tokenizer.encode(text, add_special_tokens=False)
        words = np.array(encoded.word_ids)
        if len(words) > MAX_PIECES or words[-1] + 1 != len(spans):
            continue
        starts, ends = np.searchsorted(words, np.arange(len(spans))), np.searchsorted(words, np.arange(len(spans)), "right")
        result.append(Paragraph(encoded.ids, spread(tags, words),
                                [Cue(int(starts[s]), int(ends[e - 1]), spread(pairs[k], words)) for k, (s, e) in enumerate(cues)]))
    return result
