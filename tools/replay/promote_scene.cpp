#include "tools/replay/promote_scene.hpp"

#include "tools/replay/entrance.hpp"
#include "tools/replay/promote_step.hpp"
#include "tools/replay/subject.hpp"

#include <algorithm>
#include <cctype>

namespace understudy::replay {
namespace {

const record::Function* find_function(const record::Session* session, const std::string& name) {
    if (session == nullptr) return nullptr;
    const auto found = std::ranges::find(session->functions, name, &record::Function::name);
    return found == session->functions.end() ? nullptr : &*found;
}

/// Ids are others in each session.
bool is_same_door(const Scene& one, const Scene& other) {
    if (one.front != other.front || (one.api == nullptr) != (other.api == nullptr)) return false;
    if (one.api == nullptr) return true;
    record::Api renamed = *other.api;
    renamed.id = one.api->id;
    return *one.api == renamed;
}

/// Whatever build it was of.
bool is_same_function(const Scene& one, const Scene& other) {
    if (one.function != other.function) return false;
    if (one.described == nullptr || other.described == nullptr) return true;
    record::Function rebuilt = *other.described;
    rebuilt.code_sha256 = one.described->code_sha256;
    return *one.described == rebuilt;
}

bool can_share(const Scene& one, const Scene& other, const PromoteRules& rules) {
    const bool doors = one.front.empty() || other.front.empty() || is_same_door(one, other);
    const bool functions =
        !rules.template_file.empty() || one.function.empty() || other.function.empty() || is_same_function(one, other);
    return doors && functions;
}

/// What the one does not say yet, the other says.
void complete(Scene& scene, const Scene& other) {
    if (scene.front.empty()) {
        scene.front = other.front;
        scene.api = other.api;
    }
    if (scene.function.empty()) scene.function = other.function;
    if (scene.described == nullptr && scene.function == other.function) scene.described = other.described;
}

}  // namespace

Scene find_scene(const Selected& selected, const PromoteRules& rules) {
    const auto& exchange = selected.exchange();
    const auto* session = selected.recorded.session.get();
    Scene scene;
    if (rules.front.empty() || rules.front == exchange.front) scene.api = find_described_api(exchange, session);
    scene.front = choose_front(exchange, scene.api, rules);
    if (scene.front.empty()) scene.api = nullptr;
    scene.function = to_subject(exchange).function;
    scene.described = find_function(session, scene.function);
    return scene;
}

Scene find_scene(const PromoteGroup& group, const PromoteRules& rules) {
    Scene scene = find_scene(*group.front(), rules);
    for (const auto& selected : group) complete(scene, find_scene(*selected, rules));
    return scene;
}

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
