#pragma once

#include "emulator/service/error.hpp"
#include "emulator/service/invoke.hpp"

#include <gtest/gtest.h>

#include <string>

namespace understudy::service::invoke_test {

inline const CallContext kContext{"11111111-2222-3333-4444-555555555555",
                                  "Root=1-5bef4de7-ad49b0e87f6ef6c87fc2e700;Parent=0a9197af755a6419;Sampled=0",
                                  "Fri, 27 Nov 2026 03:00:00 GMT"};
inline const std::string kPath = "/2015-03-31/functions/fn/invocations";
inline const std::string kPattern =
    R"((arn:(aws[a-zA-Z-]*)?:lambda:)?((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1}:)?(\d{12}:)?(function:)?)"
    R"(([a-zA-Z0-9-_\.]+)(:(\$LATEST(\.PUBLISHED)?|[a-zA-Z0-9-_]+))?)";

inline app::Application make_application() {
    app::Application application;
    application.functions.push_back({});
    application.functions.back().name = "fn";
    application.functions.back().versions = {"1"};
    application.functions.back().aliases = {{.name = "live", .version = "1"}};
    return application;
}

inline http::Request post(const std::string& target, http::Headers headers = {}, std::string body = "{}") {
    return {"POST", target, 1, std::move(headers), std::move(body)};
}

inline std::variant<InvokeRequest, Refusal> parse(http::Request request) {
    return parse_invoke(std::move(request), make_application(), kContext);
}

inline InvokeRequest accepted(http::Request request) {
    auto result = parse(std::move(request));
    if (const auto* refusal = std::get_if<Refusal>(&result)) {
        ADD_FAILURE() << "refused: " << refusal->response;
        return {};
    }
    return std::get<InvokeRequest>(std::move(result));
}

inline http::Response refused(http::Request request) {
    auto result = parse(std::move(request));
    if (std::holds_alternative<InvokeRequest>(result)) {
        ADD_FAILURE() << "accepted";
        return {};
    }
    return std::get<Refusal>(std::move(result)).response;
}

inline std::string error_type(const http::Response& response) {
    return std::string(response.headers.first("x-amzn-ErrorType").value_or("none"));
}

inline void expect_error(const http::Response& response, int status, const std::string& code, const std::string& body) {
    EXPECT_EQ(response.status, status);
    EXPECT_EQ(error_type(response), code);
    EXPECT_EQ(response.body.view(), body);
}

}  // namespace understudy::service::invoke_test
