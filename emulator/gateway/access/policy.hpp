#pragma once

#include "emulator/gateway/access/condition.hpp"
#include "emulator/gateway/access/json.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace understudy::access {

/// What an authorizer's answer means for one request.
enum class Effect : std::uint8_t { allow, implicit_deny, explicit_deny };

/// The same with what of its conditions is not understood. An operator or a value that is not is left out where another
/// condition of its statement fails, which decides.
struct Evaluation {
    Effect effect = Effect::implicit_deny;
    std::vector<Oddity> oddities = {};
};

/// Whether `pattern` covers all of `text`: `*` is any run of characters, `?` any one. `:` and `/` are characters as
/// any.
bool covers(std::string_view pattern, std::string_view text);

/// An IAM policy as authorizers return it.
///
/// Rule: an explicit deny wins, else an allow, else no [IAM user guide, reference_policies_evaluation-logic; API
/// Gateway developer guide, api-gateway-lambda-authorizer-output]. A statement with a condition that is not understood
/// allows nothing and denies what it names: a deviation, for IAM refuses such a policy. Tested by:
/// Policy.IsEvaluatedAsIamDoes, Policy.AStatementCountsWhereItsConditionHolds
class Policy {
  public:
    Policy() = default;

    Evaluation evaluate(std::string_view action, std::string_view resource, const ConditionKeys& keys) const;
    /// Whether a statement is about it, whatever its conditions.
    bool names(std::string_view action, std::string_view resource) const;

  private:
    friend std::variant<Policy, std::string> to_policy(const Json& document);

    struct Statement {
        bool allows = false;
        bool inverts_actions = false;    ///< `NotAction`
        bool inverts_resources = false;  ///< `NotResource`
        std::vector<std::string> actions = {};
        std::vector<std::string> resources = {};
        std::vector<Condition> conditions = {};

        Condition::Verdict judge(const ConditionKeys& keys) const;
        void add_oddities(std::vector<Oddity>& oddities, Condition::Verdict verdict) const;
        bool applies(std::string_view action, std::string_view resource) const;
    };
    static std::variant<Statement, std::string> to_statement(const Json& value);

    std::vector<Statement> statements_;
};

/// Reads `policyDocument`. Errors: what breaks the rules, in words.
///
/// Rule: an object with `Statement`; each has `Effect` Allow or Deny, actions and resources as text or lists of it; a
/// resource has at most 512 characters (reported; unverified), `Version`, where given, is one of the two that exist,
/// `Condition` a map of operators to maps of keys.
/// Tested by: Policy.ThatBreaksTheRulesIsRefused
std::variant<Policy, std::string> to_policy(const Json& document);

}  // namespace understudy::access
