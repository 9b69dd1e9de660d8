#include "tools/scenario/variables.hpp"

#include "emulator/source/document.hpp"
#include "tools/convert/json_text.hpp"
#include "tools/convert/yaml_json.hpp"
#include "tools/match/json_value.hpp"

namespace understudy::scenario {

std::optional<std::string> Variables::find(std::string_view name) const {
    constexpr std::string_view kEnvironment = "env.";
    if (name.starts_with(kEnvironment) && environment_) {
        const auto variable = environment_->find(std::string(name.substr(kEnvironment.size())));
        if (variable != environment_->end()) return convert::to_quoted_text(variable->second);
    }
    const auto found = values_.find(name);
    return found == values_.end() ? std::nullopt : std::optional(found->second);
}

std::vector<std::string_view> Variables::names() const {
    std::vector<std::string_view> names(announced_.begin(), announced_.end());
    for (const auto& [name, value] : values_) names.emplace_back(name);
    return names;
}

std::string to_inserted_text(std::string_view json) {
    if (!json.starts_with('"')) return std::string(json);
    const auto document = source::parse_document(json, "");  // JSON is YAML
    return document ? std::string(document->root().text()) : std::string(json);
}

std::string to_json_value(std::string_view text) {
    // JSON has no matchers, and no keys that are written otherwise.
    if (text.starts_with('{') || text.starts_with('[')) {
        if (const auto value = match::parse_json(text)) return match::to_text(*value);
    }
    const auto document = source::parse_document(text, "");
    const bool plain = document && document->root().is_scalar() && document->root().text() == text && !text.empty();
    const bool json = document && (text.starts_with('{') || text.starts_with('[') || text.starts_with('"'));
    const auto value =
        plain || json ? convert::to_json(document->root()) : source::Result<std::string>(source::Problem());
    return value ? *value : convert::to_quoted_text(text);
}

}  // namespace understudy::scenario
