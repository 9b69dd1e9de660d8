#include "emulator/traffic_record.hpp"

#include "emulator/process/content_hash.hpp"
#include "emulator/process/program.hpp"
#include "emulator/record/write_line.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdlib>
#include <fstream>
#include <utility>
#include <variant>

namespace understudy {
namespace {

/// What a quiet hour keeps of a busy minute.
constexpr std::size_t kMostKept = 1 << 20;

/// Which build it is; empty where there is no such file.
std::string hash_program(const app::Function& function) {
    if (function.command.empty()) return {};
    const char* search_path = std::getenv("PATH");
    const auto program =
        process::find_program(function.command.front(), search_path == nullptr ? "" : search_path, function.directory);
    if (!program) return {};
    std::ifstream file(*program, std::ios::binary);
    if (!file) return {};
    process::ContentHash hash;
    std::array<char, 64 * 1024> room;
    while (file.read(room.data(), room.size()) || file.gcount() > 0)
        hash.add({room.data(), static_cast<std::size_t>(file.gcount())});
    return hash.finish();
}

record::Function describe(const app::Function& function) {
    record::Function described{.name = function.name, .code_sha256 = hash_program(function)};
    for (const auto& [name, value] : function.environment) described.environment[name] = value;
    described.handler = function.handler;
    described.timeout_ms = static_cast<std::uint32_t>(function.timeout.count());
    described.memory_mb = static_cast<std::uint32_t>(function.memory_megabytes);
    described.directory = function.directory;
    return described;
}

bool does_stream(const app::Route& route) {
    const auto* integration = std::get_if<app::LambdaIntegration>(&route.integration);
    return integration != nullptr && integration->transfer == app::TransferMode::stream;
}

std::string find_payload_format(const app::Api& api) {
    for (const app::Route& route : api.routes) {
        const auto* integration = std::get_if<app::LambdaIntegration>(&route.integration);
        if (integration != nullptr && api.kind == app::ApiKind::http)
            return integration->payload == app::PayloadFormat::v1 ? "1.0" : "2.0";
    }
    return {};
}

record::Api describe(const app::Api& api) {
    record::Api described{.id = api.id, .kind = std::string(app::kind_name(api.kind)), .name = api.name};
    for (const app::Stage& stage : api.stages) described.stages.push_back(stage.name);
    described.binary_media_types = api.binary_media_types;
    described.streams = std::ranges::any_of(api.routes, does_stream);
    described.multi_value_headers = api.multi_value_headers;
    described.payload_format = find_payload_format(api);
    return described;
}

}  // namespace

TrafficRecord::TrafficRecord(const RecordingSettings& settings, std::optional<std::uint64_t> seed, OnProblem on_problem)
    : path_(settings.path),
      program_(settings.program),
      template_sha256_(settings.template_sha256),
      seed_(seed),
      redactor_(settings.redaction),
      file_(settings.path, settings.most_bytes),
      on_problem_(std::move(on_problem)) {}

source::Result<void> TrafficRecord::open() {
    auto opened = file_.open();
    if (opened && file_.others_may_read())
        on_problem_({source::ProblemCode::none,
                     "the recording " + path_ + " was there already, and others may read it: chmod go-r " + path_});
    return opened;
}

void TrafficRecord::begin_session(const app::Application& application) {
    record::Session session{.program = program_, .seed = seed_, .template_sha256 = template_sha256_};
    session.started =
        std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::system_clock::now().time_since_epoch());
    for (const app::Function& function : application.functions) session.functions.push_back(describe(function));
    for (const app::Api& api : application.apis) session.apis.push_back(describe(api));
    redactor_.redact(session);
    std::string line;
    record::append_line(line, session);
    tell(file_.begin_session(std::move(line)));
}

void TrafficRecord::write(std::vector<record::Exchange>&& exchanges) {
    lines_.clear();
    for (record::Exchange& exchange : exchanges) {
        redactor_.redact(exchange);
        record::append_line(lines_, exchange);
    }
    tell(file_.append(lines_));
    if (lines_.capacity() > kMostKept) lines_ = {};
}

void TrafficRecord::tell(const std::optional<source::Problem>& problem) const {
    if (problem) on_problem_(*problem);
}

}  // namespace understudy
