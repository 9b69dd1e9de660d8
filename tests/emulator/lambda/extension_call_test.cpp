#include "emulator/lambda/extension_call.hpp"

#include "emulator/lambda/environment.hpp"

#include <gtest/gtest.h>

#include <memory>

namespace understudy::lambda::extension_call_test {
namespace {

constexpr const char* kRegister = "/2020-01-01/extension/register";
constexpr const char* kNext = "/2020-01-01/extension/event/next";

RuntimeCall parse(const std::string& method, const std::string& target, http::Headers headers, std::string body = "") {
    return parse_runtime_call({method, target, 1, std::move(headers), std::move(body)});
}

/// Go's client sends null, Rust's an empty list.
TEST(ExtensionCall, WhoeverWantsNoEventsMayRegister) {
    const http::Headers named{{"Lambda-Extension-Name", "GoLangEnableSIGTERM"}};
    const RuntimeCall off = FixedCall{.kind = FixedCall::Kind::extension};
    for (const char* body : {R"({"events":null})", R"({"events":[]})", "{}"})
        EXPECT_EQ(parse("POST", kRegister, named, body), RuntimeCall(RegisterExtension{})) << body;
    for (const char* body : {R"({"events":["INVOKE"]})", R"({"events":"INVOKE"})", "[]", "no JSON", ""})
        EXPECT_EQ(parse("POST", kRegister, named, body), off) << body;
    EXPECT_EQ(parse("POST", kRegister, {}, "{}"), off);
    EXPECT_EQ(parse("GET", kRegister, named, "{}"), off);
}

TEST(ExtensionCall, ItIsToldOfItsFunctionAndThenWaitsForEver) {
    EnvironmentTerms terms;
    terms.registration = std::make_shared<const std::string>(render_registration("fn", "$LATEST", "a\"b"));
    Environment environment(terms, Moment{});
    const Actions registered = environment.on_call(RegisterExtension{}, Ticket{1}, Moment{}, 0);
    ASSERT_EQ(registered.size(), 1U);
    const http::Response& response = std::get<Reply>(registered[0]).response;
    EXPECT_EQ(response.status, 200);
    EXPECT_EQ(response.body.view(), R"({"functionName":"fn","functionVersion":"$LATEST","handler":"a\"b"})");
    const std::string id(response.headers.first("Lambda-Extension-Identifier").value_or(""));
    EXPECT_EQ(parse("GET", kNext, {{"Lambda-Extension-Identifier", id}}), RuntimeCall(ExtensionNext{}));
    EXPECT_EQ(parse("GET", kNext, {{"Lambda-Extension-Identifier", "another"}}),
              RuntimeCall(FixedCall{.kind = FixedCall::Kind::extension}));
    EXPECT_TRUE(environment.on_call(ExtensionNext{}, Ticket{2}, Moment{}, 0).empty());
    EXPECT_EQ(environment.on_call(Next{}, Ticket{3}, Moment{}, 0), Actions{Idle{}}) << "the runtime goes on beside it";
}

}  // namespace
}  // namespace understudy::lambda::extension_call_test
