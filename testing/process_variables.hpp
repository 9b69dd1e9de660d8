#pragma once

#include <string>
#include <utility>
#include <vector>

namespace understudy {

/// Variables that this process has as long as it lives; behind it they are what they were before. Several may have the
/// same one with the same value.
///
/// Errors: throws std::runtime_error where another one that lives has a variable with another value.
class ProcessVariables {
  public:
    explicit ProcessVariables(std::vector<std::pair<std::string, std::string>> variables);
    ~ProcessVariables();
    ProcessVariables(const ProcessVariables&) = delete;
    ProcessVariables& operator=(const ProcessVariables&) = delete;

  private:
    std::vector<std::pair<std::string, std::string>> variables_;
};

}  // namespace understudy
