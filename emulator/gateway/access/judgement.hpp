#pragma once

#include "emulator/gateway/access/judged_value.hpp"

#include <cstddef>

namespace understudy::access {

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

    /// Errors: OutOfSteps. Tested by: SchemaJudge.GivesUpBeyondItsSteps
    void spend(std::size_t steps) {
        if (steps > left_) throw OutOfSteps{};
        left_ -= steps;
    }

  private:
    std::size_t left_;
};

}  // namespace understudy::access
