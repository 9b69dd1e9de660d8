#include "tools/replay/rules.hpp"

#include "emulator/http/headers.hpp"
#include "emulator/source/suggestion.hpp"
#include "proto/wire/method_path.hpp"
#include "tools/match/ignore_path.hpp"
#include "tools/match/read_pattern.hpp"

#include <algorithm>
#include <cctype>
#include <functional>
#include <set>

namespace understudy::replay {
namespace {

bool is_hex(char c) {
    return std::isxdigit(static_cast<unsigned char>(c)) != 0;
}

/// Whether a UUID begins here.
bool is_uuid(std::string_view text) {
    static constexpr std::string_view kForm = "hhhhhhhh-hhhh-hhhh-hhhh-hhhhhhhhhhhh";
    return text.size() >= kForm.size() && std::equal(kForm.begin(), kForm.end(), text.begin(), [](char form, char c) {
               return form == 'h' ? is_hex(c) : form == c;
           });
}

/// The length of `2026-01-05T10:00:00.125Z` at the start; 0 where there is none.
std::size_t time_length(std::string_view text) {
    static constexpr std::string_view kForm = "dddd-dd-ddTdd:dd:dd";
    const bool fits =
        text.size() > kForm.size() && std::equal(kForm.begin(), kForm.end(), text.begin(), [](char form, char c) {
            return form == 'd' ? std::isdigit(static_cast<unsigned char>(c)) != 0 : form == c;
        });
    const auto end = fits ? text.find('Z', kForm.size()) : std::string_view::npos;
    return end == std::string_view::npos || end > kForm.size() + 10 ? 0 : end + 1;
}

using google::protobuf::Descriptor;

void add_field_names(const Descriptor& type, std::set<const Descriptor*>& seen,
                     std::set<std::string, std::less<>>& names) {
    if (!seen.insert(&type).second) return;
    for (int i = 0; i < type.field_count(); ++i) {
        const auto& field = *type.field(i);
        names.insert(field.name());
        names.insert(field.json_name());
        if (field.message_type() != nullptr) add_field_names(*field.message_type(), seen, names);
    }
}

/// Both names of each field that the replies of methods may have.
std::set<std::string, std::less<>> field_names(const scenario::Descriptors& descriptors) {
    std::set<const Descriptor*> seen;
    std::set<std::string, std::less<>> names;
    for (const auto& method : descriptors.method_names())
        add_field_names(*descriptors.find_method(method)->output_type(), seen, names);
    return names;
}

}  // namespace

const google::protobuf::MethodDescriptor* ReplayRules::find_method(std::string_view path) const {
    const auto method = descriptors ? wire::parse_method_path(path) : std::nullopt;
    if (!method) return nullptr;
    return descriptors->find_method(std::string(method->service) + '/' + std::string(method->method));
}

const std::vector<std::string_view>& volatile_headers() {
    static const std::vector<std::string_view> kHeaders{"date",
                                                        "connection",
                                                        "keep-alive",
                                                        "content-length",
                                                        "transfer-encoding",
                                                        "via",
                                                        "age",
                                                        "server",
                                                        "sec-websocket-accept",
                                                        "x-cache",
                                                        "apigw-requestid",
                                                        "x-amz-apigw-id",
                                                        "x-amz-request-id",
                                                        "x-amz-cf-id",
                                                        "x-amz-cf-pop",
                                                        "x-amz-log-result",
                                                        "x-amzn-requestid",
                                                        "x-amzn-trace-id",
                                                        "x-amzn-remapped-date",
                                                        "x-amzn-remapped-connection",
                                                        "x-amzn-remapped-content-length",
                                                        "x-amzn-remapped-server"};
    return kHeaders;
}

bool is_volatile_header(std::string_view name) {
    const auto& headers = volatile_headers();
    return std::any_of(headers.begin(), headers.end(),
                       [name](std::string_view header) { return http::same_name(header, name); });
}

std::vector<source::Problem> read_expectations(const source::Document& document, ReplayRules& rules) {
    rules.expectation_file = document;
    const source::Node root = rules.expectation_file->root();
    if (!root.is_mapping())
        return {root.problem(source::ProblemCode::invalid, "a mapping of paths to what is expected there is needed")
                    .with_note("for example: body.items[*].id: { $type: uuid }")};
    std::vector<source::Problem> problems;
    match::PatternReader reader;
    for (const auto& member : root.members()) {
        const std::string path(member.key.text());
        auto steps = match::parse_path(path);
        if (steps.empty()) {
            problems.push_back(member.key.problem(source::ProblemCode::invalid, "'" + path + "' is no path")
                                   .with_note("for example: headers.etag, body.items[*].id"));
            continue;
        }
        auto pattern = reader.read(member.value, match::Place::json(), match::Mode::exact);
        rules.expectations.push_back({path, std::move(steps), std::move(pattern)});
    }
    for (auto& problem : reader.take_problems()) problems.push_back(std::move(problem));
    return problems;
}

std::string find_suggestion(std::string_view path, const ReplayRules& rules) {
    auto steps = match::parse_path(path);
    if (!steps.empty() && steps.front() == ".reply") steps.erase(steps.begin());
    if (!rules.descriptors || steps.empty() || steps.front() != ".body") return {};
    const auto names = field_names(*rules.descriptors);
    for (std::size_t i = 1; i < steps.size(); ++i) {
        const auto word = std::string_view(steps[i]).substr(1);
        if (!steps[i].starts_with('.') || word == "*" || names.contains(word)) continue;
        return source::render_suggestion(word, std::vector<std::string_view>(names.begin(), names.end()));
    }
    return {};
}

std::string to_stable_message(std::string_view message) {
    std::string stable;
    while (!message.empty()) {
        if (const auto length = time_length(message)) {
            stable += "<time>";
            message.remove_prefix(length);
        } else if (is_uuid(message)) {
            stable += "<id>";
            message.remove_prefix(36);
        } else {
            stable += message.front();
            message.remove_prefix(1);
        }
    }
    return stable;
}

}  // namespace understudy::replay
