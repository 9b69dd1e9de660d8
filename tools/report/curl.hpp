#pragma once

#include "tools/scenario/result.hpp"

#include <cstddef>
#include <string>

namespace understudy::report {

/// A call as a line for a POSIX shell.
struct CurlLine {
    std::string command;
    std::string note;  ///< What one has to know to use it, in a sentence; empty where nothing is.
};

/// A line of curl that sends what a step sent, byte for byte but for what stands for secrets: the path as it is, the
/// header lines in their order, none of curl's own that a function could see; a body that is no text through base64.
/// What ran in an emulator of the test's own is called where `understudy serve` listens by default, gRPC at port
/// 3002. A body of more than `most_body` bytes is left out, which the note says.
/// Precondition: the step was sent.
CurlLine to_curl(const scenario::StepResult& step, std::size_t most_body);

}  // namespace understudy::report
