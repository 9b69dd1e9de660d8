#pragma once

#include <cstdint>
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

/// Whether names and values are taken out of their percent-encoding, or left in it.
enum class QueryForm : std::uint8_t { decoded, as_sent };

/// A query string's parameters, sorted by name (case counts); `separators` is `&` and what else there is.
std::vector<Parameter> parse_query(std::string_view query, std::string_view separators,
                                   QueryForm form = QueryForm::decoded);

}  // namespace understudy::event
