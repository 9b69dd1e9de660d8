#pragma once

#include "emulator/http/message.hpp"
#include "emulator/record/exchange.hpp"
#include "tools/match/difference.hpp"
#include "tools/replay/rules.hpp"
#include "tools/replay/subject.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace understudy::replay {

/// What a comparison of two replies found.
struct Compared {
    std::vector<match::Difference> differences;
    std::size_t redacted = 0;  ///< Values that count as equal because one side is redacted.

    bool equal() const { return differences.empty(); }
};

/// What a function gave back for an event.
struct FunctionReply {
    std::string payload;
    record::Outcome outcome = record::Outcome::succeeded;
};

/// A function's reply with the recorded one. Proxy replies are compared by status, headers, cookies and body, the body
/// decoded; other replies are JSON; errors are compared by their documents.
///
/// Equal bytes are equal at once, where nothing is expected of them.
Compared compare_replies(const record::Invocation& recorded, const FunctionReply& actual, const ReplayRules& rules);

/// A front's response with the recorded one.
Compared compare_responses(const record::Exchange& recorded, const http::Response& actual, const ReplayRules& rules);

}  // namespace understudy::replay
