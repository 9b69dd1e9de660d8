"""Types what docs/guide.md shows, in a new folder, and checks what the guide says of it.

guide.py GUIDE PROGRAM_DIR: the guide, and the folder of the understudy program."""
import os
import re
import subprocess
import sys
import tempfile

EXPECTED = [
    "exit code 4",
    'greeting: expected "Good day, Dr. Ada!", got "Hello, Dr. Ada!"',
    '{"greeting":"Good day, Dr. Bell!"}',
    'greeting: expected "Good day, Dr. Bell!", got "Good night, Dr. Bell!"',
    "method: greeter.v1.GreeterService/Greet",
    "✗ POST /greeter.v1.GreeterService/Greet, as recorded",
    "✓ POST /greeter.v1.GreeterService/Greet, as recorded",
]


def main():
    guide, programs = sys.argv[1:]
    with open(guide, encoding="utf-8") as file:
        blocks = re.findall(r"^```sh\n(.*?)^```$", file.read(), re.M | re.S)
    with tempfile.TemporaryDirectory() as folder:
        environment = {"PATH": f"{programs}:/usr/local/bin:/usr/bin:/bin", "HOME": folder, "LC_ALL": "C.UTF-8"}
        ended = subprocess.run(["sh", "-e", "-c", "\n".join(blocks)], cwd=folder, env=environment,
                               stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                               stderr=subprocess.STDOUT, timeout=240, check=False)
        output = ended.stdout.decode("utf-8", "replace")
        missing = [text for text in EXPECTED if text not in output]
        for name in ("results.xml", "report.html", "traffic.jsonl", "greeter.zip", "function.log"):
            if not os.path.exists(os.path.join(folder, "greeter", name)):
                missing.append("the file " + name)
    if ended.returncode != 0 or missing:
        print(output)
        print(f"exit code {ended.returncode}; missing: {missing}")
        return 1
    print(f"{len(blocks)} blocks of {os.path.basename(guide)} do what it says")
    return 0


sys.exit(main())
