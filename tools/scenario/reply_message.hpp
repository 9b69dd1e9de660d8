#pragma once

#include "tools/match/value.hpp"
#include "tools/scenario/descriptors.hpp"
#include "tools/scenario/result.hpp"
#include "tools/scenario/scenario.hpp"

#include <google/protobuf/message.h>

#include <memory>
#include <string>

namespace understudy::scenario {

/// The message of a method's reply.
struct ReplyMessage {
    std::unique_ptr<google::protobuf::Message> message;
    match::Value value;       ///< Further what the schema does not know.
    std::string shown;        ///< As JSON, defaults shown; else with what the schema does not know of JSON.
    std::string problem;      ///< Why it is none; empty where it is one, be it without fields that proto2 requires.
    bool is_writable = true;  ///< Whether an expectation can be written from it: a name of an enum's may be unknown.
};

/// Reads it in the step's codec. Preconditions: the step calls a method, and the reply says that it is ok.
ReplyMessage read_reply_message(const Step& step, const Descriptors& descriptors, const Received& received);

}  // namespace understudy::scenario
