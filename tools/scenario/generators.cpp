#include "tools/scenario/generators.hpp"

#include "emulator/source/suggestion.hpp"
#include "emulator/source/utc_time.hpp"
#include "tools/convert/json_text.hpp"

#include <array>
#include <charconv>
#include <optional>

namespace understudy::scenario {

namespace {

using source::Problem;
using source::ProblemCode;
using std::chrono::milliseconds;

constexpr std::array<std::string_view, 5> kNames{"uuid", "now", "unix", "random", "random_text"};
constexpr std::int64_t kMostLetters = 10'000;

std::optional<std::int64_t> parse_whole_number(std::string_view text) {
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return error == std::errc() && end == text.data() + text.size() ? std::optional(number) : std::nullopt;
}

// `-90s`, `1d`
std::optional<milliseconds> parse_shift(std::string_view text) {
    if (text.starts_with('+')) text.remove_prefix(1);
    const auto unit_begin = text.find_first_not_of("-0123456789");
    if (unit_begin == std::string_view::npos) return std::nullopt;
    const auto number = parse_whole_number(text.substr(0, unit_begin));
    const auto unit = text.substr(unit_begin);
    constexpr std::array<std::pair<std::string_view, std::int64_t>, 5> kUnits{
        {{"ms", 1}, {"s", 1'000}, {"m", 60'000}, {"h", 3'600'000}, {"d", 86'400'000}}};
    for (const auto& [name, length] : kUnits) {
        if (number && unit == name) return milliseconds(*number * length);
    }
    return std::nullopt;
}

}  // namespace

source::Result<void> Generators::check(const Expression& call) {
    const auto& arguments = call.arguments;
    const auto whole = [&](std::size_t i) { return parse_whole_number(arguments[i]); };
    const auto takes = [&](const char* what) {
        return Problem(ProblemCode::invalid, "'" + call.name + "' takes " + what);
    };
    if (call.name == "uuid") return arguments.empty() ? source::Result<void>() : takes("nothing");
    if (call.name == "now" || call.name == "unix") {
        const bool fits = arguments.empty() || (arguments.size() == 1 && parse_shift(arguments[0]));
        return fits ? source::Result<void>() : takes("nothing, or how far to move the time, as -90s, 5m, 2h or 1d");
    }
    if (call.name == "random") {
        const bool fits = arguments.size() == 2 && whole(0) && whole(1) && *whole(0) <= *whole(1);
        return fits ? source::Result<void>() : takes("the least and the most, as random(1, 6)");
    }
    if (call.name == "random_text") {
        const bool fits = arguments.size() == 1 && whole(0) && *whole(0) >= 0 && *whole(0) <= kMostLetters;
        return fits ? source::Result<void>() : takes("a length of at most 10000, as random_text(8)");
    }
    return Problem(ProblemCode::not_found, "there is no generator '" + call.name + "'")
        .with_hint(source::render_suggestion(call.name, kNames));
}

std::string Generators::make_uuid() {
    constexpr std::uint64_t kVersion = 0x4000, kVariant = 0x8000'0000'0000'0000;
    const std::uint64_t high = (random_() & ~std::uint64_t{0xF000}) | kVersion;
    const std::uint64_t low = (random_() & ~(std::uint64_t{3} << 62)) | kVariant;
    char text[40];
    std::snprintf(text, sizeof text, "%08x-%04x-%04x-%04x-%012llx", static_cast<unsigned>(high >> 32),
                  static_cast<unsigned>(high >> 16 & 0xFFFF), static_cast<unsigned>(high & 0xFFFF),
                  static_cast<unsigned>(low >> 48), static_cast<unsigned long long>(low & 0xFFFF'FFFF'FFFF));
    return text;
}

source::Result<std::string> Generators::make(const Expression& call) {
    if (const auto checked = check(call); !checked) return checked.error();
    const auto& arguments = call.arguments;
    if (call.name == "uuid") {
        drawn_ = true;
        return convert::to_quoted_text(make_uuid());
    }
    if (call.name == "now" || call.name == "unix") {
        const auto time = clock_() + (arguments.empty() ? milliseconds{0} : *parse_shift(arguments[0]));
        if (call.name == "now") return convert::to_quoted_text(source::to_utc_time(time));
        return std::to_string(std::chrono::floor<std::chrono::seconds>(time.time_since_epoch()).count());
    }
    drawn_ = true;
    // Not std::uniform_int_distribution: what it makes of a seed is the library's own.
    if (call.name == "random") {
        const auto least = *parse_whole_number(arguments[0]);
        const auto span =
            static_cast<std::uint64_t>(*parse_whole_number(arguments[1])) - static_cast<std::uint64_t>(least);
        const auto step = span + 1 == 0 ? random_() : random_() % (span + 1);
        return std::to_string(static_cast<std::int64_t>(static_cast<std::uint64_t>(least) + step));
    }
    constexpr std::string_view kLetters = "abcdefghijklmnopqrstuvwxyz0123456789";
    std::string text;
    for (auto left = *parse_whole_number(arguments[0]); left > 0; --left) text += kLetters[random_() % kLetters.size()];
    return convert::to_quoted_text(text);
}

}  // namespace understudy::scenario
