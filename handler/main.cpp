#include "handler/logquery/service.hpp"
#include "handler/rpc/method_table.hpp"
#include "handler/rpc/proxy_reply.hpp"
#include "handler/runtime/runtime.hpp"

#include <google/protobuf/stubs/logging.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <memory>

namespace understudy {
namespace {

using Milliseconds = std::chrono::duration<double, std::milli>;

std::string find_logs() {
    const char* folder = std::getenv("LOGQUERY_LOGS");
    if (folder != nullptr) return folder;
    std::cerr << "LOGQUERY_LOGS does not name the folder of the logs: every call will fail" << std::endl;
    return {};
}

rpc::MethodTable make_methods() {
    using namespace ::logquery::v1;
    const auto service = std::make_shared<const logquery::LogQueryService>(find_logs());
    rpc::MethodTable methods;
    methods.add<CheckWindowRequest, CheckWindowResponse>(
        "logquery.v1.LogQueryService/CheckWindow",
        [service](const auto& request, auto& response) { return service->check_window(request, response); });
    methods.add<FindMessagesRequest, FindMessagesResponse>(
        "logquery.v1.LogQueryService/FindMessages",
        [service](const auto& request, auto& response, const wire::ReplyLimit& limit) {
            return service->find_messages(request, response, limit);
        });
    return methods;
}

/// One write, so that a line stays whole in the function's log.
void log_call(const rpc::Served& served, Milliseconds duration) {
    std::string line = served.method + " " + std::string(wire::to_name(served.status.code()));
    if (!served.status.ok()) line.append(" \"").append(served.status.message()).append("\"");
    std::ranges::replace_if(
        line, [](char c) { return c == '\n' || c == '\r'; }, ' ');
    std::array<char, 32> time{};
    std::snprintf(time.data(), time.size(), " %.2f ms\n", duration.count());
    std::cerr << line.append(time.data()) << std::flush;
}

/// A function is not told by its events that its front door streams.
rpc::Transfer find_transfer() {
    const char* streams = std::getenv("LOGQUERY_STREAMS");
    return streams != nullptr && *streams != '\0' ? rpc::Transfer::streamed : rpc::Transfer::buffered;
}

runtime::Handler make_handler() {
    const auto transfer = find_transfer();
    const auto methods = std::make_shared<const rpc::MethodTable>(make_methods());
    return [methods, transfer](std::string_view event, const runtime::Context&) -> runtime::Response {
        const auto start = std::chrono::steady_clock::now();
        rpc::Served served = rpc::serve_event(*methods, event, transfer);
        log_call(served, std::chrono::steady_clock::now() - start);
        return {
            .bytes = std::move(served.response),
            .content_type = served.transfer == rpc::Transfer::streamed ? runtime::kStreamedReply : "application/json"};
    };
}

}  // namespace
}  // namespace understudy

/// The log query as a Lambda function: on AWS as on this machine, behind any HTTP front door.
int main() {
    // Bad input is the client's: it gets the reason, and the log is no place for protobuf's own lines about it.
    google::protobuf::SetLogHandler(nullptr);
    return understudy::runtime::run_after(understudy::make_handler);
}
