#include "proto/wire/status.hpp"

#include <gtest/gtest.h>

#include <sstream>

namespace understudy::wire::status_test {
namespace {

struct Row {
    Code code;
    int number;
    const char* name;
    int http_status;
};

// connectrpc.com/docs/protocol, "Error codes"; the numbers are gRPC's.
constexpr Row kRows[] = {
    {Code::canceled, 1, "canceled", 499},
    {Code::unknown, 2, "unknown", 500},
    {Code::invalid_argument, 3, "invalid_argument", 400},
    {Code::deadline_exceeded, 4, "deadline_exceeded", 504},
    {Code::not_found, 5, "not_found", 404},
    {Code::already_exists, 6, "already_exists", 409},
    {Code::permission_denied, 7, "permission_denied", 403},
    {Code::resource_exhausted, 8, "resource_exhausted", 429},
    {Code::failed_precondition, 9, "failed_precondition", 400},
    {Code::aborted, 10, "aborted", 409},
    {Code::out_of_range, 11, "out_of_range", 400},
    {Code::unimplemented, 12, "unimplemented", 501},
    {Code::internal, 13, "internal", 500},
    {Code::unavailable, 14, "unavailable", 503},
    {Code::data_loss, 15, "data_loss", 500},
    {Code::unauthenticated, 16, "unauthenticated", 401},
};

TEST(StatusCode, HasConnectsNameAndHttpStatus) {
    for (const Row& row : kRows) {
        EXPECT_EQ(static_cast<int>(row.code), row.number);
        EXPECT_EQ(to_name(row.code), row.name);
        EXPECT_EQ(to_http_status(row.code), row.http_status);
        EXPECT_EQ(parse_code_name(row.name), row.code);
    }
    EXPECT_EQ(parse_code_name("CANCELED"), std::nullopt);
    EXPECT_EQ(parse_code_name(""), std::nullopt);
}

TEST(StatusCode, IsInferredFromAnHttpStatusAsConnectsClientsDo) {
    const std::pair<int, Code> rows[] = {
        {400, Code::internal},      {401, Code::unauthenticated}, {403, Code::permission_denied},
        {404, Code::unimplemented}, {429, Code::unavailable},     {502, Code::unavailable},
        {503, Code::unavailable},   {504, Code::unavailable},     {405, Code::unknown},
        {409, Code::unknown},       {415, Code::unknown},         {413, Code::unknown},
        {500, Code::unknown},       {302, Code::unknown}};
    for (const auto& [http_status, code] : rows) EXPECT_EQ(infer_code(http_status), code) << http_status;
}

TEST(Status, PrintsItsCodeAndItsMessage) {
    std::ostringstream out;
    out << Status(Code::not_found, "no such file") << " | " << Status();
    EXPECT_EQ(out.str(), "not_found: no such file | ok");
}

}  // namespace
}  // namespace understudy::wire::status_test
