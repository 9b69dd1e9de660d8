#pragma once

#include "emulator/service/error.hpp"

#include <cstddef>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace understudy::service {

/// Collects what the API's model refuses of one request's members, and words it as the service does.
class Constraints {
  public:
    /// `matches` is whether `value` matches `pattern`, which is only shown.
    void check_pattern(bool matches, std::string_view value, std::string_view member, std::string_view pattern);
    /// At least 1 and at most `most` bytes.
    void check_length(std::string_view value, std::string_view member, std::size_t most);
    void check_enum(std::string_view value, std::string_view member, std::initializer_list<std::string_view> set);

    /// One ValidationException for all that was refused, in the order of the checks; nullopt where nothing was.
    std::optional<ServiceError> result() const;

  private:
    void refuse(std::string_view value, std::string_view member, const std::string& rule);
    std::vector<std::string> faults_;
};

}  // namespace understudy::service
