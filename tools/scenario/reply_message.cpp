#include "tools/scenario/reply_message.hpp"

#include "tools/convert/json_text.hpp"
#include "tools/convert/partial_message.hpp"
#include "tools/match/message_json.hpp"
#include "tools/match/message_value.hpp"

#include <google/protobuf/stubs/logging.h>

namespace understudy::scenario {

namespace {

bool read_as_json(const std::string& body, ReplyMessage& reply) {
    auto read = match::read_message_json(body, *reply.message);
    if (!read) {
        reply.problem = " as JSON: " + read.error().message();
        return false;
    }
    // The message alone would hide what it cannot hold.
    if (!read->whole) reply.shown = match::to_text(read->value);
    reply.is_writable = read->named;
    reply.value = std::move(read->value);
    return true;
}

bool read_as_proto(const std::string& bytes, ReplyMessage& reply) {
    if (!convert::parse_partial_bytes(bytes, *reply.message)) return false;
    reply.value = match::to_value(*reply.message);
    return true;
}

}  // namespace

ReplyMessage read_reply_message(const Step& step, const Descriptors& descriptors, const Received& received) {
    const google::protobuf::LogSilencer quiet;  // What does not parse is told in the report.
    const auto& type = *step.method->output_type();
    ReplyMessage reply{.message = descriptors.make_message(type), .value = {}, .shown = {}, .problem = {}};
    const bool read = step.codec == wire::Codec::json ? read_as_json(received.message, reply)
                                                      : read_as_proto(received.message, reply);
    if (!read)
        reply.problem = "the body is no " + type.full_name() + reply.problem;
    else if (reply.shown.empty())
        reply.shown = convert::to_json_text(*reply.message, convert::Defaults::shown);
    return reply;
}

}  // namespace understudy::scenario
