#include "emulator/event/query.hpp"

#include "emulator/http/percent.hpp"

#include <algorithm>

namespace understudy::event {
namespace {

struct Pair {
    std::string name;
    std::string value;
};

std::vector<Pair> parse_pairs(std::string_view query, std::string_view separators) {
    std::vector<Pair> pairs;
    while (!query.empty()) {
        const auto end = std::min(query.find_first_of(separators), query.size());
        const std::string_view pair = query.substr(0, end);
        query.remove_prefix(std::min(end + 1, query.size()));
        if (pair.empty()) continue;
        const auto equals = std::min(pair.find('='), pair.size());
        const auto value = pair.substr(std::min(equals + 1, pair.size()));
        pairs.push_back({http::decode_percent(pair.substr(0, equals), http::Plus::space),
                         http::decode_percent(value, http::Plus::space)});
    }
    return pairs;
}

}  // namespace

std::vector<Parameter> parse_query(std::string_view query, std::string_view separators) {
    std::vector<Pair> pairs = parse_pairs(query, separators);
    std::ranges::stable_sort(pairs, {}, &Pair::name);
    std::vector<Parameter> parameters;
    for (Pair& pair : pairs) {
        if (parameters.empty() || parameters.back().name != pair.name) {
            parameters.push_back({std::move(pair.name), {}});
        }
        parameters.back().values.push_back(std::move(pair.value));
    }
    return parameters;
}

}  // namespace understudy::event
