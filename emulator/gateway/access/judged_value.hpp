#pragma once

#include "emulator/gateway/access/json.hpp"

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

}  // namespace understudy::access
