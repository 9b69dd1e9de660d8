#include "emulator/http/base64.hpp"
#include "emulator/http/event_stream_type.hpp"
#include "emulator/service/error.hpp"
#include "emulator/service/event_stream.hpp"
#include "emulator/service/invoke.hpp"

#include <algorithm>
#include <utility>

namespace understudy::service {
namespace {

constexpr std::size_t kMaxLogTail = 4096;

// ThrottleReason of the API's model.
constexpr const char* kReserveUsedUp = "ReservedFunctionConcurrentInvocationLimitExceeded";
constexpr const char* kConcurrencyUsedUp = "ConcurrentInvocationLimitExceeded";
constexpr const char* kTooManyEvents = "CallerRateLimitExceeded";

http::Response render_throttled(const char* reason, std::string_view request_id, std::string_view date) {
    return render_error({429, "TooManyRequestsException", "Rate Exceeded.", ErrorBody::reason_and_type, reason},
                        request_id, date);
}

std::string encode_tail(std::string_view log) {
    return http::to_base64(log.substr(log.size() - std::min(log.size(), kMaxLogTail)));
}

}  // namespace

http::Response render_invoke(lambda::Outcome&& outcome, const InvokeRequest& request, std::string_view date) {
    const lambda::Invocation& invocation = request.invocation;
    if (outcome.kind == lambda::OutcomeKind::throttled) {
        return render_throttled(request.has_reserve ? kReserveUsedUp : kConcurrencyUsedUp, invocation.id, date);
    }
    http::Response response{200, common_headers(invocation.id, date), std::move(outcome.payload)};
    response.headers.add("x-amzn-Remapped-Content-Length", "0");
    response.headers.add("X-Amz-Executed-Version", invocation.version);
    if (outcome.kind == lambda::OutcomeKind::function_error) {
        response.headers.add("X-Amz-Function-Error", "Unhandled");
    }
    if (invocation.wants_log_tail) response.headers.add("X-Amz-Log-Result", encode_tail(outcome.log_tail));
    response.headers.add("X-Amzn-Trace-Id", invocation.trace);
    return response;
}

http::Response render_stream_head(const InvokeRequest& request, std::string_view date) {
    return {200,
            {{"Date", date},
             {"Content-Type", http::kEventStreamType},
             {"Connection", "keep-alive"},
             {"x-amzn-RequestId", request.invocation.id},
             {"X-Amz-Executed-Version", request.invocation.version},
             {"X-Amzn-Trace-Id", request.invocation.trace}},
            {}};
}

std::string render_stream_end(const lambda::Outcome& outcome, const InvokeRequest& request) {
    InvokeComplete complete;
    if (outcome.kind != lambda::OutcomeKind::succeeded) {
        complete.error_code = "Unhandled";
        complete.error_details = outcome.payload;
    }
    if (request.invocation.wants_log_tail) complete.log_result = encode_tail(outcome.log_tail);
    return render_invoke_complete(complete);
}

http::Response render_event(const InvokeRequest& request, std::string_view date) {
    return {202,
            {{"Date", date},
             {"Connection", "keep-alive"},
             {"x-amzn-RequestId", request.invocation.id},
             {"x-amzn-Remapped-Content-Length", "0"},
             {"X-Amzn-Trace-Id", request.invocation.trace}},
            {}};
}

http::Response render_event_throttled(const InvokeRequest& request, std::string_view date) {
    return render_throttled(kTooManyEvents, request.invocation.id, date);
}

http::Response render_dry_run(const InvokeRequest& request, std::string_view date) {
    return {204, {{"Date", date}, {"Connection", "keep-alive"}, {"x-amzn-RequestId", request.invocation.id}}, {}};
}

}  // namespace understudy::service
