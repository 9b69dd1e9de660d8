#include "emulator/gateway/access_refusal.hpp"

#include "emulator/gateway/access/authorizer_reply.hpp"
#include "emulator/gateway/access/signature_message.hpp"

#include <cstddef>
#include <utility>

namespace understudy::gateway {
namespace {

constexpr std::size_t kLongestMethodArn = 1600;
constexpr std::string_view kExplicit = "User is not authorized to access this resource with an explicit deny";

std::string_view to_words(FunctionReply::Kind kind) {
    switch (kind) {
        case FunctionReply::Kind::throttled:
            return "was throttled";
        case FunctionReply::Kind::timed_out:
            return "took too long";
        case FunctionReply::Kind::no_function:
            return "is not there";
        case FunctionReply::Kind::succeeded:
        case FunctionReply::Kind::function_error:
            break;
    }
    return "failed";
}

}  // namespace

std::optional<Refusal> refuse_effect(app::ApiKind front, access::Effect effect) {
    if (effect == access::Effect::allow) return std::nullopt;
    Refusal refusal{.kind = ErrorKind::access_denied};
    if (front == app::ApiKind::rest && effect == access::Effect::explicit_deny) refusal.message = kExplicit;
    return refusal;
}

Refusal refuse_failed_authorizer(app::ApiKind front, const FunctionReply& reply) {
    const bool is_rest = has_authorizers_of_rest(front);
    if (is_rest && reply.kind == FunctionReply::Kind::function_error && access::says_unauthorized(reply.payload)) {
        return {.kind = ErrorKind::unauthorized};
    }
    const bool not_asked = reply.kind == FunctionReply::Kind::throttled;
    Refusal refusal{.kind = not_asked ? ErrorKind::authorizer_failure : ErrorKind::authorizer_unusable};
    const std::string_view what = to_words(reply.kind);
    std::string text = "The authorizer's function " + std::string(what) + ": the client gets a 500.";
    if (is_rest) text += " A function that fails with exactly the message Unauthorized gives a 401.";
    refusal.findings.push_back({kAuthorizerFailed, std::string(what), std::move(text)});
    return refusal;
}

Refusal refuse_unusable_reply(const std::string& authorizer, const std::string& problem) {
    Refusal refusal{.kind = ErrorKind::authorizer_unusable};
    refusal.findings.push_back(
        {kAuthorizerReply, authorizer + ": " + problem,
         "The gateway cannot use what authorizer " + authorizer + " answered: " + problem + '.'});
    return refusal;
}

Refusal refuse_token(const access::RefusedToken& token) {
    return {.kind = token.forbidden ? ErrorKind::access_denied : ErrorKind::unauthorized,
            .headers = {{"www-authenticate", token.authenticate}}};
}

std::optional<Refusal> refuse_method_arn(std::string_view method_arn) {
    if (method_arn.size() <= kLongestMethodArn) return std::nullopt;
    Refusal refusal{.kind = ErrorKind::target_too_long};
    refusal.findings.push_back({kMethodArnTooLong, "",
                                "The ARN of this request's method has " + std::to_string(method_arn.size()) +
                                    " bytes, with the path in it; where a method asks for authorization a REST API "
                                    "takes " +
                                    std::to_string(kLongestMethodArn) + '.'});
    return refusal;
}

Refusal refuse_signature(app::ApiKind front, access::SignatureFault fault, std::string message) {
    if (fault == access::SignatureFault::missing) return {.kind = ErrorKind::unsigned_request};
    if (front == app::ApiKind::http) return {.kind = ErrorKind::invalid_signature};
    if (front == app::ApiKind::url && fault == access::SignatureFault::mismatch) message.clear();
    return {.kind = ErrorKind::invalid_signature,
            .message = std::move(message),
            .type = access::signature_error_type(fault)};
}

event::Finding find_unchecked_iam() {
    return {kIamNotChecked, "",
            "This route asks for AWS_IAM. Signatures are not checked without --check-signatures, so anybody passes "
            "here; AWS refuses whoever does not sign."};
}

event::Finding find_cached_policy(std::string_view method_arn) {
    return {kCachedPolicy, "",
            "A policy that the authorizer returned for another method is cached and does not cover " +
                std::string(method_arn) + ". Let it name all methods of the API (…/stage/*), or set the TTL to 0."};
}

event::Finding find_policy_condition(const access::Oddity& oddity) {
    const bool is_key = oddity.kind == access::Oddity::Kind::unknown_key;
    return {kPolicyCondition, oddity.text,
            "A Condition of the authorizer's policy has " + oddity.text + ", " +
                (is_key ? "which API Gateway does not have: it counts as one that the request lacks."
                        : "which is not understood here: its statement allows nothing, or denies always.") +
                " Cure: let the authorizer decide by itself, and return a policy without it."};
}

}  // namespace understudy::gateway
