#include "tools/understudy/application_loader.hpp"

#include "emulator/app/environment_file.hpp"
#include "emulator/app/environment_overrides.hpp"
#include "emulator/gateway/expressions.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <filesystem>

namespace understudy::cli {
namespace {

namespace fs = std::filesystem;
using source::Problem;
using source::ProblemCode;
using source::Result;

constexpr std::array kTemplates{".aws-sam/build/template.yaml", "template.yaml", "template.yml", "template.json"};
constexpr std::array kConfigs{"samconfig.toml", "samconfig.yaml", "samconfig.yml"};
constexpr const char* kCdkFolder = "cdk.out";
constexpr std::string_view kCdkSuffix = ".template.json";

/// The templates that CDK has written.
std::vector<std::string> find_cdk_templates(const fs::path& folder) {
    std::vector<std::string> found;
    std::error_code error;
    for (const auto& entry : fs::directory_iterator(folder / kCdkFolder, error)) {
        const std::string name = entry.path().filename().string();
        if (name.ends_with(kCdkSuffix)) found.push_back(std::string(kCdkFolder) + '/' + name);
    }
    std::ranges::sort(found);
    return found;
}

/// A document names its functions only: all are run as this one is.
void run_as(const app::Function& pattern, std::vector<app::Function>& functions) {
    for (app::Function& function : functions) {
        app::Function named = pattern;
        named.name = std::move(function.name);
        named.versions = std::move(function.versions);
        named.aliases = std::move(function.aliases);
        function = std::move(named);
    }
}

/// Models and patterns that the gateway cannot use, where they are written.
void note_unusable(const std::vector<app::Expression>& expressions, LoadedApplication& loaded) {
    const std::vector<std::string> faults = gateway::find_faults(expressions, loaded.application.apis);
    for (std::size_t i = 0; i < faults.size(); ++i) {
        const Problem& place = expressions[i].place;
        if (!faults[i].empty()) loaded.notices.emplace_back(place.code(), faults[i], place.file(), place.position());
    }
}

}  // namespace

std::string ApplicationLoader::absolute(const std::string& path) const {
    return (fs::path(folder_) / path).lexically_normal().string();
}

Result<std::string> ApplicationLoader::read(const std::string& path, const std::string& name) {
    const std::string file = absolute(path);
    if (std::ranges::find(read_, file) == read_.end()) read_.push_back(file);
    auto text = reread_.read(file);
    if (!text) {
        std::string message = text.error().message();
        if (const auto at = message.find(file); at != std::string::npos) message.replace(at, file.size(), name);
        return Problem(text.error().code(), std::move(message));
    }
    return texts_[name] = *std::move(text);
}

/// Rule: SAM CLI begins at the folder of the template that it is given, else in the current one; the paths that the
/// configuration holds begin in the current one. Of several files it reads the first of kConfigs, and says so
/// [aws/aws-sam-cli samcli/cli/cli_config_file.py, samcli/commands/_utils/options.py, samcli/lib/config/samconfig.py
/// get_default_file]. Tested by: ApplicationLoader.ReadsTheConfigurationBesideTheTemplate,
/// ApplicationLoader.OfSeveralConfigurationsReadsTheOneThatSamCliDoes
std::string ApplicationLoader::config_path() {
    const fs::path folder = fs::path(files_.template_file).parent_path();
    if (!files_.config_file.empty()) return (folder / files_.config_file).string();
    std::vector<std::string> found;
    for (const char* name : kConfigs) {
        std::string file = (folder / name).string();
        if (fs::exists(absolute(file))) found.push_back(std::move(file));
    }
    if (found.empty()) return {};
    if (found.size() > 1) {
        unused_.emplace_back(ProblemCode::invalid, "there is more than one samconfig: " + found.front() +
                                                       " is read, as SAM CLI does; --config-file names another one");
    }
    return found.front();
}

Result<void> ApplicationLoader::read_config() {
    config_ = {};
    unused_.clear();
    const std::string file = config_path();
    if (file.empty()) return {};
    const auto text = read(file, file);
    if (!text) return text.error();
    auto config = read_sam_config(*text, file, files_.config_environment);
    if (!config) return config.error();
    config_ = std::move(*config);
    unused_.insert(unused_.end(), config_.unused.begin(), config_.unused.end());
    return {};
}

Result<std::string> ApplicationLoader::find_template() const {
    if (!files_.template_file.empty()) return files_.template_file;
    if (!config_.template_file.empty()) return config_.template_file;
    if (!found_.empty()) return found_;
    for (const char* name : kTemplates) {
        if (fs::exists(absolute(name))) return std::string(name);
    }
    const auto stacks = find_cdk_templates(folder_);
    if (stacks.size() == 1) return stacks.front();
    if (stacks.empty()) {
        return Problem(
            ProblemCode::not_found,
            "there is no template here: looked for .aws-sam/build/template.yaml, template.yaml, template.yml, "
            "template.json and cdk.out/*.template.json; name one, or write the function's command behind "
            "'--', for example\n  understudy serve -- ./bootstrap");
    }
    std::string names;
    for (const std::string& stack : stacks) names.append("\n  understudy serve ").append(stack);
    return Problem(ProblemCode::invalid, "there are several CDK templates: name one of them" + names);
}

Result<app::TemplateApplication> ApplicationLoader::read_application(const std::string& file,
                                                                     const app::Application& base) {
    const auto text = read(file, file);
    if (!text) return text.error();
    const auto document = source::parse_document(*text, file, source::DuplicateKeys::last_counts);
    if (!document) return document.error();
    app::TemplateInputs inputs{.folder = fs::path(absolute(file)).parent_path().string(),
                               .parameters = config_.parameters,
                               .read_text = [this](const std::string& path) { return read(path, path); },
                               .region = config_.region.empty() ? base.region : config_.region,
                               .account = base.account};
    for (const std::string& words : files_.parameter_overrides) {
        auto pairs = parse_parameter_overrides(words);
        if (!pairs) return pairs.error();
        inputs.parameters.insert(inputs.parameters.end(), pairs->begin(), pairs->end());
    }
    auto application = files_.openapi_file.empty() ? app::read_template(*document, inputs)
                                                   : app::read_openapi(*document, files_.openapi_kind, inputs);
    if (application) return std::move(*application);
    problems_ = application.error();
    return problems_.front();
}

Result<void> ApplicationLoader::apply_variables(LoadedApplication& loaded) {
    auto& functions = loaded.application.functions;
    if (!files_.env_file.empty()) {
        const auto text = read(files_.env_file, files_.env_file);
        if (!text) return text.error();
        const auto variables = app::parse_environment_file(*text, files_.env_file);
        if (!variables) return variables.error();
        app::apply_environment_file(*variables, functions);
    }
    const std::string& file = files_.env_vars.empty() ? config_.env_vars : files_.env_vars;
    if (file.empty()) return {};
    const auto text = read(file, file);
    if (!text) return text.error();
    const auto overrides = app::parse_environment_overrides(*text, file);
    if (!overrides) return overrides.error();
    for (Problem& idle : app::apply_overrides(*overrides, functions)) loaded.notices.push_back(std::move(idle));
    return {};
}

Result<LoadedApplication> ApplicationLoader::load(const app::Application& base) {
    texts_.clear();
    read_.clear();
    problems_.clear();
    reread_.begin_round();
    if (const auto config = read_config(); !config) return config.error();
    std::string file = files_.openapi_file;
    if (file.empty()) {
        const auto found = find_template();
        if (!found) return found.error();
        file = *found;
        if (files_.template_file.empty() && config_.template_file.empty()) found_ = file;
    }
    auto read = read_application(file, base);
    if (!read) return read.error();
    LoadedApplication loaded{
        .application = std::move(read->application), .shown = file, .notices = std::move(read->notices), .files = {}};
    note_unusable(read->expressions, loaded);
    if (!files_.openapi_file.empty() && !base.functions.empty())
        run_as(base.functions.front(), loaded.application.functions);
    if (const auto applied = apply_variables(loaded); !applied) return applied.error();
    loaded.files = read_;
    loaded.port = config_.port;
    loaded.unused = unused_;
    return loaded;
}

source::Problems ApplicationLoader::further(const Problem& problem) const {
    if (problems_.empty() || problem != problems_.front()) return {};
    return {problems_.begin() + 1, problems_.end()};
}

std::string ApplicationLoader::render(const Problem& problem, source::Colour colour) const {
    const auto text_of = [this](const std::string& file) {
        const auto text = texts_.find(file);
        return text == texts_.end() ? std::string_view() : std::string_view(text->second);
    };
    source::Problems all = further(problem);
    all.insert(all.begin(), problem);
    return source::render_diagnostics(all, text_of, colour);
}

}  // namespace understudy::cli
