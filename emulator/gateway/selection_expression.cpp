#include "emulator/gateway/selection_expression.hpp"

#include "emulator/gateway/json_member.hpp"

#include <algorithm>
#include <cstddef>

namespace understudy::gateway {

SelectionExpression::SelectionExpression(std::string_view expression) {
    std::string_view inner = expression;
    if (inner.starts_with("${") && inner.ends_with('}')) {
        inner.remove_suffix(1);
        inner.remove_prefix(2);
    } else if (inner.starts_with('$')) {
        inner.remove_prefix(1);
    }
    constexpr std::string_view kBody = "request.body.";
    if (!inner.starts_with(kBody)) {
        key_ = expression;
        return;
    }
    inner.remove_prefix(kBody.size());
    while (!inner.empty()) {
        const auto end = std::min(inner.find('.'), inner.size());
        names_.emplace_back(inner.substr(0, end));
        inner.remove_prefix(std::min(end + 1, inner.size()));
    }
}

std::optional<std::string> SelectionExpression::evaluate(std::string_view message) const {
    if (names_.empty()) return key_;
    return find_json_text(message, names_);
}

}  // namespace understudy::gateway
