#include "tools/replay/error_reply.hpp"

#include "tools/match/json_value.hpp"
#include "tools/replay/reply_value.hpp"

#include <string_view>
#include <utility>

namespace understudy::replay {
namespace {

/// A member of an error document.
std::string find_text(std::string_view document, const char* name) {
    const auto json = match::parse_json(document);
    const auto* member = json ? json->find(name) : nullptr;
    return member == nullptr ? std::string() : member->value.text;
}

/// What an error document says, in a line.
std::string to_error_text(const FunctionReply& reply) {
    const std::string& document = find_error_document(reply);
    std::string type = find_text(document, "errorType");
    if (type.empty()) type = reply.error_type;
    const auto message = find_text(document, "errorMessage");
    return "the error " + type + (message.empty() ? "" : ": " + message) + (reply.streamed ? ", in mid-stream" : "");
}

}  // namespace

const std::string& find_error_document(const FunctionReply& reply) {
    return reply.streamed && !reply.stream_error.empty() ? reply.stream_error : reply.payload;
}

std::string find_error_type(const FunctionReply& reply) {
    return reply.error_type.empty() ? find_text(find_error_document(reply), "errorType") : reply.error_type;
}

std::string to_outcome_text(const FunctionReply& reply) {
    if (reply.outcome == record::Outcome::succeeded) return "a reply";
    if (reply.outcome == record::Outcome::throttled) return "a throttled call";
    return to_error_text(reply);
}

match::Value to_error_value(std::string_view document, const ReplayRules& rules) {
    auto json = match::parse_json(document);
    match::Value object = make_object();
    match::Value error = json ? std::move(*json) : match::make_text(document);
    if (rules.volatile_values == Volatile::left_out) {
        std::erase_if(error.members, [](const auto& member) {
            return member.name == "stackTrace" || member.name == "trace" || member.name == "requestId";
        });
        for (auto& member : error.members) {
            if (member.name == "errorMessage" && member.value.kind == match::Kind::text)
                member.value = match::make_text(to_stable_message(member.value.text));
        }
    }
    add_member(object, "error", std::move(error));
    return object;
}

}  // namespace understudy::replay
