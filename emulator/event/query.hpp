#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace understudy::event {

/// One name with its values in the order of arrival.
struct Parameter {
    std::string name;
    std::vector<std::string> values;

    friend bool operator==(const Parameter&, const Parameter&) = default;
};

/// A query string's parameters, form-decoded, sorted by name (case counts); `separators` is `&` and what else there is.
std::vector<Parameter> parse_query(std::string_view query, std::string_view separators);

}  // namespace understudy::event
