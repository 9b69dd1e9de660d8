#include "tools/understudy/explain.hpp"

#include "emulator/files/read_file.hpp"
#include "emulator/source/problem.hpp"
#include "tools/understudy/explain_report.hpp"
#include "tools/understudy/explained_request.hpp"

#include <filesystem>
#include <iostream>
#include <optional>

namespace understudy::cli {
namespace {

source::Result<std::string> read_body(const std::string& word) {
    return word.starts_with('@') ? files::read_file(word.substr(1)) : source::Result<std::string>(word);
}

source::Result<http::Request> to_request(const ExplainOptions& options) {
    auto body = read_body(options.body);
    if (!body) return body.error();
    http::Request request{options.method, {}, 1, options.headers, std::move(*body)};
    set_target(request, options.target);
    if (const auto checked = check_length(request); !checked) return checked.error();
    return request;
}

app::Application before_one_function(app::FrontKind front, const ExplainOptions& options) {
    app::Application application;
    application.profile = options.profile;
    const std::string name = application.functions.emplace_back().name;
    application.apis.push_back(app::to_single_function_api(front, options.front_options, name));
    return application;
}

std::vector<Explanation> explain_fronts(const ExplainOptions& options, const http::Request& request,
                                        const std::optional<std::string>& reply) {
    std::vector<Explanation> explanations;
    for (const app::FrontKind front : options.fronts) {
        auto one = explain_request(before_one_function(front, options), request, reply);
        if (one.front().front.empty()) return one;
        one.front().front = app::front_name(front);
        explanations.push_back(std::move(one.front()));
    }
    return explanations;
}

int fail(const std::string& message) {
    std::cerr << "understudy explain: " << message << '\n';
    return 1;
}

}  // namespace

int explain(const ExplainOptions& options) {
    const auto request = to_request(options);
    if (!request) return fail(request.error().message());
    std::optional<std::string> reply;
    if (!options.response_file.empty()) {
        auto text = files::read_file(options.response_file);
        if (!text) return fail(text.error().message());
        reply = std::move(*text);
    }
    std::vector<Explanation> explanations;
    if (!names_application(options.files)) {
        explanations = explain_fronts(options, *request, reply);
    } else {
        ApplicationLoader loader(std::filesystem::current_path().string(), options.files);
        auto loaded = loader.load({});
        if (!loaded) {
            std::cerr << loader.render(loaded.error(), source::Colour::none);
            return 1;
        }
        for (const source::Problem& notice : loaded->notices) std::cerr << "note: " << to_string(notice) << '\n';
        loaded->application.profile = options.profile;
        explanations = explain_request(loaded->application, *request, reply);
        if (explanations.empty()) return fail(loaded->shown + " has no API");
    }
    std::cout << (options.output == ExplainOutput::json ? render_explanations_as_json(explanations)
                                                        : render_explanations(explanations))
              << std::flush;
    return 0;
}

}  // namespace understudy::cli
