#pragma once

#include "emulator/gateway/access/json.hpp"

#include <cstddef>
#include <string_view>
#include <utility>
#include <vector>

namespace understudy::access {

/// A value in the shape that the library looks at: members by name, the last of repeated ones alone.
/// Lifetime: the value that it was made from outlives it.
struct JudgedValue {
    using Member = std::pair<std::string_view, JudgedValue>;

    explicit JudgedValue(const Json& value);

    const Json* json = nullptr;
    std::vector<JudgedValue> items;
    std::vector<Member> members;
};

/// What it takes to judge a value, thrown through the library where it is used up.
struct OutOfSteps {};

/// A run of the library over one value.
class Judgement {
  public:
    explicit Judgement(std::size_t most_steps) : left_(most_steps) {}
    Judgement(const Judgement&) = delete;
    Judgement& operator=(const Judgement&) = delete;
    virtual ~Judgement() = default;

    /// Whether a document (SchemaDocuments) accepts a part of the value.
    virtual bool accepts(std::size_t document, const JudgedValue& part) = 0;

    /// Errors: OutOfSteps.
    void spend(std::size_t steps) {
        if (steps > left_) throw OutOfSteps{};
        left_ -= steps;
    }

  private:
    std::size_t left_;
};

}  // namespace understudy::access
