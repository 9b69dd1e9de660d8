#include "tools/understudy/recorded_fronts.hpp"

#include "emulator/app/single_function.hpp"

#include <algorithm>
#include <optional>
#include <utility>

namespace understudy::cli {
namespace {

/// Both payload formats of HTTP APIs are of one kind. Recordings from before the format was written down tell it by the
/// first request.
std::optional<app::FrontKind> find_front(const record::Api& api, const RecordedScene& scene) {
    const bool is_first_format =
        api.payload_format == "1.0" || (api.payload_format.empty() && scene.front == "http1" && api.id == scene.api);
    if (api.kind == "http" && is_first_format) return app::FrontKind::http1;
    return app::find_front(api.kind);
}

app::FrontOptions to_front_options(const record::Api& api, const app::FrontOptions& given) {
    app::FrontOptions front = given;
    if (front.binary_media_types.empty()) front.binary_media_types = api.binary_media_types;
    if (api.streams) front.transfer = app::TransferMode::stream;
    front.multi_value_headers = front.multi_value_headers || api.multi_value_headers;
    return front;
}

app::Api to_front(app::FrontKind kind, const record::Api& recorded, const ReplayOptions& options,
                  const std::string& function) {
    app::Api api = app::to_single_function_api(kind, to_front_options(recorded, options.front_options), function);
    if (!recorded.name.empty()) api.name = recorded.name;
    if (recorded.stages.empty()) return api;
    api.stages.clear();
    for (const std::string& stage : recorded.stages) api.stages.push_back({.name = stage});
    return api;
}

}  // namespace

std::vector<app::Api> to_recorded_fronts(const record::Session* session, const ReplayOptions& options,
                                         const RecordedScene& scene, const std::string& function) {
    std::vector<app::Api> fronts;
    if (session != nullptr && options.front.empty()) {
        for (const record::Api& api : session->apis) {
            const auto kind = find_front(api, scene);
            if (!kind) continue;
            fronts.push_back(to_front(*kind, api, options, function));
            fronts.back().id = api.id;
        }
    }
    if (fronts.empty()) {
        const auto kind = app::find_front(options.front.empty() ? scene.front : options.front);
        fronts.push_back(
            app::to_single_function_api(kind.value_or(app::FrontKind::http), options.front_options, function));
        fronts.back().id = scene.api;
    }
    // Where several answer, requests name theirs by its recorded id.
    if (fronts.size() == 1 && !options.recorded_ids) fronts.front().id.clear();
    return fronts;
}

}  // namespace understudy::cli
