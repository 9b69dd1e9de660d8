#include "emulator/event/failure_words.hpp"

#include <boost/json.hpp>
#include <gtest/gtest.h>

namespace understudy::event::failure_words_test {
namespace {

struct Row {
    std::string_view type, message;
    About about;
    std::string_view token = {};
    bool of_absence = false;
};

void expect(const Row& row) {
    const boost::json::array trace{"at json/proto.js:1", "base64 null"};
    const boost::json::object error{{"errorType", row.type}, {"errorMessage", row.message}, {"stackTrace", trace}};
    const FailureWords words = read_failure(boost::json::serialize(error));
    EXPECT_EQ(words.about, row.about) << row.message;
    EXPECT_EQ(words.token, row.token) << row.message;
    EXPECT_EQ(words.of_absence, row.of_absence) << row.message;
}

TEST(FailureWords, AreThoseOfRuntimesAndLibraries) {
    const Row rows[] = {
        {"Error", "Incorrect padding", About::base64},
        {"CorruptInputError", "illegal base64 data at input byte 0", About::base64},
        {"Error", "Invalid symbol 123, offset 0.", About::base64},
        {"FormatException", "The input is not a valid Base-64 string", About::base64},
        {"JSONDecodeError", "Expecting value: line 1 column 1 (char 0)", About::json},
        {"SyntaxError", "Unexpected token C in JSON at position 0", About::json, "C"},
        {"SyntaxError", "Unexpected token 'C', \"CgNh\" is not valid JSON", About::json, "C"},
        {"SyntaxError", "invalid character 'C' looking for beginning of value", About::json, "C"},
        {"JSON::ParserError", "unexpected token at 'CgNh'", About::json, "C"},
        {"SyntaxError", "Unexpected token \xEF\xBF\xBD in JSON at position 0", About::json, "\xEF\xBF\xBD"},
        {"SyntaxError", "Unexpected end of JSON input", About::json, "", true},
        {"Error", "expected value at line 1 column 1", About::json},
        {"DecodeError", "Error parsing message", About::protobuf},
        {"com.google.protobuf.InvalidProtocolBufferException", "x", About::protobuf},
        {"Error", "invalid wire type 7 at offset 3", About::protobuf},
        {"errorString", "unexpected EOF", About::protobuf},
        {"std::runtime_error", "cannot parse the request", About::reading},
        {"TypeError", "Cannot read properties of null (reading 'length')", About::other, "", true},
        {"KeyError", "'body'", About::other, "", true},
        {"TypeError", "argument should be a bytes-like object, not 'NoneType'", About::other, "", true},
    };
    for (const Row& row : rows) expect(row);
    EXPECT_EQ(read_failure("Failed to decode the request").about, About::reading) << "no JSON at all";
}

TEST(FailureWords, OfOtherThingsAreNone) {
    const Row rows[] = {
        {"Error", "x", About::other},
        {"Error", "unexpected EOF from the database", About::other},
        {"Error", "unsupported protocol", About::other},
        {"Error", "could not parse the date", About::other},
        {"UnicodeDecodeError", "'utf-8' codec can't decode byte 0xff in position 0", About::other},
        {"Error", "database is down", About::other},
        {"Runtime.ExitError", "RequestId: 0b5e Error: Runtime exited", About::other},
        {"", "", About::other},
    };
    for (const Row& row : rows) expect(row);
}

}  // namespace
}  // namespace understudy::event::failure_words_test
