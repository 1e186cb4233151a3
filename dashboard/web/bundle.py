"""Our browser modules joined into one script.

A browser would ask for one module after the other, each when it has read the one that imports it;
a page opened from disk may not ask at all. So each becomes a function that gives back what it
exports. Only the forms of import and export that our modules use are known; any other is refused
rather than passed on. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from dashboard.web.script_code import Code, ScriptError, code_of

_NAME = r"[\w$]+"
_IMPORT = re.compile(r'^import \{([^{}"]*)\} from "( +)";', re.MULTILINE)
_IMPORTED = re.compile(rf"\s*({_NAME})(?: as ({_NAME}))?\s*")
_EXPORT = re.compile(
    rf"^export (?=(?:(?:async )?function|class) ({_NAME})\s*[({{]|class ({_NAME}) extends\b"
    rf"|const ({_NAME}) = )",
    re.MULTILINE,
)
_DEFAULT = re.compile(
    rf"^export default (?=(?:async )?function ({_NAME})\s*\(|class ({_NAME})\s)", re.MULTILINE
)
_KEYWORD = re.compile(r"(?<![\w$.])(?:import(?!\.meta\b)|export)(?![\w$])")
_AWAIT = re.compile(r"(?<![\w$.])await(?![\w$])")
_PATH = re.compile(r"\./([\w.-]+)")

# No module may use the name under which all are kept.
_ALL = "__modules"


class BundleError(ValueError):
    """A module cannot be joined: the message says which, and why."""


@dataclass(frozen=True)
class _Module:
    """A module, taken apart.

    Attributes
    ----------
    imports : sequence of (str, sequence of (str, str))
        Modules that it imports from, and of each the names: there, and here.
    exports : sequence of str
        Names, without the default.
    default : str or None
        Name of the default.
    body : str
        All else: without imports, and without comments that have a line of their own.
    """

    imports: Sequence[tuple[str, Sequence[tuple[str, str]]]]
    exports: Sequence[str]
    default: str | None
    body: str


def _named(found: re.Match[str]) -> str:
    return next(name for name in found.groups() if name)


def _line(source: str, at: int) -> str:
    start = source.rfind("\n", 0, at) + 1
    return source[start:].partition("\n")[0].strip()


def _names(text: str) -> list[tuple[str, str]]:
    """Names between the braces of an import: there, and here."""
    names = []
    for part in text.rstrip().removesuffix(",").split(","):
        found = _IMPORTED.fullmatch(part)
        if not found:
            raise ScriptError(f"cannot import “{part.strip()}”")
        names.append((found[1], found[2] or found[1]))
    return names


def _refuse_several(code: str, start: int) -> None:
    """Refuse a declaration of which one cannot tell that it ends with its first name."""
    depth = 0
    for found in re.finditer(r"[{(\[\])};,]", code[start:]):
        sign = found[0]
        depth += (sign in "{([") - (sign in "])}")
        if depth == 0 and sign == ",":
            raise ScriptError("export one name a declaration")
        if depth == 0 and sign == ";":
            return
    raise ScriptError("an exported declaration ends with a semicolon")


def _unread_comments(source: str, code: Code) -> list[tuple[int, int]]:
    """Where comments lie that are not sent: on lines of their own, or for whoever checks types."""
    found = []
    for start, end in code.comments:
        line = source.rfind("\n", 0, start) + 1
        if not source[line:start].strip() and source[end : end + 1] in ("", "\n"):
            found.append((line, end + 1))
        elif source.startswith("/**", start):
            found.append((start, end))
    return found


@lru_cache(maxsize=64)
def _taken_apart(source: str) -> _Module:
    code = code_of(source)
    text = code.text
    cut = _unread_comments(source, code)
    imports = []
    known = set()
    for found in _IMPORT.finditer(text):
        path = _PATH.fullmatch(source[found.start(2) : found.end(2)])
        if not path:
            continue
        imports.append((path[1], tuple(_names(found[1]))))
        known.add(found.start())
        cut.append((found.start(), found.end()))
    exports = []
    for found in _EXPORT.finditer(text):
        exports.append(_named(found))
        known.add(found.start())
        cut.append((found.start(), found.end()))
        if found[3]:
            _refuse_several(text, found.end())
    default = None
    for found in _DEFAULT.finditer(text):
        default = _named(found)
        known.add(found.start())
        cut.append((found.start(), found.end()))
    for found in _KEYWORD.finditer(text):
        if found.start() not in known:
            raise ScriptError(f"cannot join “{_line(source, found.start())}”")
    for found in _AWAIT.finditer(text):
        before = text[: found.start()]
        if before.count("{") == before.count("}"):
            raise ScriptError(
                f"cannot wait outside of a function: “{_line(source, found.start())}”"
            )
    if re.search(rf"(?<![\w$]){_ALL}(?![\w$])", text):
        raise ScriptError(f"the name {_ALL} is taken")
    parts, at = [], 0
    for start, end in sorted(cut):
        parts.append(source[at:start])
        at = end
    body = _unindented("".join([*parts, source[at:]]).strip())
    return _Module(tuple(imports), tuple(exports), default, body)


def _unindented(source: str) -> str:
    """A script whose lines begin with what they say, and none is empty, but for a template's."""
    spoken = {
        at for start, end in code_of(source).texts for at in range(start, end) if source[at] == "\n"
    }
    lines = []
    start = 0
    for line in source.split("\n"):
        within = start - 1 in spoken
        if within or line.strip(" \t"):
            # What a line ends with may be the beginning of a template.
            lines.append(line if within else line.lstrip(" \t"))
        start += len(line) + 1
    return "\n".join(lines)


