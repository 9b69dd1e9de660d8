#include "tools/replay/promote_group.hpp"

#include "tools/replay/promote_scene.hpp"

#include <algorithm>
#include <cctype>

namespace understudy::replay {

std::string to_group_text(const PromoteGroup& group, const PromoteRules& rules) {
    const auto scene = find_scene(group, rules);
    std::string text = scene.front.empty() ? "" : "front door " + scene.front;
    if (scene.api != nullptr && !scene.api->name.empty()) text = "API " + scene.api->name + " (" + scene.front + ')';
    if (!scene.function.empty() && rules.template_file.empty())
        text += (text.empty() ? "function " : ", function ") + scene.function;
    return text.empty() ? "no front door" : text;
}

std::string to_group_name(const PromoteGroup& group, const PromoteRules& rules) {
    const auto scene = find_scene(group, rules);
    const bool named = scene.api != nullptr && !scene.api->name.empty();
    std::string name = named ? scene.api->name + '-' + scene.front : scene.front;
    const bool repeats = named && scene.function == scene.api->name;
    if (!scene.function.empty() && !repeats && (rules.template_file.empty() || name.empty()))
        name += (name.empty() ? "" : "-") + scene.function;
    if (name.empty()) name = "events";
    std::ranges::replace_if(
        name, [](unsigned char c) { return std::isalnum(c) == 0 && c != '-' && c != '_' && c != '.'; }, '_');
    return name;
}

std::vector<PromoteGroup> to_groups(std::span<const std::shared_ptr<const Selected>> exchanges,
                                    const PromoteRules& rules) {
    std::vector<PromoteGroup> groups;
    std::vector<Scene> scenes;
    for (const auto& selected : exchanges) {
        const auto scene = find_scene(*selected, rules);
        const auto found =
            std::ranges::find_if(scenes, [&](const Scene& known) { return can_share(known, scene, rules); });
        if (found == scenes.end()) {
            scenes.push_back(scene);
            groups.push_back({selected});
            continue;
        }
        complete(*found, scene);
        groups[static_cast<std::size_t>(found - scenes.begin())].push_back(selected);
    }
    return groups;
}

}  // namespace understudy::replay
