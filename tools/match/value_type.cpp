#include "tools/match/value_type.hpp"

#include "tools/match/text_kind.hpp"

#include <string>

namespace understudy::match {

bool is_of_type(const Value& value, std::string_view type) {
    if (type == "string") return value.kind == Kind::text;
    if (type == "number") return value.kind == Kind::number;
    if (type == "integer")
        return value.kind == Kind::number && value.text.find_first_of(".N") == std::string::npos &&
               value.text.find("e-") == std::string::npos && !value.text.ends_with("Infinity");
    if (type == "boolean") return value.kind == Kind::boolean;
    if (type == "null") return value.kind == Kind::null;
    if (type == "list" || type == "array") return value.kind == Kind::list;
    if (type == "object") return value.kind == Kind::object;
    if (!value.type.empty()) return value.type == type;
    return value.kind == Kind::text && is_text_kind(value.text, type).value_or(false);
}

}  // namespace understudy::match
