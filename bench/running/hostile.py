"""Pages made to be dear: invented, by name, each of about a given number of bytes."""

import random


def filled(unit, size):
    """`unit` over and over."""
    return unit * max(1, size // len(unit.encode()))


def soup(size, letters="bcdfghjklmnpqrstvwxz", longest=12):
    """Words that no vocabulary has: the network sees a piece for every letter or two."""
    chance = random.Random(1)
    made, length = [], 0
    while length < size:
        made.append("".join(chance.choices(letters, k=chance.randint(3, longest))))
        length += len(made[-1]) + 1
    return " ".join(made)


def people(size):
    """Everybody is new, everybody speaks, and then it is only "he" and "the minister"."""
    chance = random.Random(2)
    name = lambda: "".join(chance.choices("aeioubdfgklmnprst", k=6)).capitalize()
    made, length = [], 0
    while length < size:
        made.append(f"Minister {name()} {name()} said no. He said yes, the minister said.\n")
        length += len(made[-1])
    return "".join(made)


def english(size):
    """News that nobody made, in English: what stands before decides the language of a page, and whether it is read."""
    chance = random.Random(3)
    pick = lambda *of: chance.choice(of)
    made, length = [], 0
    while length < size:
        made.append(
            f"{pick('Mayor', 'Councillor', 'Judge')} {pick('Ada', 'Bo', 'Cleo')} {pick('Moor', 'Lind', 'Tarrant')} "
            f"{pick('said', 'warned', 'told reporters')} on {pick('Monday', 'Friday')} that the {pick('bridge', 'school', 'harbour')} "
            f"{pick('would be closed', 'could not be saved', 'had cost too much')}. “{pick('We', 'They')} "
            f"{pick('waited too long', 'have no plan', 'will pay for it')},” {pick('she', 'he')} added, while engineers "
            f"{pick('looked for cracks', 'counted the boats', 'read the old plans')} in the {pick('north', 'rain', 'dark')}.")
        length += len(made[-1].encode()) + 2
    return made


def page(what, body, before=()):
    """The page of a body that `pages` gave, after paragraphs of English."""
    if what.startswith("HTML"):
        paragraphs = "".join(f"<p>{paragraph}</p>" for paragraph in before)
        return f"<!DOCTYPE html><html><head><title>A page</title></head><body>{paragraphs}{body}</body></html>"
    return "".join(f"{paragraph}\n\n" for paragraph in before) + body


def pages(size):
    """{what: body} of every hostile page, each of about `size` bytes; see `page`."""
    deep = size // 11
    sentence = "The mayor of the town said on the same day that nothing had been decided. "
    return {
        # Marks.
        "quotation marks alone, one paragraph": filled('"', size),
        "curly marks alone, all opening": filled("“", size),
        "words in marks, one paragraph": filled('"no" ', size),
        "single marks around letters": filled("'a 'b' c' ", size),
        "brackets, thousands deep": filled("(", size // 2) + filled(")", size // 2),
        "brackets and marks by turns, with words": filled("(“[‘no ", size // 2) + filled("’]”) ", size // 2),
        "a mark that never closes on each line": filled("“He said that it was late\n", size),
        "a speech opened again at each paragraph": filled("“We waited for the rain, and it came.\n\n", size),
        "reports in reports, all in marks": filled("“She said, ‘They told us that he said it was late,’” he said. ", size),
        # Words of speech.
        "he said": filled("he said ", size),
        "according to": filled("according to ", size),
        "verbs of speech alone": filled("said told claims warned that denied added ", size),
        "everybody new, and then pronouns": people(size),
        # Word pieces and sentences.
        "one line without a space": filled("thequickbrownfox", size),
        "words that no vocabulary has": soup(size),
        "one letter a word": filled("a b c d e f g h i j ", size),
        "two letters and a comma": filled("ab,", size),
        "letters and stops": filled("a. B. ", size),
        "digits": filled("1 2 3 4 5 6 7 8 9 0 ", size),
        "ideographs": filled("說話的人都說", size),
        "zero-width characters inside words": filled("h\u200be\u200b s\u200ba\u200bi\u200bd\u200b n\u200bo\u200b. ", size),
        "accents, three on each letter": filled("a\u0301\u0302\u0303 ", size),
        # Lines and white space.
        "one word a line": filled("no\n", size),
        "a line that comes back thousands of times": filled("The mayor said no.\n", size),
        "white space alone": filled(" \t\n", size),
        "one sentence of thousands of clauses": filled("he said that she said that ", size),
        # Mark-up.
        "HTML, elements thousands deep": filled("<div>", deep * 5) + sentence + filled("</div>", deep * 6),
        "HTML, elements never closed": filled("<b><i>he said ", size),
        "HTML, a table of thousands of cells": "<table>" + filled("<tr><td>he said</td><td>no</td></tr>", size) + "</table>",
        "HTML, a link for each word": "<p>" + filled('<a href="/x">said</a> ', size) + "</p>",
        "HTML, entities": "<p>" + filled("&quot;&nbsp;&amp;&#8220;no&rdquo; ", size) + "</p>",
        "HTML, a paragraph for each word": filled("<p>no", size),
        "HTML, thousands of attributes": "<p " + filled('data-a="b" ', size) + ">" + sentence + "</p>",
        "HTML, one sentence in paragraphs": filled(f"<p>{sentence}</p>", size),
    }
