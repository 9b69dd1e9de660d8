#include "tools/report/curl.hpp"

#include "emulator/http/base64.hpp"
#include "emulator/http/headers.hpp"
#include "emulator/source/shell_word.hpp"
#include "tools/report/text.hpp"

#include <algorithm>
#include <array>

namespace understudy::report {

using scenario::Sent;

namespace {

constexpr std::string_view kServedFront = "http://127.0.0.1:3000";
constexpr std::string_view kServedLambda = "http://127.0.0.1:3001";
constexpr std::string_view kServedGrpc = "http://127.0.0.1:3002";

bool has_header(const Sent& sent, std::string_view name) {
    return std::any_of(sent.headers.begin(), sent.headers.end(),
                       [&](const auto& line) { return http::same_name(line.first, name); });
}

std::string render_headers(const Sent& sent) {
    std::string text;
    for (const auto& [name, value] : sent.headers)
        text += " -H " + source::to_shell_word(value.empty() ? name + ';' : name + ": " + value);
    // Lines that curl would add by itself: a REST API decides by Accept whether a reply is decoded.
    for (const char* name : {"Accept", "User-Agent"}) {
        if (!has_header(sent, name)) text += std::string(" -H ") + name + ':';
    }
    if (!sent.body.empty() && !has_header(sent, "Content-Type")) text += " -H Content-Type:";
    return text;
}

std::string render_method(const Sent& sent) {
    if (sent.method == "HEAD") return " --head";
    const bool implied = sent.method == (sent.body.empty() ? "GET" : "POST");
    return implied ? "" : " -X " + source::to_shell_word(sent.method);
}

/// A text of several lines in one, so that reports may indent it.
std::string to_printf_format(std::string_view text) {
    std::string format;
    for (const char c : text) {
        if (c == '%' || c == '\\') format += c;  // Doubled, each stands for itself.
        if (c == '\n')
            format += "\\n";
        else
            format += c;
    }
    return format;
}

// What precedes curl, and what it is told of the body.
struct BodyWords {
    std::string before;
    std::string option;
};

BodyWords render_body(const Sent& sent, std::size_t most_body) {
    if (sent.body.empty()) return {};
    if (sent.body.size() > most_body) return {"", " --data-binary @body.bin"};
    // A NUL cannot stand in a word; a carriage return can, and does not survive being copied.
    const bool is_word = is_plain_text(sent.body) && sent.body.find('\r') == std::string::npos;
    if (is_word && sent.body.find('\n') == std::string::npos)
        return {"", " --data-raw " + source::to_shell_word(sent.body)};
    if (is_word && !sent.body.starts_with('-'))
        return {"printf " + source::to_shell_word(to_printf_format(sent.body)) + " | ", " --data-binary @-"};
    return {"echo " + http::to_base64(sent.body) + " | base64 -d | ", " --data-binary @-"};
}

std::string to_base_url(const scenario::StepResult& step) {
    const auto& sent = *step.sent;
    if (!step.observed) return sent.base_url;
    if (sent.over_http2) return std::string(kServedGrpc);
    return std::string(sent.addressee == scenario::Addressee::lambda_api ? kServedLambda : kServedFront);
}

}  // namespace

CurlLine to_curl(const scenario::StepResult& step, std::size_t most_body) {
    const auto& sent = *step.sent;
    const auto body = render_body(sent, most_body);
    CurlLine line;
    // No globbing, and no dots of the path resolved: the target goes out as it is.
    line.command = body.before + "curl -sSig --path-as-is" + (sent.over_http2 ? " --http2-prior-knowledge" : "") +
                   render_method(sent) + render_headers(sent) + body.option + ' ' +
                   source::to_shell_word(to_base_url(step) + sent.target);
    std::vector<std::string> notes;
    const std::string option = sent.over_http2 ? " --grpc-port 3002" : "";
    if (step.observed) notes.push_back("while 'understudy serve" + option + "' runs the function");
    if (sent.masked) notes.push_back("*** stands for a secret");
    if (sent.body.size() > most_body) notes.push_back("body.bin: the request's " + to_size(sent));
    for (const auto& note : notes) line.note += (line.note.empty() ? "" : "; ") + note;
    return line;
}

}  // namespace understudy::report
