#include "emulator/event/query.hpp"

#include "emulator/http/percent.hpp"

#include <algorithm>

namespace understudy::event {
namespace {

struct Pair {
    std::string name;
    std::string value;
};

std::string take(std::string_view text, QueryForm form) {
    return form == QueryForm::decoded ? http::decode_percent(text, http::Plus::space) : std::string(text);
}

std::vector<Pair> parse_pairs(std::string_view query, std::string_view separators, QueryForm form) {
    std::vector<Pair> pairs;
    while (!query.empty()) {
        const auto end = std::min(query.find_first_of(separators), query.size());
        const std::string_view pair = query.substr(0, end);
        query.remove_prefix(std::min(end + 1, query.size()));
        if (pair.empty()) continue;
        const auto equals = std::min(pair.find('='), pair.size());
        const auto value = pair.substr(std::min(equals + 1, pair.size()));
        pairs.push_back({take(pair.substr(0, equals), form), take(value, form)});
    }
    return pairs;
}

}  // namespace

std::vector<Parameter> parse_query(std::string_view query, std::string_view separators, QueryForm form) {
    std::vector<Pair> pairs = parse_pairs(query, separators, form);
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
