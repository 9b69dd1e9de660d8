#pragma once

#include "emulator/event/facts.hpp"
#include "emulator/gateway/access/json.hpp"
#include "emulator/http/message.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace understudy::access {

/// What a request tells the conditions of a policy.
class ConditionKeys {
  public:
    /// Sets a key, such as `aws:SourceIp`.
    void set(std::string key, std::string value) { values_.emplace_back(std::move(key), std::move(value)); }
    /// By a name without case; null where the request does not have it.
    const std::string* find(std::string_view key) const;

  private:
    std::vector<std::pair<std::string, std::string>> values_;
};

/// The keys that API Gateway has of a request whose caller is not known by IAM. SecureTransport is true, since AWS
/// serves nothing else.
///
/// Rule: [API Gateway developer guide, apigateway-resource-policies-aws-condition-keys]. Unverified: that they are
/// those of an authorizer's policy, on HTTP APIs too. Tested by: ConditionKeys.AreThoseThatApiGatewayHasOfARequest
ConditionKeys to_condition_keys(const http::Request& request, const event::Facts& facts,
                                std::chrono::system_clock::time_point now);

/// What of a Condition is not understood.
struct Oddity {
    enum class Kind : std::uint8_t {
        not_judged,   ///< An operator or a value that tells nothing here.
        unknown_key,  ///< A key that API Gateway does not have, which counts as one that the request has not.
    };

    Kind kind = Kind::not_judged;
    std::string text;  ///< `the key aws:SourceVpx`

    friend bool operator==(const Oddity&, const Oddity&) = default;
};

/// One operator of a Condition on one key: `"IpAddress": {"aws:SourceIp": ["203.0.113.0/24"]}`.
///
/// Rule: one of the values has to fit, of a negated operator none may; a key that the request does not have fits no
/// operator but the negated ones, those that end in IfExists, ForAllValues and Null [IAM user guide,
/// reference_policies_elements_condition_operators, reference_policies_condition-single-vs-multi-valued-context-keys].
/// Keys have one value each here. Policy variables are not understood. Tested by: Condition.HoldsAsIamSays
struct Condition {
    enum class Verdict : std::uint8_t { holds, fails, not_understood };

    std::string name;  ///< Of the operator.
    std::string key;
    std::vector<std::string> values;

    Verdict judge(const ConditionKeys& keys) const;
    /// What there is that is not understood: its operator or value, else its key.
    std::optional<Oddity> oddity() const;
};

/// Reads a statement's `Condition`; all of it has to hold. Errors: what breaks the rules, in words.
std::variant<std::vector<Condition>, std::string> to_conditions(const Json& value);

}  // namespace understudy::access
