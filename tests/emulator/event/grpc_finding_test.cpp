#include "emulator/event/grpc_finding.hpp"

#include "emulator/event/rest_event.hpp"

#include <gmock/gmock.h>

namespace understudy::event::grpc_finding_test {
namespace {

http::Request call(std::string_view type, std::string_view te) {
    http::Request request{"POST", "/logquery.v1.Search/Find", 1, {{"Content-Type", type}}, std::string(5, '\0')};
    if (!te.empty()) request.headers.add("te", te);
    return request;
}

TEST(GrpcFinding, NativeGrpcIsToldFromItsContentType) {
    const auto told = [](std::string_view type, std::string_view te, GrpcSign sign) {
        return find_native_grpc(call(type, te), "an HTTP API", sign).has_value();
    };
    for (const char* type : {"application/grpc", "application/grpc+proto", "Application/GRPC; x=y"}) {
        EXPECT_TRUE(told(type, "trailers", GrpcSign::te_trailers)) << type;
        EXPECT_TRUE(told(type, "", GrpcSign::content_type)) << type;
        EXPECT_FALSE(told(type, "", GrpcSign::te_trailers)) << "a bare message may be meant";
    }
    for (const char* type : {"application/grpc-web+proto", "application/grpc-web", "application/proto", ""}) {
        EXPECT_FALSE(told(type, "trailers", GrpcSign::content_type)) << type;
    }
}

TEST(GrpcFinding, ACallThatComesIsToldOfOnce) {
    const auto event = render_rest_event(call("application/grpc", "trailers"), {}, BinaryMediaTypes({"*/*"}), {}, "");
    ASSERT_EQ(event.findings.size(), 1U);
    EXPECT_EQ(event.findings[0].id, kNativeGrpc);
    EXPECT_THAT(event.findings[0].text, testing::HasSubstr("does not get through a REST API"));
}

}  // namespace
}  // namespace understudy::event::grpc_finding_test
