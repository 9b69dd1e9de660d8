#include "emulator/lambda/destination_record.hpp"

#include "emulator/lambda/json_text.hpp"
#include "emulator/source/utc_time.hpp"

#include <string_view>

namespace understudy::lambda {
namespace {

/// An ARN without a qualifier means the latest version, and a record says so.
std::string qualified(const std::string& arn) {
    constexpr std::string_view kFunction = ":function:";
    const auto name = arn.find(kFunction);
    const bool has_qualifier = name != std::string::npos && arn.find(':', name + kFunction.size()) != std::string::npos;
    return has_qualifier ? arn : arn + ":$LATEST";
}

void append_json(std::string& out, std::string_view text) {
    if (is_json(text)) {
        out += text;
    } else {
        append_json_string(out, text);
    }
}

}  // namespace

std::string render_destination_record(const Invocation& invocation, const Outcome& outcome, EventEnd end, int attempts,
                                      std::chrono::system_clock::time_point now) {
    std::string record = R"({"version":"1.0","timestamp":")";
    source::append_utc_time(record, now);
    record += R"(","requestContext":{"requestId":)";
    append_json_string(record, invocation.id);
    record += R"(,"functionArn":)";
    append_json_string(record, qualified(invocation.function_arn));
    record.append(R"(,"condition":")").append(condition_name(end));
    record.append(R"(","approximateInvokeCount":)").append(std::to_string(attempts));
    record.append(R"(},"requestPayload":)").append(*invocation.payload);
    if (attempts > 0) {
        record += R"(,"responseContext":{"statusCode":200,"executedVersion":)";
        append_json_string(record, invocation.version);
        if (end != EventEnd::succeeded) record += R"(,"functionError":"Unhandled")";
        record += R"(},"responsePayload":)";
        append_json(record, outcome.payload);
    }
    return record + '}';
}

}  // namespace understudy::lambda
