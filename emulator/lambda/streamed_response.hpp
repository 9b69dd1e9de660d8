#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace understudy::lambda {

/// An error that a runtime met after it had begun to send its response; it arrives in trailers.
struct StreamError {
    std::string type = {};
    std::string body = {};  ///< Decoded; empty where there was none or it was not base64.

    friend bool operator==(const StreamError&, const StreamError&) = default;
};

/// The head of a POST /runtime/invocation/{id}/response that comes in pieces. What follows of it comes under the same
/// ticket: any number of StreamBytes, and then StreamEnd or StreamCut.
struct StreamBegin {
    std::string id = {};
    std::string content_type = {};  ///< As posted; empty where there was none.

    friend bool operator==(const StreamBegin&, const StreamBegin&) = default;
};
struct StreamBytes {
    std::string_view bytes = {};  ///< Chunk boundaries carry no meaning.

    friend bool operator==(const StreamBytes&, const StreamBytes&) = default;
};
struct StreamEnd {
    std::optional<StreamError> error = {};

    friend bool operator==(const StreamEnd&, const StreamEnd&) = default;
};
/// The upload broke off.
struct StreamCut {
    friend bool operator==(const StreamCut&, const StreamCut&) = default;
};

}  // namespace understudy::lambda
