#pragma once

#include "emulator/gateway/access/json.hpp"
#include "emulator/gateway/access/schema.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

namespace understudy::access {

/// What a schema says of a value.
enum class Judged : std::uint8_t {
    accepts,
    refuses,
    gives_up,  ///< It would take more steps than are allowed, or more stack than there is.
};

/// Decides by a schema whether a value is accepted: valijson does, which reads the schema once. References, what stands
/// in `enum`, bounds, `multipleOf`, lengths, `uniqueItems`, `pattern`, `patternProperties` and `format` are ours: the
/// library's own follow references over and over, round numbers, compare each item with each, use std::regex, which a
/// client's long text crashes, and know other formats than API Gateway.
class SchemaJudge {
  public:
    /// Some seconds; a body of 10 MB takes a tenth of them by a model as they mostly are.
    static constexpr std::size_t kMostSteps = 50'000'000;

    /// Preconditions: neither the schema nor what it refers to among `others` has a problem.
    /// Lifetime: all of them outlive it.
    SchemaJudge(const Schema& schema, const Schema::ByName& others);
    SchemaJudge(SchemaJudge&& other) noexcept;
    SchemaJudge& operator=(SchemaJudge&& other) noexcept;
    ~SchemaJudge();

    /// Why the library cannot read the schema, in words; empty where it can.
    const std::string& problem() const;

    /// Each schema that is referred to judges each part of the value once, whichever ways lead to it.
    /// Preconditions: there is no problem.
    ///
    /// Rule: [JSON Schema, draft 4]. Tested by: Models.AcceptAndRefuse, SchemaJudge.RefusesWhereTheWordsFindAFault,
    /// SchemaJudge.JudgesEachPartOnceBySchemasThatReferToThemselves, SchemaJudge.GivesUpBeyondItsSteps
    Judged judge(const Json& value, std::size_t most_steps = kMostSteps) const;

  private:
    struct Compiled;
    std::unique_ptr<Compiled> compiled_;
};

}  // namespace understudy::access
