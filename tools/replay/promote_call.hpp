#pragma once

#include "emulator/record/exchange.hpp"
#include "proto/wire/call.hpp"
#include "tools/match/value.hpp"
#include "tools/replay/promote_rules.hpp"

#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace understudy::replay {

/// An exchange as a request and a response, whichever edge it was recorded at.
struct RecordedCall {
    std::string method;
    std::string target;
    http::Headers headers;
    std::string body;
    int status = 200;
    record::HttpMessage response;
    bool throttled = false;                       ///< There was no environment for its event.
    std::vector<std::string> added_headers = {};  ///< Of the response, by an API that the scenario has not.
};

/// A recorded call in the terms of a step with a `method`.
struct MethodCall {
    wire::Call call;                       ///< As the step sends it, but for `headers`.
    match::Value request;                  ///< The message.
    http::Headers headers;                 ///< Lines that the step does not send by itself as they were.
    std::vector<std::string> added;        ///< Names of lines that the step sends, and that were not there.
    wire::Answer answer;                   ///< What came back.
    std::optional<match::Value> response;  ///< Its message, where it is ok.
};

/// Why a call of a method is none that a step with a `method` can send, in words; empty where it is no such call.
using Obstacle = std::string;

/// Reads a call in whichever protocol it travelled. A step sends the same: path, header lines, message and timeout;
/// the bytes of a message may be others that mean the same.
/// Tested by: Promote.EveryProtocolBecomesAStepWithAMethod
std::variant<MethodCall, Obstacle> to_method_call(const RecordedCall& recorded, const PromoteRules& rules);

}  // namespace understudy::replay
