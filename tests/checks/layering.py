#!/usr/bin/env python3
"""Checks the includes of every source file against the table of docs/architecture.md."""
import re
import subprocess
import sys
from pathlib import Path

INCLUDE = re.compile(r'^\s*#\s*include\s+(["<])([^">]+)[">]', re.M)
IMPURE = re.compile(
    r"boost/(asio|beast|process)|^(unistd|fcntl|poll|signal|spawn|time|dirent)\.h$|^(sys|netinet|arpa)/"
    r"|^(fstream|filesystem|thread|mutex|atomic|random|iostream|future|condition_variable)$"
)
CLOCK = re.compile(r"(system_clock|steady_clock)::now\(|\b(std::)?(rand|getenv)\(|\btime\((nullptr|NULL|0|&)")
COSTLY = {"Beast": "boost/beast", "CLI11": "CLI/", "nlohmann": "nlohmann/"}
MOST_UNITS = 3


def read_table(text):
    rules = {}
    for line in text.splitlines():
        cells = [cell.strip() for cell in line.split("|")[1:-1]]
        if len(cells) == 4 and cells[0].startswith("`"):
            names = [re.findall(r"`([^`]+)`", cell) for cell in cells[:3]]
            rules[names[0][0]] = {"own": names[1], "third": names[2], "pure": cells[3] == "yes"}
    return rules


def folder_of(path, rules):
    """The innermost folder of the table that holds the path."""
    holders = [folder for folder in rules if path.startswith(folder + "/")]
    return max(holders, key=len, default=None)


def allowed(kind, name, folder, rule, rules):
    if kind == "<":
        standard = "/" not in name and not name.endswith(".h")
        system = name.endswith(".h") and not rule["pure"] and not re.match(r"(boost|google|CLI|re2|openssl|nlohmann)/", name)
        return standard or system or any(name.startswith(prefix) for prefix in rule["third"])
    if name in rule["own"]:
        return True
    owner = folder_of(name, rules) or str(Path(name).parent)
    return owner == folder or any(owner == own or owner.startswith(own + "/v") for own in rule["own"])


def main(root):
    rules = read_table((root / "docs/architecture.md").read_text())
    if not rules:
        return ["docs/architecture.md: no table of folders"]
    listed = subprocess.run(["git", "ls-files", "-co", "--exclude-standard", "*.cpp", "*.hpp"], cwd=root, check=True,
                            capture_output=True, text=True).stdout.split()
    faults, units = [], {library: [] for library in COSTLY}
    for path in listed:
        if not (root / path).exists():
            continue
        text = (root / path).read_text()
        includes = INCLUDE.findall(text)
        for library, prefix in COSTLY.items():
            if any(name.startswith(prefix) for _, name in includes):
                if path.startswith("tests/"):
                    faults.append(f"{path}: a test includes {library}")
                units[library].append(path)
        if path.startswith("tests/"):
            continue
        folder = folder_of(path, rules)
        if folder is None:
            faults.append(f"{path}: its folder is not in the table of docs/architecture.md")
            continue
        rule = rules[folder]
        for kind, name in includes:
            if rule["pure"] and IMPURE.search(name):
                faults.append(f"{path}: {folder} is pure and may not include {name}")
            elif not allowed(kind, name, folder, rule, rules):
                faults.append(f"{path}: {folder} may not include {name}")
        if rule["pure"] and CLOCK.search(text):
            faults.append(f"{path}: {folder} is pure and may not ask for the time, randomness or the environment")
    for library, paths in units.items():
        product = [path for path in paths if not path.startswith("tests/")]
        if len(product) > MOST_UNITS:
            faults.append(f"{library} is included by {len(product)} units, {MOST_UNITS} are allowed: {', '.join(product)}")
    return faults


if __name__ == "__main__":
    problems = main(Path(sys.argv[1]).resolve())
    print("\n".join(problems) or "every include follows docs/architecture.md")
    sys.exit(1 if problems else 0)
