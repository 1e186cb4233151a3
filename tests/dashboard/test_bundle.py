"""Our browser modules, joined into one script."""

from __future__ import annotations

import re

import pytest

from dashboard.assets import modules as our_modules
from dashboard.brief import standalone
from dashboard.bundle import BundleError, bundle, harmless


def test_modules_are_joined_in_the_order_they_need() -> None:
    modules = {
        "a.js": 'import { b as other, B } from "./b.js";\nother(B);\n',
        "b.js": 'import { c } from "./c.js";\nexport const B = 1;\nexport async function b() {}\n',
        "c.js": "export class c {}\n",
        "unused.js": "nonsense(",
    }
    joined = bundle(modules, "a.js")
    assert joined.index('modules["c.js"]') < joined.index('modules["b.js"] =')
    assert 'const { b: other, B } = modules["b.js"];' in joined
    assert "return { B, b };" in joined
    assert "nonsense" not in joined
    assert not re.search(r"^(import|export)\b", joined, re.MULTILINE)


def test_an_entry_exports_what_it_exported() -> None:
    modules = {
        "a.js": 'import { b } from "./b.js";\nexport const c = b;\n'
        "export default function a() {}\n",
        "b.js": "// Why.\nexport const b = 1; // said here\nexport default function b2() {}\n",
    }
    joined = bundle(modules, "a.js")
    exports = [line for line in joined.splitlines() if line.startswith("export")]
    assert exports == [
        'export const c = modules["a.js"].c;',
        'export default modules["a.js"].default;',
    ]
    assert "return { c, default: a };" in joined
    assert "return { b };" in joined
    assert "Why" not in joined
    assert "said here" in joined


@pytest.mark.parametrize(
    ("modules", "reason"),
    [
        ({"a.js": 'import { b } from "./b.js";'}, "no such module"),
        ({"a.js": 'import b from "./a.js";'}, "cannot join"),
        ({"a.js": "export { b };"}, "cannot join"),
        ({"a.js": "export default 1;"}, "cannot join"),
        ({"a.js": "export default () => 1;"}, "cannot join"),
        (
            {"a.js": 'import { b } from "./b.js";', "b.js": 'import { a } from "./a.js";'},
            "import one another",
        ),
    ],
)
def test_what_cannot_be_joined_is_refused(modules: dict[str, str], reason: str) -> None:
    with pytest.raises(BundleError, match=reason):
        bundle(modules, "a.js")


def test_all_our_modules_that_the_page_needs_can_be_joined() -> None:
    joined = bundle(our_modules(), standalone.ENTRY)
    assert 'modules["atlas.js"]' in joined
    assert 'modules["player.js"]' not in joined


def test_script_cannot_end_the_element_that_holds_it() -> None:
    source = 'const a = "</script><!--<SCRIPT>";\n//# sourceMappingURL=a.js.map\n'
    assert harmless(source) == r'const a = "\x3c/script>\x3c!--\x3cSCRIPT>";'
