#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace understudy::access {

/// The request models of a REST API: JSON Schemas, draft 4, read once. Models may refer to each other by the last
/// segment of a URL (`https://apigateway.amazonaws.com/restapis/ID/models/NAME`).
class Models {
  public:
    /// Name to schema text.
    explicit Models(const std::map<std::string, std::string>& schemas);
    Models(Models&&) noexcept;
    Models& operator=(Models&&) noexcept;
    ~Models();

    /// All that is wrong at one level of a body, in words; nullopt where the model accepts it. A body that is no JSON,
    /// and a model that could not be read or is not there, accept nothing. An empty body counts as `{}`.
    ///
    /// Rule: [API Gateway developer guide, models-mappings-models, api-gateway-method-request-validation].
    /// Tested by: Models.AcceptAndRefuse, Models.NameAllThatIsWrongAtALevel
    std::optional<std::string> find_fault(const std::string& model, std::string_view body) const;

    /// Why a model could not be read; empty where it was.
    std::string problem(const std::string& model) const;

  private:
    struct Compiled;
    std::map<std::string, std::unique_ptr<Compiled>> models_;
};

}  // namespace understudy::access
