#include "emulator/gateway/stage.hpp"

#include "emulator/gateway/rest_router.hpp"

#include <algorithm>

namespace understudy::gateway {
namespace {

constexpr std::string_view kDefault = "$default";

std::optional<std::size_t> find_stage(const app::Api& api, std::string_view name) {
    const auto found = std::ranges::find(api.stages, name, &app::Stage::name);
    if (found == api.stages.end()) return std::nullopt;
    return static_cast<std::size_t>(found - api.stages.begin());
}

std::string_view first_segment(std::string_view path) {
    path.remove_prefix(1);
    return path.substr(0, path.find('/'));
}

std::string_view or_root(std::string_view path) {
    return path.empty() ? "/" : path;
}

StagedPath behind_first_segment(std::size_t stage, std::string_view path) {
    return {stage, or_root(path.substr(1 + first_segment(path).size())), {}, std::string(path)};
}

StagedPath implied(const app::Api& api, std::size_t stage, std::string_view path) {
    StagedPath staged{stage, path, {}, {}};
    if (const auto name = stage_name(api, stage); name != kDefault) staged.stage_path.append("/").append(name);
    staged.stage_path.append(path);
    return staged;
}

std::optional<StagedPath> resolve_http(const app::Api& api, Entrance::Kind kind, std::string_view path) {
    if (const auto stage = find_stage(api, first_segment(path)); stage && api.stages[*stage].name != kDefault) {
        return behind_first_segment(*stage, path);
    }
    if (const auto stage = find_stage(api, kDefault)) return StagedPath{*stage, path, {}, std::string(path)};
    if (kind == Entrance::Kind::implied && !api.stages.empty()) return implied(api, 0, path);
    return std::nullopt;
}

std::optional<StagedPath> resolve_rest(const app::Api& api, Entrance::Kind kind, std::string_view path) {
    if (kind == Entrance::Kind::implied) return implied(api, 0, path);
    const std::string_view shown = with_one_slash(path);
    const auto stage = find_stage(api, first_segment(shown));
    if (!stage) return std::nullopt;
    return behind_first_segment(*stage, shown);
}

/// Behind the stage there is nothing but `@connections`, so a stage may be named where it is implied too.
std::optional<StagedPath> resolve_websocket(const app::Api& api, Entrance::Kind kind, std::string_view path) {
    const bool named = find_stage(api, first_segment(with_one_slash(path))).has_value();
    return resolve_rest(api, named ? Entrance::Kind::by_path : kind, path);
}

/// Behind a custom domain's base path, where the stage stands if the mapping says none.
std::optional<StagedPath> resolve_mapped(const app::Api& api, const Entrance& entrance, std::string_view path) {
    const auto base = std::min(entrance.base_path, path.size());
    std::optional<StagedPath> staged(std::in_place);
    if (entrance.stage) {
        staged->stage = *entrance.stage;
        staged->path = or_root(path.substr(base));
    } else {
        staged = resolve_rest(api, Entrance::Kind::by_path, or_root(path.substr(base)));
        if (!staged) return std::nullopt;
    }
    staged->base_path = path.substr(0, base).substr(base == 0 ? 0 : 1);
    staged->stage_path = path;
    return staged;
}

}  // namespace

std::string_view stage_name(const app::Api& api, std::size_t stage) {
    return stage < api.stages.size() ? std::string_view(api.stages[stage].name) : kDefault;
}

std::span<const std::pair<std::string, std::string>> stage_variables(const app::Api& api, std::size_t stage) {
    if (stage >= api.stages.size()) return {};
    return api.stages[stage].variables;
}

std::optional<StagedPath> resolve_stage(const app::Api& api, const Entrance& entrance, std::string_view path) {
    path = or_root(path.substr(std::min(entrance.prefix, path.size())));
    if (entrance.kind == Entrance::Kind::by_domain) return resolve_mapped(api, entrance, path);
    switch (api.kind) {
        case app::ApiKind::websocket:
            return resolve_websocket(api, entrance.kind, path);
        case app::ApiKind::rest:
            return resolve_rest(api, entrance.kind, path);
        case app::ApiKind::http:
            return resolve_http(api, entrance.kind, path);
        case app::ApiKind::url:
        case app::ApiKind::alb:
            break;
    }
    return StagedPath{0, path, {}, std::string(path)};
}

}  // namespace understudy::gateway
