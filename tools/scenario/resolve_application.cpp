#include "emulator/app/variable_name.hpp"
#include "emulator/files/read_file.hpp"
#include "emulator/source/suggestion.hpp"
#include "emulator/source/word_list.hpp"
#include "tools/convert/bytes_text.hpp"
#include "tools/convert/convert.hpp"
#include "tools/scenario/resolve.hpp"

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <map>

namespace understudy::scenario {

namespace {

namespace fs = std::filesystem;
using source::Node;

Node item_or(std::optional<Node> list, int index, Node otherwise) {
    const auto i = static_cast<std::size_t>(index);
    return list && i < list->items().size() ? list->items()[i] : otherwise;
}

}  // namespace

std::optional<Node> find_written(Node node, const google::protobuf::Descriptor& type, std::string_view name) {
    for (const auto& written : convert::written_fields(type, node)) {
        if (written.field->name() == name && !written.value.is_null()) return written.value;
    }
    return std::nullopt;
}

Resolver::Resolver(std::string folder, std::vector<source::Problem>& problems)
    : folder_(folder.empty() ? "." : std::move(folder)), problems_(problems) {}

std::string Resolver::path(const std::string& written) const {
    const auto joined = (fs::path(folder_) / written).lexically_normal().string();
    return joined.size() > 1 && joined.ends_with('/') ? joined.substr(0, joined.size() - 1) : joined;
}

void Resolver::add(Node node, std::string message, std::string note) {
    problems_.push_back(node.problem(source::ProblemCode::invalid, std::move(message)).with_note(std::move(note)));
}

SchemaFiles Resolver::resolve_schema(const v1::Schema& schema, Node node) {
    SchemaFiles files;
    const bool has_protos = schema.proto_files_size() > 0;
    if (has_protos != schema.descriptor_set().empty()) {
        add(node, "a schema needs either proto_files or descriptor_set", "");
    } else if (has_protos) {
        files.proto_files.assign(schema.proto_files().begin(), schema.proto_files().end());
        files.import_paths = resolve_import_paths(schema, node);
        check_proto_files(files, node);
    } else {
        files.descriptor_set = path(schema.descriptor_set());
        if (!fs::is_regular_file(files.descriptor_set))
            add(find_written(node, *v1::Schema::descriptor(), "descriptor_set").value_or(node),
                "there is no file '" + files.descriptor_set + "'", "the path begins at the scenario's folder");
    }
    return files;
}

std::vector<std::string> Resolver::resolve_import_paths(const v1::Schema& schema, Node node) {
    std::vector<std::string> folders;
    const auto list = find_written(node, *v1::Schema::descriptor(), "import_paths");
    for (int i = 0; i < schema.import_paths_size(); ++i) {
        folders.push_back(path(schema.import_paths(i)));
        if (!fs::is_directory(folders.back()))
            add(item_or(list, i, node), "there is no folder '" + folders.back() + "'",
                "the path begins at the scenario's folder");
    }
    if (folders.empty()) folders.push_back(folder_);
    return folders;
}

void Resolver::check_proto_files(const SchemaFiles& files, Node node) {
    const auto list = find_written(node, *v1::Schema::descriptor(), "proto_files");
    std::string folders;
    for (const auto& folder : files.import_paths) folders += (folders.empty() ? "" : ", ") + folder;
    for (std::size_t i = 0; i < files.proto_files.size(); ++i) {
        const auto& name = files.proto_files[i];
        const bool exists = std::any_of(files.import_paths.begin(), files.import_paths.end(), [&](const auto& folder) {
            return fs::is_regular_file(fs::path(folder) / name);
        });
        if (!exists && !name.starts_with("google/protobuf/"))
            add(item_or(list, static_cast<int>(i), node), "there is no file '" + name + "' in the import paths",
                "looked in " + folders);
    }
}

void Resolver::resolve_application(const v1::Application& application, Node node, Scenario& scenario) {
    auto& function = scenario.function;
    if (!application.template_().empty()) return resolve_template(application, node, scenario);
    for (const auto* name : {"parameters", "api"}) {
        if (const auto place = find_written(node, *v1::Application::descriptor(), name))
            add(*place, "'" + std::string(name) + "' goes with a template", "");
    }
    if (application.command().empty() || application.command(0).empty()) {
        add(node, "an application needs a command, or a template", "for example: command: [../build/bin/bootstrap]");
        return;
    }
    function.command.assign(application.command().begin(), application.command().end());
    auto& program = function.command.front();
    if (program.find('/') != std::string::npos) program = fs::absolute(path(program)).lexically_normal().string();
    function.directory = fs::absolute(path(application.directory())).lexically_normal().string();
    if (function.directory.size() > 1 && function.directory.ends_with('/')) function.directory.pop_back();
    if (!fs::is_directory(function.directory))
        add(find_written(node, *v1::Application::descriptor(), "directory").value_or(node),
            "there is no folder '" + function.directory + "'", "the path begins at the scenario's folder");
    if (!application.handler().empty()) function.handler = application.handler();
    if (const auto variables = find_written(node, *v1::Application::descriptor(), "environment")) {
        for (const auto& variable : variables->members()) {
            const auto value = application.environment().find(std::string(variable.key.text()));
            if (value == application.environment().end()) continue;
            constexpr std::string_view kSaid = "AWS refuses it: ";
            if (auto fault = app::find_name_fault(value->first))
                add(variable.key, "AWS refuses the variable '" + value->first + fault->replace(0, kSaid.size(), "': "),
                    "");
            function.environment.emplace_back(value->first, value->second);
        }
    }
    resolve_limits(application, node, function);
    resolve_fronts(application, node, scenario);
    scenario.binary_media_types.assign(application.binary_media_types().begin(),
                                       application.binary_media_types().end());
    scenario.multi_value_headers = application.multi_value_headers();
}

void Resolver::resolve_template(const v1::Application& application, Node node, Scenario& scenario) {
    const auto find = [&](std::string_view name) { return find_written(node, *v1::Application::descriptor(), name); };
    for (const auto* name : {"command", "environment", "fronts", "binary_media_types", "multi_value_headers", "timeout",
                             "memory", "directory", "handler"}) {
        if (const auto place = find(name)) add(*place, "with a template, '" + std::string(name) + "' stands in it", "");
    }
    TemplatePlan plan{.file = fs::absolute(path(application.template_())).lexically_normal().string(),
                      .parameters = {},
                      .api = application.api()};
    if (!fs::is_regular_file(plan.file))
        add(*find("template"), "there is no file '" + plan.file + "'", "the path begins at the scenario's folder");
    plan.parameters.assign(application.parameters().begin(), application.parameters().end());
    std::sort(plan.parameters.begin(), plan.parameters.end());
    scenario.template_plan = std::move(plan);
    constexpr std::chrono::seconds kLongestTimeout{900};
    scenario.function.timeout = kLongestTimeout;  // How long a reply may take: the template's functions differ.
}

void Resolver::resolve_files(const v1::Scenario& format, Node root, Scenario& scenario) {
    const auto list = find_written(root, *v1::Scenario::descriptor(), "files");
    for (int i = 0; i < format.files_size(); ++i) {
        const auto& file = format.files(i);
        const auto place = item_or(list, i, root);
        const auto name = fs::path(file.path()).lexically_normal();
        if (file.path().empty() || name.is_absolute() || name.begin()->string() == "..")
            add(place, "a file needs a path in the run's folder", "for example: path: logs/today.log");
        if (file.has_text() + file.has_base64() + file.has_from() != 1)
            add(place, "a file has one of text, base64 and from", "");
        std::string bytes = file.text();
        if (file.has_base64()) {
            const auto decoded = convert::parse_base64(file.base64());
            if (!decoded) add(place, "base64 is no base64", "");
            bytes = decoded.value_or("");
        } else if (file.has_from()) {
            auto read = files::read_file(path(file.from()));
            if (!read) add(place, read.error().message(), "the path begins at the scenario's folder");
            bytes = read ? *std::move(read) : std::string();
        }
        scenario.files.push_back({name.string(), std::move(bytes)});
    }
}

void Resolver::resolve_limits(const v1::Application& application, Node node, app::Function& function) {
    constexpr std::int64_t kLongest = 900'000;
    if (application.has_timeout()) {
        const auto& timeout = application.timeout();
        const auto milliseconds =
            timeout.seconds() > kLongest ? kLongest + 1 : timeout.seconds() * 1000 + timeout.nanos() / 1'000'000;
        if (milliseconds < 1 || milliseconds > kLongest || timeout.nanos() % 1'000'000 != 0)
            add(find_written(node, *v1::Application::descriptor(), "timeout").value_or(node),
                "a timeout is 0.001s to 900s, in whole milliseconds", "");
        function.timeout = std::chrono::milliseconds(milliseconds);
    }
    if (const auto memory = find_written(node, *v1::Application::descriptor(), "memory")) {
        if (application.memory() < 128 || application.memory() > 10240)
            add(*memory, "the memory of a function is 128 to 10240 MB", "");
        function.memory_megabytes = static_cast<int>(application.memory());
    }
}

void Resolver::resolve_fronts(const v1::Application& application, Node node, Scenario& scenario) {
    const auto list = find_written(node, *v1::Application::descriptor(), "fronts");
    const auto names = front_names();
    if (list && list->is_sequence() && list->items().empty())
        add(*list, "an application has at least one front", "fronts are " + source::render_list(names, "and"));
    for (int i = 0; i < application.fronts_size(); ++i) {
        const auto place = item_or(list, i, node);
        const auto& front = application.fronts(i);
        const auto kind = find_front(front);
        if (!kind) {
            problems_.push_back(place.problem(source::ProblemCode::invalid, "'" + front + "' is no front")
                                    .with_hint(source::render_suggestion(front, names))
                                    .with_note("fronts are " + source::render_list(names, "and")));
            continue;
        }
        if (std::find(scenario.fronts.begin(), scenario.fronts.end(), *kind) != scenario.fronts.end())
            add(place, "front '" + std::string(front_name(*kind)) + "' is listed twice", "");
        scenario.fronts.push_back(*kind);
    }
    if (scenario.fronts.empty()) scenario.fronts.push_back(Front::http);
}

}  // namespace understudy::scenario
