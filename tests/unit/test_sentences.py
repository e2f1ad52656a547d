"""A sentence is one text of the catalogue: neither code nor a template glues texts together, for every language has its
own order of words. Labels that stand beside each other on purpose are listed here, each with the reason."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
# in English alone
ENGLISH = ("staff", "intake", "store", "__main__.py", "dataset/problems.py")
CODE = sorted(
    path
    for path in (ROOT / "dashboard").rglob("*.py")
    if not path.relative_to(ROOT / "dashboard").as_posix().startswith(ENGLISH)
)
TEMPLATES = sorted((ROOT / "dashboard" / "templates").glob("*.html"))
# methods of a catalogue that give a text
TEXTS = {"listing", "series", "names", "beside", "sentences", "number", "in_groups", "decimal", "percent", "date"}
TEXTS |= {"signed", "span", "lower_first", "upper_first"}
CASES = {"upper", "lower", "title", "capitalize", "split"}
# what stands beside each other and is no sentence
BESIDE = {
    # two columns of numbers in the label of a row
    "charts/waves/figure.py": {"f'{share}{gap}<b>{change}</b>'", "f'{share}{gap}{change}'"},
    # a name and its number on a map
    "report/figures.py": {"f'{name} {t.number(least)}'"},
}
MARKUP = re.compile(r"<[^>]*>|\n")


def is_catalogue(node: ast.expr) -> bool:
    return (isinstance(node, ast.Name) and node.id == "t") or (isinstance(node, ast.Attribute) and node.attr == "t")


def is_text(node: ast.AST, named: set[str]) -> bool:
    """Whether an expression is a text of a catalogue, or a name that one was given."""
    if isinstance(node, ast.Name):
        return node.id in named
    if isinstance(node, ast.IfExp):
        return is_text(node.body, named) or is_text(node.orelse, named)
    if not isinstance(node, ast.Call):
        return False
    method = isinstance(node.func, ast.Attribute) and node.func.attr in TEXTS and is_catalogue(node.func.value)
    return is_catalogue(node.func) or method


def names_of_texts(function: ast.AST) -> set[str]:
    return {
        target.id
        for node in ast.walk(function)
        if isinstance(node, ast.Assign) and is_text(node.value, set())
        for target in node.targets
        if isinstance(target, ast.Name)
    }


def says(node: ast.AST) -> bool:
    """Whether there is more in it than markup."""
    return not isinstance(node, ast.Constant) or bool(MARKUP.sub("", str(node.value)))


def glued(tree: ast.Module) -> Iterator[ast.expr]:
    """Where texts of a catalogue are put together with each other or with letters, or have their letters changed."""
    functions: list[ast.AST] = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    for function in functions or [tree]:
        named = names_of_texts(function)
        for node in ast.walk(function):
            if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
                sides = (node.left, node.right)
                if any(is_text(each, named) for each in sides) and all(map(says, sides)):
                    yield node
            elif isinstance(node, ast.JoinedStr):
                parts = [each for each in node.values if says(each)]
                values = [each.value for each in parts if isinstance(each, ast.FormattedValue)]
                if len(parts) > 1 and any(is_text(each, named) for each in values):
                    yield node
            elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                of, name = node.func.value, node.func.attr
                has_texts = any(is_text(each, named) for argument in node.args for each in ast.walk(argument))
                if (name == "join" and isinstance(of, ast.Constant) and says(of) and has_texts) or (
                    name in CASES and is_text(of, named)
                ):
                    yield node


@pytest.mark.parametrize("path", CODE, ids=lambda path: str(path.relative_to(ROOT / "dashboard")))
def test_no_sentence_is_put_together_in_code(path: Path) -> None:
    found = {ast.unparse(node) for node in glued(ast.parse(path.read_text(encoding="utf-8")))}
    assert found == BESIDE.get(path.relative_to(ROOT / "dashboard").as_posix(), set())


def test_what_is_put_together_is_found() -> None:
    code = """
def write(t, view, names, unit):
    head = t("a.head")
    one = t("a.b") + ", " + names
    two = f"{view.t('a.c')}: {unit}"
    three = ", ".join([t("a.d"), unit])
    four = head.lower()
    five = f"{t.percent(unit)} of {names}"
    return "<b>" + head + "</b>", f"<b>{head}</b>", "<br>".join([head, unit]), t("a.e", names=t.listing(names))
"""
    assert len({node.lineno for node in glued(ast.parse(code))}) == 5


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.stem)
def test_no_sentence_is_put_together_in_a_template(path: Path) -> None:
    assert glued_in_template(path.read_text(encoding="utf-8")) == []


def glued_in_template(text: str) -> list[str]:
    """Where a text of the catalogue has letters, brackets, commas or colons of the template beside it, or another text
    in the same element."""
    plain = re.sub(r"{#.*?#}", "", text, flags=re.DOTALL)
    # what stands in branches of one choice is never seen together
    plain = re.sub(r"{%-? *(else|elif)\b.*?%}", "<>", plain, flags=re.DOTALL)
    plain = re.sub(r"{%.*?%}", "", plain, flags=re.DOTALL)
    of_text = r"{{-?\s*t(?:\.\w+)?\((?:(?!}}).)*}}"
    beside = r"[\w,;:()]"
    found = re.finditer(rf"{beside}\s*{of_text}|{of_text}\s*{beside}|{of_text}\s*{{{{-?\s*t\(", plain)
    return [each.group() for each in found]


def test_what_is_put_together_in_a_template_is_found() -> None:
    assert glued_in_template('<p>{{ t("a.b") }}: {{ name }}</p>')
    assert glued_in_template('<p>({{ t("a.b") }})</p>')
    assert glued_in_template('<p>{{ t("a.b") }} {{ t("a.c") }}</p>')
    assert not glued_in_template(
        '<p>{% if x %}{{ t("a.b") }}{% else %}{{ t("a.c") }}{% endif %}</p><p>{{ t("a.d") }}</p>'
    )
