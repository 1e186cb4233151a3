"""Text stays text: where Streamlit reads Markdown, and where scripts and templates write markup."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.look.markup import plain, plain_words
from dashboard.web.assets import STATIC, modules
from tests.nonempty import nonempty

SEAM = ":color[]"

# What Streamlit looks for in text once Markdown is read; a backslash is gone by then.
READ_LATER = re.compile(
    r"(?:^|\s)(?:<->|->|<-|--|>=|<=|~=)(?:\s|$)|:streamlit:|:material_\w+:"
    r"|https?://|www\.|[-.\w+]+@[-\w]+",
    re.IGNORECASE,
)


def read(given_to_streamlit: str) -> list[str]:
    """Pieces of text that Markdown makes of it: backslashes are read, seams part the pieces."""
    return [re.sub(r"\\(.)", r"\1", part) for part in given_to_streamlit.split(SEAM)]


@pytest.mark.parametrize(
    "text", ["BRICS", "Iran, Russia (12)", "U.S.", "100 %", "“quoted” – and more", "a/b = c"]
)
def test_usual_text_is_given_as_it_is(text: str) -> None:
    assert plain(text) == text


@pytest.mark.parametrize(
    ("text", "given_to_streamlit"),
    [
        ("**b** _i_", r"\*\*b\*\* \_i\_"),
        ("![i](x)", r"\!\[i\](x)"),
        ("$x$ `c` ~s~ | &lt;", r"\$x\$ \`c\` \~s\~ \| \&lt;"),
        (":smile: :red[x]", r"\:smile\: \:red\[x\]"),
        ("1. one", r"1\. one"),
        ("# head", r"\# head"),
        ("a\n\n  b ", "a b"),
        ("a -> b", rf"a \-{SEAM}\> b"),
        (":material/home:", rf"\:{SEAM}material/home\:"),
        ("https://x.org", rf"https\:{SEAM}//x.org"),
        ("a@b.org", f"a{SEAM}@b.org"),
        ("👍 yes", f"{SEAM}👍 yes"),
    ],
)
def test_what_means_something_is_made_to_mean_nothing(text: str, given_to_streamlit: str) -> None:
    assert plain(text) == given_to_streamlit


@given(st.text(alphabet=st.sampled_from(list("ab1 .:/@<>=~-_*[]$`\\www{}&!#|+é👍")), max_size=40))
def test_any_text_comes_out_as_it_stands(text: str) -> None:
    parts = read(plain(text))
    assert "".join(parts) == " ".join(text.split(" ")).strip() or "  " in text
    assert [part for part in parts if READ_LATER.search(part)] == []


def test_words_are_those_of_the_option() -> None:
    words = plain_words([1, 2], {1: "*one*", 2: "two"}.__getitem__)
    assert [words(1), words(2)] == [r"\*one\*", "two"]


# Where a script or a template writes markup as it stands, and why none of it is a dossier's text.
WRITTEN = {
    "atlas.js": 1,  # what is read back of an element that was given text
    "legend.js": 2,  # signs: paths and class names of the registries
    "points.js": 2,  # a symbol, a ring
    "record_list.js": 1,  # a sign
    "rings.js": 3,  # counts and names of colours
    "formats/standalone.html": 3,  # styles, JSON and scripts, made safe by `script_json`
}
WRITES = re.compile(r"(?:inner|outer)HTML\b|insertAdjacentHTML|document\.write|\bhtml: |\| *safe\b")


def test_markup_is_written_where_it_is_our_own() -> None:
    folder = STATIC.parents[1]
    sources = dict(modules())
    for path in nonempty(folder.rglob("*.html")):
        sources[path.relative_to(folder).as_posix()] = path.read_text(encoding="utf-8")
    found = {name: len(WRITES.findall(source)) for name, source in nonempty(sources.items())}
    assert {name: count for name, count in found.items() if count} == WRITTEN
