#include "emulator/gateway/access/request_signature.hpp"

#include "emulator/gateway/access/crypto.hpp"
#include "emulator/gateway/access/signature_message.hpp"
#include "emulator/http/hex.hpp"

#include <gtest/gtest.h>

namespace understudy::access::request_signature_test {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;

constexpr std::string_view kSecret = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";

/// 30 August 2015, 12:36:00 UTC: when AWS's own vectors were signed.
constexpr std::chrono::system_clock::time_point kSigned{seconds(1440938160)};

/// An Authorization header for one of the vectors.
std::string authorization(std::string_view signed_headers, std::string_view signature,
                          std::string_view scope = "20150830/us-east-1/execute-api/aws4_request") {
    std::string value = "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/";
    value.append(scope).append(", SignedHeaders=").append(signed_headers);
    return value.append(", Signature=").append(signature);
}

http::Request request_of(std::string method, std::string target, std::string_view authorization) {
    return {.method = std::move(method),
            .target = std::move(target),
            .headers = {{"Host", "example.amazonaws.com"},
                        {"X-Amz-Date", "20150830T123600Z"},
                        {"Authorization", authorization}},
            .body = {}};
}

/// `ok`, or the number of the fault.
std::string outcome(const http::Request& request, std::chrono::system_clock::time_point now = kSigned,
                    std::string_view service = "execute-api") {
    const std::function<std::optional<std::string>(std::string_view)> secrets = [](std::string_view key) {
        return key == "AKIDEXAMPLE" ? std::optional(std::string(kSecret)) : std::nullopt;
    };
    const auto result = check_signature(request, {"us-east-1", service, secrets}, now);
    const auto* fault = std::get_if<SignatureFault>(&result);
    if (fault == nullptr) return "ok";
    constexpr std::string_view kNames[] = {"missing",     "incomplete", "other_scope",
                                           "unknown_key", "expired",    "mismatch"};
    return std::string(kNames[static_cast<std::size_t>(*fault)]);
}

TEST(Crypto, DigestsAreThoseOfTheStandards) {
    EXPECT_EQ(http::to_hex(sha256("abc")), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    EXPECT_EQ(http::to_hex(hmac_sha256("Jefe", "what do ya want for nothing?")),
              "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    EXPECT_TRUE(same_secret("abc", "abc"));
    EXPECT_FALSE(same_secret("abc", "abd"));
    EXPECT_FALSE(same_secret("abc", "abcd"));
    EXPECT_EQ(parse_base64url("-_8"), "\xFB\xFF");
    EXPECT_EQ(parse_base64url(""), "");
    for (const std::string_view text : {"a", "ab==", "a+b/", "a b"}) EXPECT_FALSE(parse_base64url(text)) << text;
}

TEST(RequestSignature, TheTestSuitesVectors) {
    const std::string scope = "20150830/us-east-1/service/aws4_request";
    const struct {
        std::string method, signature;
    } rows[] = {
        {"GET", "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31"},   // get-vanilla
        {"POST", "5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b"},  // post-vanilla
    };
    for (const auto& row : rows) {
        const auto request = request_of(row.method, "/", authorization("host;x-amz-date", row.signature, scope));
        EXPECT_EQ(outcome(request, kSigned, "service"), "ok") << row.method;
    }
}

/// The signatures below were calculated by a program of a few lines of Python that passes AWS's test suite.
TEST(RequestSignature, PathsAndQueriesAreSignedInTheirCanonicalForm) {
    const struct {
        std::string target, signature;
    } rows[] = {
        {"/", "0b42ea2cbe5587460c2dc01f388964c0834d1cf82281963872548698c270aeb6"},
        {"/prod/a%20b/?b=2&a=%20x&a=+y&c", "0999593c4c2de781685342d17630aa74ce20e5a41b2df85b3c961e3f3c652c1c"},
        {"//prod/./x/../y//", "dd38e5e3a3aca2f99da1380a725815d5dcb5d6f833ebc8de2478b3b0ac15044b"},
    };
    for (const auto& row : rows) {
        EXPECT_EQ(outcome(request_of("GET", row.target, authorization("host;x-amz-date", row.signature))), "ok")
            << row.target;
    }
}

TEST(RequestSignature, HeadersAreTrimmedAndJoinedAndTheBodyCounts) {
    const std::string signature = "a8354d945614d4b6441a1a61ac60f79fa2e811d9a680aa33fe99926dd1acd306";
    http::Request request = request_of("POST", "/prod/items", authorization("host;my-header;x-amz-date", signature));
    request.headers.add("My-Header", "a   b");
    request.headers.add("my-header", "c");
    request.body = std::string("\0\xFF", 2) + "body";
    EXPECT_EQ(outcome(request), "ok");
    request.body += '!';
    EXPECT_EQ(outcome(request), "mismatch");
}

TEST(RequestSignature, APresignedRequestLastsAsLongAsItSays) {
    const std::string target =
        "/prod?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIDEXAMPLE%2F20150830%2Fus-east-1%2Fexecute-api"
        "%2Faws4_request&X-Amz-Date=20150830T123600Z&X-Amz-Expires=3600&X-Amz-SignedHeaders=host&x=1"
        "&X-Amz-Signature=78cece26bab320286dc60eda7defea2a78cd35f24c5e9e6c6fc685775b12752f";
    http::Request request{
        .method = "GET", .target = target, .headers = {{"Host", "example.amazonaws.com"}}, .body = {}};
    EXPECT_EQ(outcome(request, kSigned + minutes(60)), "ok");
    EXPECT_EQ(outcome(request, kSigned + minutes(60) + seconds(1)), "expired");
    EXPECT_EQ(outcome(request, kSigned - minutes(16)), "expired");
    request.target.replace(target.find("3600"), 4, "604801");
    EXPECT_EQ(outcome(request), "incomplete") << "over seven days";
    request.target = target;
    request.target.replace(target.find("x=1"), 3, "x=2");
    EXPECT_EQ(outcome(request), "mismatch");
}

TEST(RequestSignature, IsCheckedInThisOrder) {
    const std::string good = "0b42ea2cbe5587460c2dc01f388964c0834d1cf82281963872548698c270aeb6";
    const std::string bad(64, '0');
    const std::string names = "host;x-amz-date";
    const struct {
        std::string authorization;
        std::chrono::system_clock::time_point now;
        std::string outcome;
    } rows[] = {
        {authorization(names, good), kSigned + minutes(5), "ok"},
        {authorization(names, good), kSigned - minutes(5), "ok"},
        {authorization(names, good), kSigned + minutes(5) + seconds(1), "expired"},
        {authorization(names, good), kSigned - minutes(5) - seconds(1), "expired"},
        {authorization(names, bad), kSigned, "mismatch"},
        {authorization(names, bad), kSigned + minutes(16), "expired"},
        {authorization("host", good), kSigned, "mismatch"},
        {authorization("x-amz-date", good), kSigned, "incomplete"},
        {authorization(names, ""), kSigned, "incomplete"},
        {authorization("", good), kSigned, "incomplete"},
        {authorization(names, good, "20150831/us-east-1/execute-api/aws4_request"), kSigned, "other_scope"},
        {authorization(names, good, "20150830/us-east-1/execute-api"), kSigned, "incomplete"},
        {authorization(names, good, "20150830/us-east-1/lambda/aws4_request"), kSigned, "other_scope"},
        {authorization(names, good, "20150830/eu-west-1/execute-api/aws4_request"), kSigned, "other_scope"},
        {"Bearer token", kSigned, "incomplete"},
        {"AWS4-HMAC-SHA256", kSigned, "incomplete"},
        {"AWS4-HMAC-SHA256 ,=,a=", kSigned, "incomplete"},
    };
    for (const auto& row : rows) {
        EXPECT_EQ(outcome(request_of("GET", "/", row.authorization), row.now), row.outcome) << row.authorization;
    }
    std::string other = authorization(names, bad);
    other.replace(other.find("AKIDEXAMPLE"), 11, "AKIDUNKNOWN");
    EXPECT_EQ(outcome(request_of("GET", "/", other), kSigned + minutes(16)), "unknown_key");
    EXPECT_EQ(outcome({.method = "GET", .target = "/", .headers = {}, .body = {}}), "missing");
    http::Request undated = request_of("GET", "/", authorization(names, good));
    undated.headers.add("X-Amz-Date", "20150830Tabcdef0");
    EXPECT_EQ(outcome(undated), "incomplete");
}

TEST(RequestSignature, AFaultIsToldInAwsWords) {
    const std::function<std::optional<std::string>(std::string_view)> secrets;
    const http::Request request = request_of("GET", "/a?b=c", authorization("host;x-amz-date", "0f"));
    const auto text = [&](SignatureFault fault, std::string_view service, seconds later) {
        return render_signature_message(fault, request, {"eu-west-1", service, secrets}, kSigned + later);
    };
    EXPECT_EQ(text(SignatureFault::mismatch, "execute-api", seconds(0)),
              "The request signature we calculated does not match the signature you provided. Check your AWS Secret "
              "Access Key and signing method. Consult the service documentation for details.\n\n"
              "The Canonical String for this request should have been\n'GET\n/a\nb=c\n"
              "host:example.amazonaws.com\nx-amz-date:20150830T123600Z\n\nhost;x-amz-date\n"
              "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'\n\n"
              "The String-to-Sign should have been\n'AWS4-HMAC-SHA256\n20150830T123600Z\n"
              "20150830/us-east-1/execute-api/aws4_request\n" +
                  http::to_hex(sha256("GET\n/a\nb=c\nhost:example.amazonaws.com\nx-amz-date:20150830T123600Z\n\n"
                                      "host;x-amz-date\n"
                                      "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")) +
                  "'\n");
    EXPECT_EQ(text(SignatureFault::other_scope, "lambda", seconds(0)),
              "Credential should be scoped to a valid region, not 'us-east-1'. "
              "Credential should be scoped to correct service: 'lambda'. ");
    EXPECT_EQ(text(SignatureFault::expired, "lambda", minutes(6)),
              "Signature expired: 20150830T123600Z is now earlier than 20150830T123700Z (20150830T124200Z - 5 min.)");
    EXPECT_EQ(text(SignatureFault::expired, "lambda", -minutes(6)),
              "Signature not yet current: 20150830T123600Z is still later than 20150830T123500Z (20150830T123000Z + 5 "
              "min.)");
    EXPECT_EQ(signature_error_type(SignatureFault::unknown_key), "UnrecognizedClientException");
}

TEST(RequestSignature, ADateOutsideItsScopeIsToldAsThat) {
    const std::function<std::optional<std::string>(std::string_view)> secrets;
    const http::Request request =
        request_of("GET", "/", authorization("host;x-amz-date", "0f", "20150831/us-east-1/execute-api/aws4_request"));
    EXPECT_EQ(
        render_signature_message(SignatureFault::other_scope, request, {"us-east-1", "execute-api", secrets}, kSigned),
        "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '20150831' != "
        "'20150830', from '20150830T123600Z'.");
}

TEST(RequestSignature, OnlyWhatIsMissingIsToldToBeMissing) {
    const std::function<std::optional<std::string>(std::string_view)> secrets;
    const auto text = [&](const std::string& authorization) {
        return render_signature_message(SignatureFault::incomplete, request_of("GET", "/", authorization),
                                        {"us-east-1", "execute-api", secrets}, kSigned);
    };
    const std::string unsigned_value =
        "AWS4-HMAC-SHA256 Credential=a/b/c/d/aws4_request, SignedHeaders=host, Signature=";
    EXPECT_EQ(text(unsigned_value),
              "Authorization header requires 'Signature' parameter. Authorization=" + unsigned_value);
    EXPECT_EQ(text("Bearer x"),
              "Authorization header requires 'Credential' parameter. Authorization header requires "
              "'Signature' parameter. Authorization header requires 'SignedHeaders' parameter. "
              "Authorization=Bearer x");
    const std::pair<std::string, std::string> rows[] = {
        {"Credential=a/b/c/d, SignedHeaders=host, Signature=f", "Credential must have exactly 5 slash-delimited"},
        {"Credential=a/b/c/d/e, SignedHeaders=host, Signature=f",
         "Credential should be scoped with a valid terminator"},
        {"Credential=a/b/c/d/aws4_request, SignedHeaders=date, Signature=f", "'Host' or ':authority' must be"},
        {"Credential=a/b/c/d/aws4_request, SignedHeaders=host, Signature=f", "Date must be in ISO-8601"},
    };
    for (const auto& [value, begin] : rows) EXPECT_TRUE(text("AWS4-HMAC-SHA256 " + value).starts_with(begin)) << value;
}

}  // namespace
}  // namespace understudy::access::request_signature_test
