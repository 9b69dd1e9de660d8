#include "tools/replay/promote_scene.hpp"

#include "tools/replay/entrance.hpp"
#include "tools/replay/promote_step.hpp"
#include "tools/replay/subject.hpp"

#include <algorithm>

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

}  // namespace

bool can_share(const Scene& one, const Scene& other, const PromoteRules& rules) {
    const bool doors = one.front.empty() || other.front.empty() || is_same_door(one, other);
    const bool functions =
        !rules.template_file.empty() || one.function.empty() || other.function.empty() || is_same_function(one, other);
    return doors && functions;
}

void complete(Scene& scene, const Scene& other) {
    if (scene.front.empty()) {
        scene.front = other.front;
        scene.api = other.api;
    }
    if (scene.function.empty()) scene.function = other.function;
    if (scene.described == nullptr && scene.function == other.function) scene.described = other.described;
}

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

}  // namespace understudy::replay
