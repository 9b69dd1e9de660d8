#!/usr/bin/env python3
"""Checks docs/fidelity.md: every row has a rule, a source and tests, and each named test exists."""
import re
import sys
from pathlib import Path

TEST = re.compile(r"^TEST(?:_F|_P)?\(\s*(\w+)\s*,\s*(\w+)\s*\)", re.M)


def main(root):
    known = set()
    for file in (root / "tests").rglob("*.cpp"):
        known.update(".".join(pair) for pair in TEST.findall(file.read_text()))
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
