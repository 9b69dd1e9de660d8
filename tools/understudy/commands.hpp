#pragma once

#include "tools/understudy/options.hpp"

namespace understudy::process {
class Orphans;
}

namespace understudy::cli {

/// Each command runs to its end and returns the program's exit code.
///
/// 0: orderly end; 1: it could not begin, a port that is taken, say.
int serve(const ServeOptions& options, process::Orphans& orphans);
/// 0: the function's result is on stdout; 1: the event cannot be read; 4: the function failed, its error is on stdout.
int invoke(const InvokeOptions& options);
/// 0: passed; 2: a scenario cannot be read; 3: one could not run; 4: an expectation failed.
int test(const TestOptions& options, process::Orphans& orphans);
/// 0: all is the same; 2: a recording cannot be read; 3: something could not be run; 4: something is different.
int replay(const ReplayOptions& options);
/// 0: the scenario is on stdout; 2: the recording cannot be read, or holds no such exchange.
int promote(const PromoteOptions& options);
/// 0: it would start; 1: it cannot be read; 4: it would not start. The findings are on stdout.
int check(const CheckOptions& options);
/// 0: the zip is written, its size and hash are on stdout; 1: it could not be made.
int pack(const PackageOptions& options);
/// 0: the project is written, its files are on stdout; 1: nothing was.
int init(const InitOptions& options);

}  // namespace understudy::cli
