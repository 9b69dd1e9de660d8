#include "tools/convert/yaml_json.hpp"

#include "tools/convert/json_text.hpp"
#include "tools/convert/number_text.hpp"
#include "tools/convert/scalar.hpp"
#include "tools/convert/well_known.hpp"

#include <set>
#include <string>

namespace understudy::convert {

namespace {

std::string to_scalar_json(source::Node node) {
    switch (plain_type(node)) {
        case PlainType::null:
            return "null";
        case PlainType::boolean:
            return *to_bool(node) ? "true" : "false";
        case PlainType::number: {
            auto number = to_json_number(node.text());
            if (parse_decimal(number)) return number;
            if (const auto whole = to_uint64(node)) return std::to_string(*whole);
            break;
        }
        case PlainType::string:
            break;
    }
    return to_quoted_text(node.text());
}

}  // namespace

source::Result<std::string> to_json(source::Node node) {
    if (node.is_scalar()) return to_scalar_json(node);
    std::string json;
    for (const auto& item : node.items()) {
        const auto value = to_json(item);
        if (!value) return value;
        json += (json.empty() ? "" : ",") + *value;
    }
    std::set<std::string> keys;  // A value in one of them may have made it another one.
    for (const auto& member : node.members()) {
        const auto key = to_map_key_text(member.key);
        if (!key) return key;
        if (!keys.insert(*key).second)
            return member.key.problem(source::ProblemCode::invalid, "the key " + quote(member.key) + " is given twice");
        const auto value = to_json(member.value);
        if (!value) return value;
        json += (json.empty() ? "" : ",") + to_quoted_text(*key) + ':' + *value;
    }
    return node.is_sequence() ? '[' + json + ']' : '{' + json + '}';
}

}  // namespace understudy::convert
