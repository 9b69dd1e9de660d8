#include "emulator/source/printable.hpp"
#include "tools/package/check.hpp"

#include <algorithm>
#include <array>
#include <cstdio>

namespace understudy::package {
namespace {

std::string_view to_word(Severity severity) {
    if (severity == Severity::error) return "error";
    return severity == Severity::warning ? "warning" : "note";
}

void append_quoted(std::string& out, std::string_view text) {
    out += '"';
    for (const char c : text) {
        if (c == '"' || c == '\\') out += '\\';
        if (static_cast<unsigned char>(c) < ' ') {
            std::array<char, 8> escape{};
            std::snprintf(escape.data(), escape.size(), "\\u%04x", static_cast<unsigned>(c));
            out += escape.data();
        } else {
            out += c;
        }
    }
    out += '"';
}

}  // namespace

std::string render_findings(const Package& package, const RuntimeImage& image, const std::vector<Finding>& findings) {
    std::string text;
    for (const Finding& finding : findings) {
        text.append(finding.file).append(": ").append(to_word(finding.severity)).append(": ");
        text.append(finding.message).append("\n    ").append(finding.remedy).append("\n");
    }
    const bool good = would_start(findings);
    text.append(package.name).append(good ? " would start on " : " would not start on ").append(image.name);
    return source::to_printable(text) + '\n';
}

std::string render_findings_json(const Package& package, const RuntimeImage& image,
                                 const std::vector<Finding>& findings) {
    std::string text = "{\"package\":";
    append_quoted(text, package.name);
    text.append(",\"runtime\":\"").append(image.name).append("\",\"would_start\":");
    text.append(would_start(findings) ? "true" : "false").append(",\"findings\":[");
    bool first = true;
    for (const Finding& finding : findings) {
        text.append(first ? "" : ",")
            .append("{\"severity\":\"")
            .append(to_word(finding.severity))
            .append("\",\"rule\":");
        append_quoted(text, finding.rule);
        text += ",\"file\":";
        append_quoted(text, finding.file);
        text += ",\"message\":";
        append_quoted(text, finding.message);
        text += ",\"remedy\":";
        append_quoted(text, finding.remedy);
        text += '}';
        first = false;
    }
    return text + "]}\n";
}

}  // namespace understudy::package