def _module(modules: Mapping[str, str], name: str) -> _Module:
    try:
        return _taken_apart(modules[name])
    except ScriptError as error:
        raise BundleError(f"{name}: {error}") from None


def order(modules: Mapping[str, str], entry: str) -> list[str]:
    """Names of the modules that `entry` needs, each after those that it imports itself.

    Parameters
    ----------
    modules : mapping of str to str
        Source by file name.
    entry : str
        File name of the module that starts it all.

    Returns
    -------
    list of str
        `entry` last.

    Raises
    ------
    BundleError
        If a module is missing, or imports itself by way of others.
    """
    ordered: list[str] = []
    open_: list[str] = []

    def visit(name: str) -> None:
        if name in ordered:
            return
        if name in open_:
            raise BundleError(f"{' → '.join([*open_, name])}: modules import one another")
        if name not in modules:
            asked = f", but {open_[-1]} imports it" if open_ else ""
            raise BundleError(f"{name}: there is no such module{asked}")
        open_.append(name)
        for imported, _ in _module(modules, name).imports:
            visit(imported)
        open_.pop()
        ordered.append(name)

    visit(entry)
    return ordered


def bundle(modules: Mapping[str, str], entry: str) -> str:
    """Join modules into one.

    Parameters
    ----------
    modules : mapping of str to str
        Source by file name.
    entry : str
        File name of the module that starts it all.

    Returns
    -------
    str
        A module without imports; it runs what `entry` runs, and exports what that exports.

    Raises
    ------
    BundleError
        If a module is missing, imports what another does not export, or imports or exports in a
        form that is not known here.
    """
    parts = [f"const {_ALL} = {{}};"]
    for name in order(modules, entry):
        module = _module(modules, name)
        lines = []
        for imported, names in module.imports:
            for there, _ in names:
                if there not in _module(modules, imported).exports:
                    raise BundleError(f"{name}: {imported} does not export {there}")
            bound = ", ".join(a if a == b else f"{a}: {b}" for a, b in names)
            lines.append(f'const {{ {bound} }} = {_ALL}["{imported}"];')
        # Nobody imports a default: it is for the page that loads the entry.
        default = module.default if name == entry else None
        given = [*module.exports, *([f"default: {default}"] if default else [])]
        lines += [module.body, f"return {{ {', '.join(given)} }};"]
        parts += [f'{_ALL}["{name}"] = (() => {{', *lines, "})();"]
        if name == entry:
            parts += [f'export const {one} = {_ALL}["{name}"].{one};' for one in module.exports]
            parts += [f'export default {_ALL}["{name}"].default;'] if default else []
    return "\n".join(parts)


def harmless(source: str) -> str:
    """A script that may stand inside a page: nothing in it ends the element that holds it."""
    without_map = re.sub(r"^//# sourceMappingURL=.*$", "", source, flags=re.MULTILINE)
    # Within strings and expressions, the only places for it, an escape says the same.
    said = re.sub(r"<(?=/script|script|!--)", r"\\x3c", without_map, flags=re.IGNORECASE)
    return said.replace("\r\n", "\n").strip()
