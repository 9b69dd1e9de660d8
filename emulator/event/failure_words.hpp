#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace understudy::event {

/// What a function's error is about, as far as that may have to do with the body that it was sent.
enum class About : std::uint8_t {
    other,     ///< Nothing of that.
    base64,    ///< Base64 that is none.
    json,      ///< JSON that is none.
    protobuf,  ///< A message of protobuf that is none.
    reading,   ///< A message, body or request that could not be read.
};

/// What is to be known of a function's error from its own words.
struct FailureWords {
    std::string said;  ///< Its type and its message.
    About about = About::other;
    std::string token;        ///< The character at which JSON ended, where the error quotes it.
    bool of_absence = false;  ///< It is about a value that is not there, or about the body.
};

/// Reads `errorType` and `errorMessage` of a function's error, and not its stack trace, whose files are called as they
/// like; all of it where it has neither.
///
/// Rule: the words of runtimes and libraries in Python, Node.js, Go, Rust, Java, .NET, Ruby and C++; ours. Tested by:
/// FailureWords.AreThoseOfRuntimesAndLibraries, FailureWords.OfOtherThingsAreNone
FailureWords read_failure(std::string_view error);

}  // namespace understudy::event
