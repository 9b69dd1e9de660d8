#pragma once

#include "emulator/gateway/access/schema.hpp"
#include "emulator/gateway/access/schema_judge.hpp"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace understudy::access {

/// What models have against a body.
struct BodyFault {
    std::string words;      ///< API Gateway's, without the brackets around them.
    std::string explained;  ///< For people: the first few, with the place in the body in front of each, in short.
    std::string reason;     ///< Which keyword refuses which place, whatever value stands there and at which index.
};

/// The request models of a REST API: JSON Schemas, draft 4, read once. Models may refer to each other by the last
/// segment of a URL (`https://apigateway.amazonaws.com/restapis/ID/models/NAME`).
class Models {
  public:
    /// Name to schema text.
    explicit Models(const std::map<std::string, std::string>& schemas);

    /// All that is wrong at one level of a body; nullopt where the model accepts it, which the judge decides. Refused
    /// are a body that is no JSON, and all by a model that could not be read or is not there. An empty body counts as
    /// `{}`, but what API Gateway says of one that is refused is that it cannot be parsed. One that takes more steps to
    /// check than SchemaJudge::kMostSteps is refused, with that as the reason.
    ///
    /// Rule: [API Gateway developer guide, models-mappings-models, api-gateway-method-request-validation].
    /// Tested by: Models.AcceptAndRefuse, Models.NameAllThatIsWrongAtALevel, Models.SayItInTheWordsOfApiGateway
    std::optional<BodyFault> find_fault(const std::string& model, std::string_view body) const;

    /// Why a model could not be read; empty where it was.
    std::string problem(const std::string& model) const;

    /// What a model has in it that people may not expect, such as patterns that refuse nothing; empty where it has
    /// nothing, or could not be read. Tested by: Models.RemarkOnWhatTheyDoNotCheck
    std::vector<std::string> remarks(const std::string& model) const;

  private:
    Schema::ByName schemas_;
    std::map<std::string, SchemaJudge> judges_;
    std::map<std::string, SchemaReview> reviews_;
};

}  // namespace understudy::access
