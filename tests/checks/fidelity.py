#!/usr/bin/env python3
"""Checks docs/fidelity.md: every row has a rule, a source and tests, each named test exists, and a row with an
unverified decision names a place that there is."""
import re
import sys
from pathlib import Path

SOURCES = ("emulator", "tools", "recorder", "handler", "client", "testing", "proto")
TEST = re.compile(r"^TEST(?:_F|_P)?\(\s*(\w+)\s*,\s*(\w+)\s*\)", re.M)


def read_places(root):
    """All that a row may name as the place of a decision: files, also without the folder of their program, and names."""
    files, names = set(), set()
    for source in SOURCES:
        for file in (root / source).rglob("*.?pp"):
            path = file.relative_to(root)
            files.update({str(path), str(path.relative_to(source))})
            names.update(re.findall(r"\w+", file.read_text()))
    return files, names


def has_place(rule, files, names):
    if any(path in files for path in re.findall(r"[\w/]+\.[ch]pp", rule)):
        return True
    quoted = (text.rsplit("::", 1)[-1] for text in re.findall(r"`([A-Za-z_:]+)`", rule))
    return any(re.search(r"_|[a-z][A-Z]", name) and name in names for name in quoted)


def main(root):
    known = set()
    for file in (root / "tests").rglob("*.cpp"):
        known.update(".".join(pair) for pair in TEST.findall(file.read_text()))
    files, places = read_places(root)
    faults, rows = [], 0
    for number, line in enumerate((root / "docs/fidelity.md").read_text().splitlines(), 1):
        if not line.startswith("|") or re.match(r"\|[\s:|-]+$", line) or line.startswith("| rule |"):
            continue
        rows += 1
        where = f"docs/fidelity.md:{number}"
        cells = [cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]]
        if len(cells) != 3 or not all(cells):
            faults.append(f"{where}: a row is `| rule | source | test |`, all three filled")
            continue
        if re.search("unverified", line, re.I) and not has_place(cells[0] + cells[1], files, places):
            faults.append(f"{where}: an unverified decision names the file, function or constant where it is made")
        names = re.findall(r"\b([A-Z]\w+\.[A-Z]\w+)\b", cells[2])
        if not names:
            faults.append(f"{where}: names no test")
        faults += [f"{where}: there is no test {name}" for name in names if name not in known]
    if rows == 0:
        faults.append("docs/fidelity.md: no rows")
    return faults, rows


if __name__ == "__main__":
    problems, count = main(Path(sys.argv[1]).resolve())
    print("\n".join(problems) or f"{count} rules, and every test they name exists")
    sys.exit(1 if problems else 0)
