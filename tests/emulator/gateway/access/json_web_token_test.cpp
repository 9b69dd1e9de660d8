#include "emulator/gateway/access/json_web_token.hpp"

#include "emulator/gateway/access/json.hpp"
#include "tests/support/token_issuer.hpp"

#include <gtest/gtest.h>

namespace understudy::access::json_web_token_test {
namespace {

const test::TokenIssuer& issuer() {
    static const test::TokenIssuer made;
    return made;
}

const KeySet& keys() {
    static const KeySet set = parse_key_set(issuer().key_set("k1")).value();
    return set;
}

constexpr std::string_view kIssuer = "http://localhost:8080/pool";
const std::string kHeader = R"({"alg":"RS256","kid":"k1"})";
const std::vector<std::string> kAudiences = {"app", "other"};
const std::chrono::system_clock::time_point kNow{std::chrono::seconds(1000)};

/// Claims that pass, with more members; a later one counts.
std::string claims(std::string_view more = "") {
    return R"({"iss":"http://localhost:8080/pool","aud":"app","exp":2000)" + std::string(more) + "}";
}

std::string refusal(const std::string& token, const std::vector<std::string>& scopes = {},
                    const KeySet* set = &keys()) {
    const auto verdict = check_token(token, {kIssuer, kAudiences, scopes}, set, kNow);
    const auto* refused = std::get_if<RefusedToken>(&verdict);
    return refused == nullptr ? "" : (refused->forbidden ? "403 " : "401 ") + refused->authenticate;
}

std::string invalid(std::string_view text, std::string_view scopes = "") {
    return "401 Bearer scope=\"" + std::string(scopes) + "\" error=\"invalid_token\" error_description=\"" +
           std::string(text) + "\"";
}

TEST(JsonWebToken, WhereSignaturesAreAssumedItsClaimsCount) {
    const auto refusal_of = [](const std::string& token) {
        const std::vector<std::string> scopes;
        const auto verdict = check_token(token, {kIssuer, kAudiences, scopes, Signatures::assumed}, nullptr, kNow);
        const auto* refused = std::get_if<RefusedToken>(&verdict);
        return refused == nullptr ? "" : "401 " + refused->authenticate;
    };
    const std::string good = issuer().sign(kHeader, claims());
    EXPECT_EQ(refusal_of(good.substr(0, good.size() - 8) + "AAAAAAAA"), "");
    EXPECT_EQ(refusal_of(issuer().sign(kHeader, claims(R"(,"exp":1)"))), invalid("the token has expired"));
    EXPECT_EQ(refusal_of(issuer().sign(R"({"alg":"none"})", claims())),
              invalid("the token has an invalid signing method"));
}

TEST(JsonWebToken, IsCheckedInTheDocumentedOrder) {
    const std::string wrong = R"({"iss":"x","aud":"x","exp":1})";
    const std::string good = issuer().sign(kHeader, claims());
    const std::string broken = good.substr(0, good.size() - 8) + "AAAAAAAA";
    const struct {
        std::string token;
        std::string refusal;
    } rows[] = {
        {good, ""},
        {"Bearer " + good, ""},
        {"bearer " + good, ""},
        {"Basic " + good, invalid("the token is malformed")},
        {"a.b", invalid("the token is malformed")},
        {good + ".x", invalid("the token is malformed")},
        {"!.!.!", invalid("the token is malformed")},
        {issuer().sign(kHeader, "[]"), invalid("the token is malformed")},
        {issuer().sign(R"({"alg":"none","kid":"k1"})", wrong), invalid("the token has an invalid signing method")},
        {issuer().sign(R"({"alg":"HS256","kid":"k1"})", wrong), invalid("the token has an invalid signing method")},
        {issuer().sign(R"({"alg":"RS256","kid":"k2"})", wrong), invalid("unable to find a key that matches the token")},
        {issuer().sign(R"({"alg":"RS256"})", wrong), invalid("unable to find a key that matches the token")},
        {broken, invalid("the token has an invalid signature")},
        {issuer().sign(kHeader, claims(), EVP_sha512()), invalid("the token has an invalid signature")},
        {issuer().sign(kHeader, wrong), invalid("issuer does not match")},
        {issuer().sign(kHeader, claims(R"(,"aud":"x","exp":1)")), invalid("the token does not have a valid audience")},
        {issuer().sign(kHeader, claims(R"(,"aud":["x","other"])")), ""},
        {issuer().sign(kHeader, claims(R"(,"aud":["x"],"client_id":"app")")),
         invalid("the token does not have a valid audience")},
        {issuer().sign(kHeader, R"({"iss":"http://localhost:8080/pool","client_id":"app","exp":2000})"), ""},
        {issuer().sign(kHeader, claims(R"(,"exp":1000,"nbf":2000)")), invalid("the token has expired")},
        {issuer().sign(kHeader, claims(R"(,"exp":1000.5)")), ""},
        {issuer().sign(kHeader, claims(R"(,"exp":"2000")")), invalid("the token has expired")},
        {issuer().sign(kHeader, claims(R"(,"nbf":1001,"iat":1001)")), invalid("the token is not valid yet")},
        {issuer().sign(kHeader, claims(R"(,"iat":1001)")), invalid("the token was issued in the future")},
        {issuer().sign(kHeader, claims(R"(,"nbf":1000,"iat":1000)")), ""},
    };
    for (const auto& row : rows) EXPECT_EQ(refusal(row.token), row.refusal) << row.token;
    EXPECT_EQ(refusal(good, {}, nullptr), invalid("unable to fetch the keys of the issuer"));
    EXPECT_EQ(refuse_missing_token(), (RefusedToken{false, "Bearer"}));
}

TEST(JsonWebToken, ThreeDigestsAreTaken) {
    EXPECT_EQ(refusal(issuer().sign(R"({"alg":"RS384","kid":"k1"})", claims(), EVP_sha384())), "");
    EXPECT_EQ(refusal(issuer().sign(R"({"alg":"RS512","kid":"k1"})", claims(), EVP_sha512())), "");
}

TEST(JsonWebToken, OneOfTheRoutesScopesMustBeGranted) {
    const std::vector<std::string> asked = {"read", "write"};
    const std::string forbidden = R"(403 Bearer scope="read write" error="insufficient_scope")";
    EXPECT_EQ(refusal(issuer().sign(kHeader, claims(R"(,"scope":"other write")")), asked), "");
    EXPECT_EQ(refusal(issuer().sign(kHeader, claims(R"(,"scp":["read"])")), asked), "");
    EXPECT_EQ(refusal(issuer().sign(kHeader, claims(R"(,"scope":null,"scp":["read"])")), asked), "");
    EXPECT_EQ(refusal(issuer().sign(kHeader, claims(R"(,"scope":"","scp":"write other")")), asked), "");
    EXPECT_EQ(refusal(issuer().sign(kHeader, claims(R"(,"scope":"other","scp":["read"])")), asked), "");
    EXPECT_EQ(refusal(issuer().sign(kHeader, claims(R"(,"scope":"other","scp":["none"])")), asked), forbidden);
    EXPECT_EQ(refusal(issuer().sign(kHeader, claims(R"(,"scope":"readwrite")")), asked), forbidden);
    EXPECT_EQ(refusal(issuer().sign(kHeader, claims()), asked), forbidden);
    EXPECT_EQ(refusal(issuer().sign(kHeader, claims(R"(,"exp":1)")), asked),
              invalid("the token has expired", "read write"));
}

std::string authorizer_of(const std::string& token, const std::vector<std::string>& scopes) {
    const auto verdict = check_token(token, {kIssuer, kAudiences, scopes}, &keys(), kNow);
    const auto* accepted = std::get_if<AcceptedToken>(&verdict);
    return accepted == nullptr ? "refused" : accepted->authorizer;
}

TEST(JsonWebToken, ClaimsTravelAsText) {
    const std::string token = issuer().sign(
        kHeader, claims(R"(,"n":1.50,"yes":true,"none":null,"groups":["admin","power user",7],"empty":[],)"
                        R"("address":{"city": "K\u00f6ln"},"scope":"a b","t":"\"")"));
    const std::string shown =
        R"({"jwt":{"claims":{"iss":"http://localhost:8080/pool","aud":"app","exp":"2000","n":"1.50","yes":"true",)"
        R"("groups":"[admin power user 7]","empty":"[]","address":"{\"city\": \"K\\u00f6ln\"}","scope":"a b","t":"\""},)"
        R"("scopes":)";
    EXPECT_EQ(authorizer_of(token, {}), shown + "null}}");
    EXPECT_EQ(authorizer_of(token, {"b"}), shown + R"(["a","b"]}})");
}

TEST(KeySet, IsReadFromAJwksDocument) {
    EXPECT_NE(keys().find("k1"), nullptr);
    EXPECT_EQ(keys().find("k2"), nullptr);
    EXPECT_FALSE(parse_key_set("{}"));
    EXPECT_FALSE(parse_key_set("not JSON"));
    EXPECT_FALSE(parse_key_set(R"({"keys":[)" + std::string(150'000, ' ') + "]}")) << "over AWS's limit";
    for (const std::string_view key :
         {R"({"kty":"RSA","kid":"k","n":"!","e":"AQAB"})", R"({"kty":"RSA","kid":"k","e":"AQAB"})",
          R"({"kty":"RSA","kid":"k","n":"AQAB","e":""})", R"({"kty":"EC","kid":"k"})", R"("text")"}) {
        const auto set = parse_key_set(R"({"keys":[)" + std::string(key) + "]}");
        ASSERT_TRUE(set) << key;
        EXPECT_EQ(set->find("k"), nullptr) << key;
    }
}

}  // namespace
}  // namespace understudy::access::json_web_token_test
