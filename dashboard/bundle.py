"""Our browser modules joined into one script.

A browser would ask for one module after the other, each when it has read the one that imports it;
a page opened from disk may not ask at all. So each becomes a function that gives back what it
exports. Only the forms of import and export that our modules use are known; any other is refused
rather than passed on. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

_IMPORT = re.compile(r'^import \{([^}]*)\} from "\./([\w.]+)";$', re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async function|function|class|const) (\w+))", re.MULTILINE)
_DEFAULT = re.compile(r"^export default (?=(?:async function|function|class) (\w+))", re.MULTILINE)
_COMMENT = re.compile(r"^[ \t]*//.*\n", re.MULTILINE)
_LEFT_OVER = re.compile(r"^\s*(?:import\b(?!\.meta)|export\b).*$", re.MULTILINE)


class BundleError(ValueError):
    """A module cannot be joined: the message says which, and why."""


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
            raise BundleError(f"{name}: there is no such module, but {open_[-1:]} imports it")
        open_.append(name)
        for _, imported in _IMPORT.findall(modules[name]):
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
        If a module is missing, or imports or exports in a form that is not known here.
    """
    parts = ["const modules = {};"]
    for name in order(modules, entry):
        source = _COMMENT.sub("", modules[name])  # for who reads the modules, not for browsers
        exported = _EXPORT.findall(source)
        source = _IMPORT.sub(
            lambda found: f'const {{{found[1].replace(" as ", ": ")}}} = modules["{found[2]}"];',
            source,
        )
        source = _EXPORT.sub("", source)
        # Nobody imports a default: it is for the page that loads the entry.
        default = _DEFAULT.search(source) if name == entry else None
        source = _DEFAULT.sub("", source)
        if left_over := _LEFT_OVER.search(source):
            raise BundleError(f"{name}: cannot join “{left_over[0].strip()}”")
        given = [*exported, f"default: {default[1]}"] if default else exported
        gives = f"return {{ {', '.join(given)} }};"
        parts.append(f'modules["{name}"] = (() => {{\n{source.strip()}\n{gives}\n}})();')
        if name == entry:
            parts += [f'export const {one} = modules["{name}"].{one};' for one in exported]
            parts += [f'export default modules["{name}"].default;'] if default else []
    return "\n".join(parts)


def harmless(source: str) -> str:
    """A script that may stand inside a page: nothing in it ends the element that holds it."""
    without_map = re.sub(r"^//# sourceMappingURL=.*$", "", source, flags=re.MULTILINE)
    # Within strings and expressions, the only places for it, an escape says the same.
    said = re.sub(r"<(?=/script|script|!--)", r"\\x3c", without_map, flags=re.IGNORECASE)
    return said.replace("\r\n", "\n").strip()
