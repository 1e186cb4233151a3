"""Our browser modules, joined into one script: it says what they say, or is refused."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.formats import standalone
from dashboard.web.assets import ENTRIES
from dashboard.web.assets import modules as our_modules
from dashboard.web.bundle import BundleError, bundle, harmless
from dashboard.web.script_code import code_of
from tests.js.node import exports, link


def run_apart(modules: Mapping[str, str], entry: str = "a.js") -> dict[str, Any]:
    """What modules export when Node.js reads one after the other."""
    with TemporaryDirectory() as folder:
        (Path(folder) / "package.json").write_text('{"type": "module"}', encoding="utf-8")
        for name, source in modules.items():
            (Path(folder) / name).write_text(source, encoding="utf-8", newline="")
        return exports(Path(folder) / entry)


def run_joined(modules: Mapping[str, str], entry: str = "a.js") -> dict[str, Any]:
    """What they export when they are one script."""
    return run_apart({"joined.js": bundle(modules, entry)}, "joined.js")


def test_modules_are_joined_in_the_order_they_need() -> None:
    modules = {
        "a.js": 'import { b as other, B } from "./b.js";\nexport const seen = [other(), B];\n',
        "b.js": 'import { C } from "./c.js";\nexport const B = [...C, 1];\n'
        "export function b() { return B.length; }\n",
        "c.js": "export const C = [0];\n",
        "unused.js": "nonsense(",
    }
    joined = bundle(modules, "a.js")
    assert "nonsense" not in joined
    assert not re.search(r"^import\b", joined, re.MULTILINE)
    assert run_joined(modules) == {"seen": [2, [0, 1]]}


def test_an_entry_exports_what_it_exported() -> None:
    modules = {
        "a.js": 'import { b } from "./b.js";\nexport const c = b;\n'
        "export default function a() { return c + 1; }\n",
        "b.js": "// Why.\nexport const b = 1; // said here\nexport default function b2() {}\n",
    }
    joined = bundle(modules, "a.js")
    assert run_joined(modules) == run_apart(modules) == {"c": 1, "default": 2}
    assert "Why" not in joined
    assert "said here" in joined


TRAPS = {
    "lines of a template that look like comments": "export const t = `one\n// two\nthree`;",
    "lines of a template that look like imports": (
        'export const t = `\nimport { x } from "./x.js";\nexport const y = 1;\n`;'
    ),
    "templates within templates": "export const t = `a${`b${1 + 1}// c`}\n// d\n`;",
    "braces within templates": "export const t = `${[{ a: 1 }].map(({ a }) => { return a; })}`;",
    "a quote in a comment": "// it's `one\nexport const t = 1; // isn't it?",
    "code in a block comment": '/*\nimport { x } from "./x.js";\n`*/\nexport const t = 1;',
    "two slashes in a string": "export const t = \"http://a\"; // b\nexport const u = '//';",
    "quotes in a regular expression": (
        "export const t = /[/'\"`]\\/\\/ x/.source;\nexport const u = 1;"
    ),
    "division": (
        "const a = [8];\nexport const t = a[0] / 2 / (1 + 1) / 2; // 1\nexport const u = `1`;"
    ),
    "a regular expression as a value": (
        "export const t = [1].map((x) => /`/.test(x));\nexport function u() { return /'/.source; }"
    ),
    "a regular expression after a condition": (
        "let n = 0;\nif (n === 0) /`/.test('`') && (n = 5);\nexport const t = n;"
    ),
    "division after brackets": (
        "const n = 4;\nexport const t = (n + 4) / 2; // `\nexport const u = `/`;"
    ),
    "a comment before what goes on": "let n = 1\n// then\n+ 2\nexport const t = n;",
    "a comment at the end": "export const t = 1;\n  // the end",
    "types": "/** @type {(a: any)\n *   => any} */\nconst of = (a) => /** @type {any} */ (a);\n"
    "export const t = of(1);",
    "names that are no words": "export const $t_1 = 1;\nexport function u$() { return $t_1; }",
    "an arrow function with a comma": "export const t = (a = 1, b = [2, 3]) => ({ a, b });",
    "a class that extends another": (
        "class Base { one = 1; }\nexport class T extends Base { two = 2; }"
    ),
    "words within words": (
        "const important = 1, exported = 2;\nexport const t = important + exported;"
    ),
    "words as properties": "const o = { a: 1 };\no.import = o.export = 2;\nexport const t = o;",
    "what waits within a function": ("export async function t() { await null; return 1; }\n"),
    "a name that is taken by us": "const modules = { a: 1 };\nexport const t = modules;",
    "where it came from": "export const t = typeof import.meta.url;",
}


@pytest.mark.parametrize("trap", TRAPS)
def test_what_is_joined_says_the_same(trap: str) -> None:
    apart = run_apart({"a.js": TRAPS[trap]})
    assert apart
    assert run_joined({"a.js": TRAPS[trap]}) == apart


IMPORTS = {
    "one that stands below its use": (
        'export const t = b + 1;\nimport { b } from "./b.js";\nexport const u = b;'
    ),
    "a name for a name": 'import { b as c, f } from "./b.js";\nexport const t = [c, f()];',
    "over several lines": (
        'import {\n  b, // why\n  f as g,\n} from "./b.js";\nexport const t = [b, g()];'
    ),
    "out of single quotes": "import { b } from './b.js';\nexport const t = b;",
    "from one module twice": (
        'import { b } from "./b.js";\nimport { f } from "./b.js";\nexport const t = [b, f()];'
    ),
}


@pytest.mark.parametrize("way", IMPORTS)
def test_what_is_imported_arrives(way: str) -> None:
    modules = {
        "a.js": IMPORTS[way],
        "b.js": "export const b = 1;\nexport function f() { return 2; }\n",
    }
    assert run_joined(modules) == run_apart(modules)


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ('import { b } from "./b.js";', "^b.js: there is no such module, but a.js imports it$"),
        ('import b from "./a.js";', "cannot join"),
        ('import * as b from "./a.js";', "cannot join"),
        ('import "./a.js";', "cannot join"),
        ('import { b } from "./sub/a.js";', "cannot join"),
        ('import { b } from "b";', "cannot join"),
        ('f(); import { b } from "./a.js";', "cannot join"),
        ('\ufeffimport { b } from "./a.js";', "cannot join"),
        ('const b = import("./a.js");', "cannot join"),
        ('import { "b c" as d } from "./a.js";', "cannot"),
        ("export { b };", "cannot join"),
        ('export { b } from "./a.js";', "cannot join"),
        ('export * from "./a.js";', "cannot join"),
        ("export default 1;", "cannot join"),
        ("export default () => 1;", "cannot join"),
        ("export default class {}", "cannot join"),
        ("export let b = 1;", "cannot join"),
        ("export var b = 1;", "cannot join"),
        ("export const { b } = c;", "cannot join"),
        ("export const [b] = c;", "cannot join"),
        ("export function* b() {}", "cannot join"),
        ("f(); export const b = 1;", "cannot join"),
        ("export const a = 1, b = 2;", "one name a declaration"),
        ("export const a = (1, 2), b = 2;", "one name a declaration"),
        ("export const a = 1\nconst b = 2, c = 3;", "one name a declaration"),
        ("export const a = 1", "ends with a semicolon"),
        ("const b = await f();", "cannot wait"),
        ("const __modules = 1;", "is taken"),
        ("export const a = `one;", "never closed"),
        ("export const a = 'one;", "does not end"),
        ("function a() {}\n/`/.test(1);", "may divide or begin"),
        ("export const a = f(1;", "has its"),
    ],
)
def test_what_cannot_be_joined_is_refused(source: str, reason: str) -> None:
    with pytest.raises(BundleError, match=reason):
        bundle({"a.js": source}, "a.js")


@pytest.mark.parametrize(
    ("other", "reason"),
    [
        ('import { a } from "./a.js";\nexport const b = 1;', "^a.js → b.js → a.js: modules import"),
        ("export const c = 1;", "^a.js: b.js does not export b$"),
        ("export default function b() {}", "does not export b"),
        ("// export const b = 1;", "does not export b"),
        ("const t = `\nexport const b = 1;\n`;", "does not export b"),
        ("export { b };", "^b.js: cannot join “export { b };”$"),
    ],
)
def test_what_is_wrong_with_two_modules_is_said_of_the_right_one(other: str, reason: str) -> None:
    modules = {"a.js": 'import { b } from "./b.js";\nexport const a = b;', "b.js": other}
    with pytest.raises(BundleError, match=reason):
        bundle(modules, "a.js")


def test_there_must_be_something_to_join() -> None:
    with pytest.raises(BundleError, match=r"^a\.js: there is no such module$"):
        bundle({}, "a.js")


def test_a_default_is_for_the_page_alone() -> None:
    source = 'import { default as b } from "./b.js";'
    with pytest.raises(BundleError, match=r"b\.js does not export default"):
        bundle({"a.js": source, "b.js": "export default function b() {}"}, "a.js")


# Any modules

TEXTS = st.lists(
    st.sampled_from(
        (
            *("one", "\n// two\n", "\n  // three\n", '\nimport { x } from "./x.js";\n', "//"),
            *("/*", "*/", "\nexport const y = 1;\n", "`", "${", "}", "{", "'", '"', "\\", "/"),
            *(",", ";", "\u2028", "})();", "return", "await", " "),
        )
    ),
    max_size=5,
).map("".join)


def template_of(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace("`", "\\`").replace("${", "\\${")
    return f"`{escaped}`"


def regex_of(text: str) -> str:
    safe = re.sub(r"[^\w ,;'\"`]", lambda found: f"\\u{ord(found[0]):04x}", text)
    return f"/x{safe}[/'`]/.source"


def commented(text: str) -> str:
    return text.replace("\n", " ").replace("\u2028", " ").replace("*/", " ")


@st.composite
def values(draw: st.DrawFn, names: tuple[str, ...]) -> str:
    """An expression, perhaps of names that are there."""
    text = draw(TEXTS)
    kinds = ["string", "template", "regex", "division", "within"] + ["name"] * bool(names)
    match draw(st.sampled_from(kinds)):
        case "template":
            return template_of(text)
        case "regex":
            return regex_of(text)
        case "division":
            return f"[{draw(st.integers(1, 9))}, 4][0] / 2 /* {commented(text)} */ / (1 + 1)"
        case "within":
            value = draw(values(names))
            return f"`${{[{value}].map((x) => {{ return x; }})}}{template_of(text)[1:]}"
        case "name":
            return draw(st.sampled_from(names))
    return json.dumps(text, ensure_ascii=False)


@st.composite
def graphs(draw: st.DrawFn) -> dict[str, str]:
    """Modules, each of which imports from some of those that come after it."""
    modules: dict[str, str] = {}
    exported: dict[str, list[str]] = {}
    for number in reversed(range(draw(st.integers(1, 4)))):
        lines, names, own = [], [], []
        for other, given_ in exported.items():
            taken = draw(st.lists(st.sampled_from(given_), unique=True)) if given_ else []
            parts = [f"{name} as {name}_" if draw(st.booleans()) else name for name in taken]
            names += [part.rpartition(" ")[2] for part in parts]
            if parts:
                lines.append(f'import {{ {", ".join(parts)} }} from "./{other}";')
        for place in range(draw(st.integers(1, 4))):
            name = f"{draw(st.sampled_from(['v', '$v', 'V_']))}{number}_{place}"
            value = draw(values(tuple(names)))
            lines += draw(
                st.sampled_from(
                    [
                        [f"export const {name} = {value};"],
                        [f"export const {name} = (a, b = [{value}, 1]) => b;"],
                        [f"export function {name}() {{ return {value}; }}"],
                        [f"export async function {name}() {{ return await {value}; }}"],
                        [f"export class {name} {{ [String({value})] = 1; }}"],
                    ]
                )
            )
            own.append(name)
            names.append(name)
            comment = commented(draw(TEXTS))
            lines += draw(st.sampled_from([[], [f"// {comment}"], [f"  /* {comment} */"]]))
        exported[f"m{number}.js"] = own
        modules[f"m{number}.js"] = "\n".join(lines) + draw(st.sampled_from(["", "\n"]))
    return modules


@pytest.mark.sweep
@settings(deadline=None, max_examples=40)
@given(graphs())
def test_any_modules_say_the_same_when_they_are_joined(modules: dict[str, str]) -> None:
    apart = run_apart(modules, "m0.js")
    assert apart
    assert run_joined(modules, "m0.js") == apart


@given(st.lists(TEXTS | TEXTS.map(template_of) | TEXTS.map(json.dumps), max_size=6).map(" ".join))
def test_code_stands_where_it_stood(source: str) -> None:
    try:
        code = code_of(source)
    except ValueError:
        return
    assert len(code.text) == len(source)
    assert [at for at, sign in enumerate(source) if sign == "\n"] == [
        at for at, sign in enumerate(code.text) if sign == "\n"
    ]


# Our own


@pytest.mark.parametrize("entry", [*(f"{entry}.js" for entry in ENTRIES), standalone.ENTRY])
def test_all_that_pages_load_can_be_joined(entry: str) -> None:
    joined = bundle(our_modules(), entry)
    assert link({"joined.js": joined}) == {}
    comments = [line for line in joined.splitlines() if line.lstrip().startswith(("//", "/**"))]
    assert comments == []


def test_all_our_modules_that_the_page_needs_can_be_joined() -> None:
    joined = bundle(our_modules(), standalone.ENTRY)
    assert '["atlas.js"]' in joined
    assert '["player.js"]' not in joined


def test_script_cannot_end_the_element_that_holds_it() -> None:
    source = 'const a = "</script><!--<SCRIPT>";\n//# sourceMappingURL=a.js.map\n'
    assert harmless(source) == r'const a = "\x3c/script>\x3c!--\x3cSCRIPT>";'
