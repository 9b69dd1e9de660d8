#include "emulator/http/base64.hpp"
#include "emulator/http/utf8.hpp"
#include "emulator/source/printable.hpp"
#include "tools/understudy/explain_report.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>

namespace understudy::cli {
namespace {

constexpr std::size_t kLabel = 13;

/// One entry; further lines stand under the first.
void write_entry(std::string& out, std::string_view label, std::string_view raw) {
    out.append("  ").append(label).append(kLabel - label.size(), ' ');
    std::string text = source::to_printable(raw);
    while (text.ends_with('\n')) text.pop_back();
    for (const char c : text) {
        out += c;
        if (c == '\n') out.append(kLabel + 2, ' ');
    }
    out += '\n';
}

void write_response(std::string& out, std::string_view label, const http::Response& response) {
    std::string text = std::to_string(response.status) + ' ' + std::string(http::reason_phrase(response.status));
    for (const auto line : response.headers) text.append("\n").append(line.name).append(": ").append(line.value);
    text += "\nbody of " + std::to_string(response.body.size()) + " bytes";
    if (!response.body.empty()) text.append(":\n").append(response.body.view());
    write_entry(out, label, text);
}

std::string head_line(const Explanation& explanation) {
    if (explanation.front.empty()) return "no API; on AWS such a name leads nowhere\n";
    std::string text = explanation.front + ": " + explanation.api + " (" + explanation.id + ')';
    if (!explanation.stage.empty()) text += ", stage " + explanation.stage;
    return text + '\n';
}

void write_route(std::string& out, const Explanation& explanation) {
    if (explanation.front.empty()) return;
    std::string route = explanation.route.value_or("none takes it");
    for (const std::string& parameter : explanation.parameters) route += "  " + parameter;
    write_entry(out, "route", route);
    for (const std::string& target : explanation.targets) write_entry(out, "target", target);
    for (const std::string& miss : explanation.near_misses) write_entry(out, "nearly", miss);
    for (const std::string& asked : explanation.access) write_entry(out, "access", asked);
}

void write_sizes(std::string& out, const std::vector<ExplainedSize>& sizes) {
    for (const ExplainedSize& size : sizes) {
        std::string text =
            std::string(size.what) + ' ' + std::to_string(size.bytes) +
            (size.limit == SIZE_MAX ? " bytes, no limit" : " of " + std::to_string(size.limit) + " bytes");
        if (size.bytes > size.limit) text += ": too much";
        write_entry(out, "size", text);
    }
}

/// AWS knows neither of an integration that is not emulated nor of a stage that is implied.
bool is_of_aws(const Explanation& explanation) {
    const auto ours = [](const event::Finding& finding) {
        return finding.id == "integration-not-emulated" || finding.id == "stage-in-path";
    };
    return std::ranges::none_of(explanation.findings, ours);
}

std::string_view answer_label(const Explanation& explanation) {
    if (explanation.front.empty() || !is_of_aws(explanation)) return "answer here";
    return explanation.profile == app::Profile::sam ? "SAM CLI says" : "AWS answers";
}

void write_explanation(std::string& out, const Explanation& explanation) {
    out += head_line(explanation);
    write_route(out, explanation);
    if (const auto& body = explanation.body) {
        write_entry(out, "body",
                    std::string(form_name(body->form)) + ": " + body->rule + "\n[" + std::string(body->source) + ']');
    }
    write_sizes(out, explanation.sizes);
    for (const event::Finding& finding : explanation.findings) write_entry(out, "advice", finding.text);
    if (const auto& asked = explanation.authorizer) {
        write_entry(out, "authorizer", asked->function + " is asked, and taken to say yes\n" + asked->event);
    }
    if (const auto& call = explanation.call) write_entry(out, "event", "for " + call->function + '\n' + call->event);
    if (explanation.answer) write_response(out, answer_label(explanation), *explanation.answer);
    if (explanation.response) write_response(out, "response", *explanation.response);
    if (explanation.message) write_entry(out, "message", *explanation.message);
    if (explanation.close) write_entry(out, "AWS closes", *explanation.close);
}

/// A text of JSON; what is no UTF-8 is U+FFFD in it.
boost::json::value to_json(const std::string& text) {
    auto replaced = http::replace_invalid_utf8(text);
    return boost::json::string(replaced ? replaced->text : text);
}

/// Bytes under a name, or where they are no UTF-8 in base64 under another.
void write_bytes(boost::json::object& json, const std::string& name, std::string_view bytes) {
    if (http::replace_invalid_utf8(bytes)) {
        json[name + "Base64"] = http::to_base64(bytes);
    } else {
        json[name] = bytes;
    }
}

boost::json::value to_json(const http::Response& response) {
    boost::json::array headers;
    for (const auto [name, value] : response.headers) {
        headers.push_back({{"name", to_json(std::string(name))}, {"value", to_json(std::string(value))}});
    }
    boost::json::object json{{"status", response.status}, {"headers", std::move(headers)}};
    json["bodyBytes"] = response.body.size();
    write_bytes(json, "body", response.body.view());
    return json;
}

boost::json::value to_json(const ExplainedCall& call) {
    return {{"function", call.function}, {"event", boost::json::parse(call.event)}};
}

boost::json::value to_json(const BodyDecision& body) {
    return {{"form", form_name(body.form)}, {"rule", to_json(body.rule)}, {"source", body.source}};
}

boost::json::value to_json(const ExplainedSize& size) {
    boost::json::object text{{"what", size.what}, {"bytes", size.bytes}, {"limit", nullptr}};
    if (size.limit != SIZE_MAX) text["limit"] = size.limit;
    return text;
}

boost::json::value to_json(const event::Finding& finding) {
    return {{"id", finding.id}, {"subject", to_json(finding.subject)}, {"text", to_json(finding.text)}};
}

template <class T>
boost::json::value to_json(const std::optional<T>& value) {
    return value ? to_json(*value) : boost::json::value();
}

template <class T>
boost::json::value to_json(const std::vector<T>& values) {
    boost::json::array json;
    for (const T& value : values) json.push_back(to_json(value));
    return json;
}

boost::json::value to_json(const Explanation& explanation) {
    boost::json::object json{{"front", explanation.front},
                             {"api", explanation.api},
                             {"id", explanation.id},
                             {"stage", explanation.stage},
                             {"path", to_json(explanation.path)},
                             {"route", to_json(explanation.route)},
                             {"parameters", to_json(explanation.parameters)},
                             {"targets", to_json(explanation.targets)},
                             {"nearMisses", to_json(explanation.near_misses)},
                             {"access", to_json(explanation.access)},
                             {"authorizer", to_json(explanation.authorizer)},
                             {"call", to_json(explanation.call)},
                             {"body", to_json(explanation.body)},
                             {"sizes", to_json(explanation.sizes)},
                             {"findings", to_json(explanation.findings)},
                             {"answer", to_json(explanation.answer)},
                             {"response", to_json(explanation.response)},
                             {"message", nullptr},
                             {"close", to_json(explanation.close)}};
    if (explanation.message) write_bytes(json, "message", *explanation.message);
    return json;
}

}  // namespace

std::string render_explanations(const std::vector<Explanation>& explanations) {
    std::string out;
    for (const Explanation& explanation : explanations) {
        if (!out.empty()) out += '\n';
        write_explanation(out, explanation);
    }
    return out;
}

std::string render_explanations_as_json(const std::vector<Explanation>& explanations) {
    boost::json::array fronts;
    for (const Explanation& explanation : explanations) fronts.push_back(to_json(explanation));
    return boost::json::serialize(boost::json::object{{"fronts", std::move(fronts)}}) + '\n';
}

}  // namespace understudy::cli
