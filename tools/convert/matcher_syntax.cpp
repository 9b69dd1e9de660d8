#include "tools/convert/matcher_syntax.hpp"

namespace understudy::convert {

bool is_matcher_key(std::string_view key) {
    return key.starts_with('$') && !key.starts_with("$$");
}

bool is_matcher(source::Node node) {
    if (node.is_plain()) return node.text() == "$any" || node.text() == "$present" || node.text() == "$absent";
    if (!node.is_mapping() || node.members().empty()) return false;
    const auto first = node.members().front().key.text();
    return is_matcher_key(first) && first != kIgnoreKey;
}

}  // namespace understudy::convert
