"""Nothing grows past what one reading holds: files of 300 lines, functions of 40, templates of 120."""

import ast

from tests.house import place, python_files, templates, tree


def test_no_python_file_is_longer_than_300_lines() -> None:
    sizes = {place(path): len(path.read_text().splitlines()) for path in python_files()}
    assert {name: size for name, size in sizes.items() if size > 300} == {}


def test_no_function_is_longer_than_40_lines() -> None:
    sizes = {
        f"{place(path, node)} {node.name}": (node.end_lineno or 0) - node.lineno + 1
        for path in python_files()
        for node in ast.walk(tree(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }
    assert {name: size for name, size in sizes.items() if size > 40} == {}


def test_no_template_is_longer_than_120_lines() -> None:
    sizes = {place(path): len(path.read_text().splitlines()) for path in templates()}
    assert {name: size for name, size in sizes.items() if size > 120} == {}


def test_no_template_hides_its_length_in_long_lines() -> None:
    """A sentence stands on one line however long it is, so that translators find it whole."""
    wide = {
        f"{place(path)}:{number}": len(line)
        for path in templates()
        if path.suffix == ".html"  # in a letter a line break is a line break
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if len(line) > 150 and not is_one_sentence(line)
    }
    assert wide == {}


def is_one_sentence(line: str) -> bool:
    return line.strip().startswith(("{% translate ", "{% blocktranslate ")) and line.count("{% ") <= 2
