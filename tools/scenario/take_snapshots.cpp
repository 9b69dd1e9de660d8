#include "tools/scenario/take_snapshots.hpp"

#include "emulator/http/base64.hpp"
#include "emulator/source/text.hpp"
#include "tools/convert/json_text.hpp"
#include "tools/match/replace_value.hpp"
#include "tools/scenario/error_details.hpp"
#include "tools/scenario/reply_message.hpp"

#include <algorithm>
#include <utility>

namespace understudy::scenario {
namespace {

using source::TextEdit;

class Taking {
  public:
    explicit Taking(const StepResult& judged) : judged_(judged) {}

    /// `differences`: how many of the step's are no more, once that is written.
    void add(std::string path, source::Node place, std::vector<TextEdit> edits, std::size_t differences = 1) {
        if (edits.empty()) differences = 0;
        snapshots_.push_back({.path = std::move(path),
                              .file = place.file(),
                              .range = place.range(),
                              .position = place.position(),
                              .edits = std::move(edits),
                              .differences = differences});
    }
    /// What cannot be written whole is not written.
    void add(std::string path, source::Node place, match::PatternUpdate update, std::size_t differences) {
        if (!update.unsayable) return add(std::move(path), place, std::move(update.edits), differences);
        add_obstacle(std::move(path), place, "no expectation can say what came at '" + *update.unsayable + '\'');
    }
    void add_obstacle(std::string path, source::Node place, std::string obstacle) {
        add(std::move(path), place, std::vector<TextEdit>());
        snapshots_.back().obstacle = std::move(obstacle);
    }
    void add_headers(const std::vector<ExpectedHeader>& expected, const std::string& path,
                     const wire::Metadata& headers);
    void add_body(const Expectation& expect, std::string_view body);
    void add_details(const Expectation& expect, const Descriptors& descriptors);
    void add_response(const Step& step, const Descriptors* descriptors, const ExpectedResponse& expected,
                      source::Node place);
    std::vector<Snapshot> take() { return std::move(snapshots_); }

  private:
    const StepResult& judged_;
    std::vector<Snapshot> snapshots_;
};

// Of several lines of a name none is the one that is meant.
void Taking::add_headers(const std::vector<ExpectedHeader>& expected, const std::string& path,
                         const wire::Metadata& headers) {
    for (const auto& [name, value] : expected) {
        std::vector<std::string> lines;
        bool met = false;
        for (const auto& [own, text] : headers) {
            if (!wire::same_name(own, name)) continue;
            lines.push_back(text);
            met = met || value.value.compare_text(text).equal();
        }
        const bool absent = lines.empty() && !value.value.compare_absent().equal();
        if (met || lines.size() > 1) continue;
        if (absent)
            add(path + '.' + name, value.node, match::replace_with_absent(value.node, match::to_quotes(value.node)));
        if (!absent && lines.size() == 1)
            add(path + '.' + name, value.node, value.value.update_text(lines.front(), value.node));
    }
}

void Taking::add_body(const Expectation& expect, std::string_view body) {
    if (expect.body && source::is_utf8(body)) {
        const auto& [value, node] = *expect.body;
        add("body", node, value.update_text(body, node), value.compare_text(body).differences.size());
    }
    if (expect.body_size) {
        const auto& [value, node] = *expect.body_size;
        const auto size = std::to_string(body.size());
        add("body_size", node, value.update_number(size, node), value.compare_number(size).differences.size());
    }
    if (!expect.body_bytes) return;
    const auto& [value, node] = *expect.body_bytes;
    std::string written = "hex:" + convert::to_hex(body);
    if (!node.text().starts_with("hex:")) {
        written.clear();
        http::append_base64(written, body);
    }
    std::vector<TextEdit> edits;
    if (value != body) edits.push_back({node.range(), convert::to_quoted_text(written)});
    add("body_base64", node, std::move(edits));
}

void Taking::add_details(const Expectation& expect, const Descriptors& descriptors) {
    if (!expect.details) return;
    const auto& [value, node] = *expect.details;
    const auto details = to_anys(judged_.received->status.details(), descriptors);
    add("details", node, value.update(details, node), value.compare(details).differences.size());
}

void Taking::add_response(const Step& step, const Descriptors* descriptors, const ExpectedResponse& expected,
                          source::Node place) {
    const auto& received = *judged_.received;
    if (!received.undecodable.empty() || !received.status.ok()) return;
    const auto& expectation = expected.expectation;
    if (step.kind != StepKind::method) {
        const auto compared = expectation.compare_json(received.body);
        return add("response", place, expectation.update_json(received.body, place),
                   compared ? compared->differences.size() : 0);
    }
    const auto reply = read_reply_message(step, *descriptors, received);
    if (!reply.problem.empty()) return;
    const auto differences = expectation.compare(reply.value).differences.size();
    if (differences > 0 && !reply.is_writable)
        return add_obstacle("response", place, "a name came that its enum has not");
    add("response", place, expectation.update(reply.value, place), differences);
}

}  // namespace

std::vector<Snapshot> take_snapshots(const Step& step, const Descriptors* descriptors, const StepResult& judged) {
    const bool ended_otherwise = std::ranges::any_of(judged.differences, [](const match::Difference& difference) {
        return difference.path == "code" || difference.path == "http_status" || difference.path == "function_error";
    });
    if (ended_otherwise) return {};
    Taking taking(judged);
    const Expectation& expect = step.expect;
    if (expect.response) taking.add_response(step, descriptors, expect.response->value, expect.response->node);
    if (step.kind == StepKind::method) taking.add_details(expect, *descriptors);
    taking.add_headers(expect.headers, "headers", judged.received->headers);
    taking.add_headers(expect.trailers, "trailers", judged.received->trailers);
    taking.add_body(expect, judged.received->body);
    return taking.take();
}

}  // namespace understudy::scenario
