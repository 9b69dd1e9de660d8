#include "tools/understudy/served_application.hpp"

#include "emulator/gateway/access/key_set.hpp"
#include "emulator/http/loopback_url.hpp"
#include "emulator/process/code_package.hpp"

#include <algorithm>
#include <cstdlib>
#include <iterator>

namespace understudy::cli {
namespace {

std::string read_path() {
    const char* path = std::getenv("PATH");
    return path == nullptr ? std::string() : path;
}

}  // namespace

ServedApplication::ServedApplication(const ServeOptions& options)
    : base_(options.function.application),
      says_port_(options.says_port),
      issuer_keys_(options.issuer_keys),
      search_path_(read_path()) {
    if (!options.files) return;
    loader_.emplace(std::filesystem::current_path().string(), *options.files);
    is_document_ = !options.files->openapi_file.empty();
}

source::Result<std::filesystem::path> ServedApplication::scratch() {
    if (scratch_.path().empty()) {
        auto scratch = process::TempDirectory::make_in_system();
        if (!scratch) return scratch.error();
        scratch_ = std::move(*scratch);
    }
    return scratch_.path();
}

source::Result<PreparedApplication> ServedApplication::prepare(const process::GoesOn& goes_on) {
    PreparedApplication prepared;
    prepared.application = base_;
    if (loader_) {
        auto loaded = loader_->load(base_);
        if (!loaded) return loaded.error();
        prepared.application = std::move(loaded->application);
        prepared.application.profile = base_.profile;
        prepared.shown = std::move(loaded->shown);
        if (!says_port_) prepared.port = loaded->port;
        for (const auto* notices : {&loaded->notices, &loaded->unused}) {
            for (const source::Problem& notice : *notices)
                prepared.notices.push_back("note: " + to_string(notice) + '\n');
        }
        if (is_document_ && base_.functions.empty() && !prepared.application.functions.empty())
            prepared.notices.push_back("note: the functions of '" + prepared.shown +
                                       "' have no code: write '-- COMMAND' behind it, or serve a template\n");
        for (std::string& file : loaded->files) prepared.watched.emplace_back(std::move(file));
    }
    if (const auto read = read_issuer_keys(prepared); !read) return read.error();
    if (const auto made = scratch(); !made) return made.error();
    for (app::Function& function : prepared.application.functions) {
        if (process::is_stopped(goes_on)) return process::stopped_problem();
        prepare_function(function, goes_on, prepared);
    }
    return prepared;
}

source::Result<void> ServedApplication::read_issuer_keys(PreparedApplication& prepared) {
    key_files_.begin_round();
    for (const std::string& word : issuer_keys_) {
        const auto sign = word.find('=');
        const std::string place = word.substr(sign + 1);
        if (http::parse_loopback_url(place)) {
            prepared.issuer_keys.push_back({word.substr(0, sign), {}, place});
            continue;
        }
        auto text = key_files_.read(place);
        if (!text) return source::Problem(text.error().code(), text.error().message() + " (--jwks)");
        if (!access::parse_key_set(*text))
            return source::Problem(source::ProblemCode::invalid, "'" + place + "' is no JWKS document (--jwks)");
        prepared.issuer_keys.push_back({word.substr(0, sign), *std::move(text), {}});
        prepared.watched.push_back(std::filesystem::absolute(place).lexically_normal());
        prepared.key_files.insert(prepared.watched.back());
    }
    return {};
}

void ServedApplication::prepare_function(app::Function& function, const process::GoesOn& goes_on,
                                         PreparedApplication& prepared) {
    if (function.command.empty() && function.code.empty() && function.layers.empty()) return;
    for (const auto& path : process::watched_paths(function, search_path_)) {
        auto& functions = prepared.functions_of[path];
        // What several functions share is watched once.
        if (functions.empty()) prepared.watched.push_back(path);
        functions.insert(function.name);
    }
    if (function.code.empty() && function.layers.empty()) return;
    auto package = process::prepare_code(function, scratch_.path(), search_path_, goes_on);
    if (!package) {
        prepared.failures.push_back({function.name, "function " + function.name + ": " + to_string(package.error())});
        if (function.command.empty())
            function.command = {process::find_program_of_code(function, scratch_.path(), goes_on).native()};
        if (function.directory.empty()) function.directory = std::filesystem::current_path().string();
        prepared.code.emplace_back(function.command.front());
        return;
    }
    for (const std::string& notice : package->notices)
        prepared.notices.push_back("note: function " + function.name + ": " + notice + '\n');
    std::ranges::move(package->folders, std::back_inserter(prepared.code));
    function.command = std::move(package->command);
    function.directory = std::move(package->directory);
    function.opt = package->opt.string();
}

void ServedApplication::remove_other_code(const std::vector<std::filesystem::path>& keep) const {
    if (!scratch_.path().empty()) process::remove_other_code(scratch_.path(), keep);
}

source::Problems ServedApplication::further(const source::Problem& problem) const {
    return loader_ ? loader_->further(problem) : source::Problems();
}

std::string ServedApplication::render(const source::Problem& problem, source::Colour colour) const {
    return loader_ ? loader_->render(problem, colour) : source::render_diagnostic(problem, {}, colour);
}

}  // namespace understudy::cli
