#pragma once

#include "emulator/gateway/access/json.hpp"
#include "emulator/gateway/access/schema.hpp"

#include <memory>
#include <string>

namespace understudy::access {

/// Decides by a schema whether a value is accepted: valijson does, which reads the schema once. `pattern`, `format` and
/// `multipleOf` are ours: the library's own use std::regex, which a client's long text crashes, know other formats than
/// API Gateway, and round.
class SchemaJudge {
  public:
    /// Preconditions: neither the schema nor what it refers to among `others` has a problem.
    SchemaJudge(const Schema& schema, const Schema::ByName& others);
    SchemaJudge(SchemaJudge&& other) noexcept;
    SchemaJudge& operator=(SchemaJudge&& other) noexcept;
    ~SchemaJudge();

    /// Why the library cannot read the schema, in words; empty where it can.
    const std::string& problem() const;

    /// Preconditions: there is no problem. A value with a name of more than 1,024 bytes is refused where a schema
    /// matches names by expressions: the library does it by std::regex.
    ///
    /// Rule: [JSON Schema, draft 4]. Tested by: Models.AcceptAndRefuse, SchemaJudge.RefusesWhereTheWordsFindAFault
    bool accepts(const Json& value) const;

  private:
    struct Compiled;
    std::unique_ptr<Compiled> compiled_;
};

}  // namespace understudy::access
