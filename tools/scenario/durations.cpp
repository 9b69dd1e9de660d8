#include "tools/scenario/durations.hpp"

#include "tools/convert/json_text.hpp"
#include "tools/match/json_value.hpp"

#include <charconv>
#include <cmath>
#include <cstdio>

namespace understudy::scenario {

namespace {

source::Problem no_durations(std::string reason, const std::string& file) {
    return source::Problem(source::ProblemCode::malformed, std::move(reason), file, source::Position{})
        .with_note("it holds an object of JSON: of each run its milliseconds; removed, it is made anew");
}

}  // namespace

source::Result<Durations> parse_durations(std::string_view text, const std::string& file) {
    const auto value = match::parse_json(text);
    if (!value) return no_durations(value.error().message(), file);
    if (value->kind != match::Kind::object) return no_durations("a file of durations holds no object", file);
    Durations durations;
    for (const auto& [name, naming, member, json_name] : value->members) {
        double milliseconds = -1;
        const auto shown = match::to_text(member);
        const auto read = std::from_chars(shown.data(), shown.data() + shown.size(), milliseconds);
        const bool good = read.ec == std::errc() && milliseconds >= 0 && milliseconds < 1e12;
        if (!good) return no_durations("'" + name + "' has no duration", file);
        durations[name] = std::chrono::microseconds(std::llround(milliseconds * 1000));
    }
    return durations;
}

std::string render_durations(const Durations& durations) {
    std::string text = "{";
    for (const auto& [name, duration] : durations) {
        char milliseconds[40];
        std::snprintf(milliseconds, sizeof milliseconds, "%.1f", static_cast<double>(duration.count()) / 1000);
        text += (text.size() > 1 ? ",\n  " : "\n  ") + convert::to_quoted_text(name) + ": " + milliseconds;
    }
    return text + "\n}\n";
}

}  // namespace understudy::scenario
