#include "emulator/event/mapping_target.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace understudy::event {
namespace {

using Action = MappingTarget::Action;
using Part = MappingTarget::Part;

constexpr std::array<std::pair<std::string_view, Action>, 3> kActions{
    {{"append:", Action::append}, {"overwrite:", Action::overwrite}, {"remove:", Action::remove}}};

}  // namespace

std::optional<MappingTarget> parse_mapping_target(std::string_view text) {
    const auto action = std::ranges::find_if(kActions, [&](const auto& each) { return text.starts_with(each.first); });
    if (action == kActions.end()) return std::nullopt;
    MappingTarget target{.action = action->second};
    text.remove_prefix(action->first.size());
    if (text == "path" || text == "statuscode") {
        if (target.action != Action::overwrite) return std::nullopt;
        target.part = text == "path" ? Part::path : Part::statuscode;
        return target;
    }
    const auto dot = text.find('.');
    if (dot == std::string_view::npos || dot + 1 == text.size()) return std::nullopt;
    target.name = text.substr(dot + 1);
    if (text.starts_with("header.")) return target;
    target.part = Part::querystring;
    return text.starts_with("querystring.") ? std::optional(target) : std::nullopt;
}

}  // namespace understudy::event
