"""`understudy serve` for the tests of clients that are not ours."""
import json
import re
import subprocess


class Served:
    """The program at work; what it says on stderr is read as it comes."""

    def __init__(self, program, *arguments):
        self.process = subprocess.Popen([program, "serve", "--port", "0", "--lambda-port", "0", *arguments],
                                        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        self.ready = json.loads(self.process.stdout.readline())

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.communicate(timeout=20)

    def url(self, kind):
        return next(api["url"] for api in self.ready["apis"] if api["kind"] == kind)

    def wait_for(self, pattern):
        for line in self.process.stderr:
            if found := re.search(pattern, line):
                return found
        raise AssertionError(f"the log ended without {pattern}")
