#include "tools/convert/json_text.hpp"
#include "tools/replay/tally.hpp"
#include "tools/report/junit.hpp"
#include "tools/report/text.hpp"

#include <algorithm>
#include <cstdio>
#include <utility>

namespace understudy::replay {
namespace {

using convert::to_quoted_text;
using source::Colour;

constexpr const char* kGood = "\x1b[32m";
constexpr const char* kBad = "\x1b[31m";
constexpr const char* kDim = "\x1b[2m";

std::string paint(std::string_view text, const char* code, Colour colour) {
    if (colour == Colour::none) return std::string(text);
    return code + std::string(text) + "\x1b[0m";
}

/// `1 234 567`
std::string to_text(std::uint64_t number) {
    std::string text = std::to_string(number);
    for (std::size_t i = text.size(); i > 3; i -= 3) text.insert(i - 3, " ");
    return text;
}

std::string to_seconds(std::chrono::milliseconds duration, const char* format) {
    char text[32];
    std::snprintf(text, sizeof text, format, static_cast<double>(duration.count()) / 1000);
    return text;
}

std::string count(std::uint64_t number, const std::string& noun) {
    return to_text(number) + ' ' + noun + (number == 1 ? "" : "s");
}

std::string to_name(const KindKey& key) {
    return key.path.empty() ? std::string(to_words(key.change)) : key.path + ' ' + std::string(to_words(key.change));
}

/// An event alone, or an archive's request, has no line of its own, and its file may be its only name.
std::string to_text(const Place& place) {
    const std::string line = place.line == 0 ? "" : ':' + std::to_string(place.line);
    return place.file + line + (place.id == place.file ? "" : "  " + place.id) + "  " + place.subject;
}

using Entry = std::map<KindKey, Kind>::const_pointer;

std::vector<Entry> sort_by_frequency(const std::map<KindKey, Kind>& kinds) {
    std::vector<Entry> sorted;
    for (const auto& entry : kinds) sorted.push_back(&entry);
    std::stable_sort(sorted.begin(), sorted.end(),
                     [](Entry a, Entry b) { return a->second.exchanges > b->second.exchanges; });
    return sorted;
}

std::string render_kind(const KindKey& key, const Kind& kind, Colour colour) {
    std::string text =
        paint(count(kind.exchanges, "exchange") + ": " + report::to_printable(to_name(key)), kBad, colour) + '\n';
    text += "  " + paint(report::to_printable(to_text(kind.first)), kDim, colour) + '\n';
    for (const auto& difference : kind.differences)
        text += "  " + report::to_printable(difference.where.message()) + '\n';
    return text + '\n';
}

std::string to_json(const std::vector<Deviation>& differences) {
    std::string text;
    for (const auto& difference : differences)
        text += std::string(text.empty() ? "" : ",") + "{\"path\":" + to_quoted_text(difference.path) +
                ",\"expected\":" + to_quoted_text(difference.expected) +
                ",\"actual\":" + to_quoted_text(difference.actual) + '}';
    return '[' + text + ']';
}

std::string to_json(const Place& place) {
    return "\"file\":" + to_quoted_text(place.file) + ",\"line\":" + std::to_string(place.line) +
           ",\"id\":" + to_quoted_text(place.id) + ",\"subject\":" + to_quoted_text(place.subject);
}

/// A case of JUnit with its failure, or without where `failure` is empty.
std::string render_case(const std::string& name, const std::string& element, const std::string& message,
                        const std::string& failure) {
    std::string text = "    <testcase classname=\"replay\" name=\"" + report::to_xml_attribute(name) + "\" time=\"0\"";
    if (element.empty()) return text + "/>\n";
    return text + ">\n      <" + element + " message=\"" + report::to_xml_attribute(message) + "\" type=\"" +
           (element == "error" ? "NoReply" : "Difference") + "\">" + report::to_xml(failure) + "</" + element +
           ">\n    </testcase>\n";
}

}  // namespace

std::string render_tally(const Tally& tally, std::chrono::milliseconds duration, Colour colour) {
    std::string text;
    for (const auto* entry : sort_by_frequency(tally.kinds())) text += render_kind(entry->first, entry->second, colour);
    if (tally.of_other_kinds() > 0)
        text += count(tally.of_other_kinds(), "exchange") + " with differences of further kinds\n\n";
    const auto& counts = tally.counts();
    const bool good = counts.different + counts.unanswered == 0;
    std::string outcome = to_text(counts.same) + " the same";
    if (counts.different > 0) outcome += ", " + to_text(counts.different) + " different";
    if (counts.unanswered > 0) outcome += ", " + to_text(counts.unanswered) + " without a reply";
    text += count(counts.all(), "exchange") + " replayed: " + paint(outcome, good ? kGood : kBad, colour) +
            to_seconds(duration, " (%.2f s)") + '\n';
    if (tally.redacted() > 0) text += count(tally.redacted(), "redacted value") + " counted as equal\n";
    if (tally.sent_redacted() > 0)
        text += count(tally.sent_redacted(), "exchange") + " sent again with redacted values\n";
    if (tally.websocket_events() > 0)
        text += count(tally.websocket_events(), "exchange") +
                " of WebSockets: functions got their events again, nothing was sent over a WebSocket\n";
    for (const auto& [reason, number] : tally.skipped())
        text += count(number, "exchange") + " left out: " + report::to_printable(reason) + '\n';
    return text;
}

std::string render_junit(const Tally& tally, std::chrono::milliseconds duration) {
    std::string cases;
    std::size_t tests = 0, failures = 0, errors = 0;
    for (const auto* entry : sort_by_frequency(tally.kinds())) {
        const auto& [key, kind] = *entry;
        std::string details = to_text(kind.first) + '\n';
        for (const auto& difference : kind.differences) details += difference.where.message() + '\n';
        const bool error = key.change == Change::unanswered;
        ++(error ? errors : failures);
        ++tests;
        cases += render_case(to_name(key), error ? "error" : "failure", count(kind.exchanges, "exchange"), details);
    }
    for (const auto& [name, counts] : tally.subjects()) {
        if (counts.same == 0) continue;
        ++tests;
        cases += render_case(name + ": " + count(counts.same, "exchange") + " the same", {}, {}, {});
    }
    const std::string numbers = " tests=\"" + std::to_string(tests) + "\" failures=\"" + std::to_string(failures) +
                                "\" errors=\"" + std::to_string(errors) + "\" skipped=\"0\" time=\"" +
                                to_seconds(duration, "%.3f") + "\"";
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites" + numbers + ">\n  <testsuite name=\"replay\"" +
           numbers + ">\n" + cases + "  </testsuite>\n</testsuites>\n";
}

std::string render_json_line(const Place& place, const std::vector<Deviation>& differences) {
    return "{\"exchange\":{" + to_json(place) + ",\"differences\":" + to_json(differences) + "}}\n";
}

std::string render_json_summary(const Tally& tally, std::chrono::milliseconds duration) {
    std::string kinds, skipped;
    for (const auto* entry : sort_by_frequency(tally.kinds())) {
        const auto& [key, kind] = *entry;
        kinds += std::string(kinds.empty() ? "" : ",") + "{\"path\":" + to_quoted_text(key.path) +
                 ",\"change\":" + to_quoted_text(to_words(key.change)) +
                 ",\"exchanges\":" + std::to_string(kind.exchanges) + ",\"first\":{" + to_json(kind.first) +
                 ",\"differences\":" + to_json(kind.differences) + "}}";
    }
    for (const auto& [reason, number] : tally.skipped())
        skipped += (skipped.empty() ? "" : ",") + to_quoted_text(reason) + ':' + std::to_string(number);
    const auto& counts = tally.counts();
    return "{\"summary\":{\"same\":" + std::to_string(counts.same) +
           ",\"different\":" + std::to_string(counts.different) +
           ",\"unanswered\":" + std::to_string(counts.unanswered) +
           ",\"redacted\":" + std::to_string(tally.redacted()) +
           ",\"websocket_events\":" + std::to_string(tally.websocket_events()) +
           ",\"seconds\":" + to_seconds(duration, "%.3f") + ",\"kinds\":[" + kinds + "],\"skipped\":{" + skipped +
           "}}}\n";
}

}  // namespace understudy::replay
