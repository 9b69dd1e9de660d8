#include "emulator/lambda/trace.hpp"

#include "emulator/lambda/utc_time.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <utility>

namespace understudy::lambda {
namespace {

void append_hex(std::string& out, std::uint64_t value, unsigned digits) {
    constexpr std::string_view kDigits = "0123456789abcdef";
    for (unsigned shift = digits * 4; shift > 0; shift -= 4) out += kDigits[(value >> (shift - 4)) & 15U];
}

void read_part(Trace& trace, std::string_view part) {
    const std::array<std::pair<std::string_view, std::string*>, 4> fields{{
        {"Root", &trace.root},
        {"Parent", &trace.parent},
        {"Sampled", &trace.sampled},
        {"Lineage", &trace.lineage},
    }};
    const std::size_t equals = part.find('=');
    if (equals == std::string_view::npos || part.find('=', equals + 1) != std::string_view::npos) return;
    for (const auto& [name, value] : fields) {
        if (part.substr(0, equals) == name) *value = part.substr(equals + 1);
    }
}

std::string make_root(std::chrono::system_clock::time_point now, const TraceSeed& seed) {
    const auto seconds = std::chrono::floor<std::chrono::seconds>(now).time_since_epoch().count();
    std::string root = "1-";
    append_hex(root, static_cast<std::uint64_t>(seconds), 8);
    root += '-';
    append_hex(root, seed.root_high, 8);
    append_hex(root, seed.root_low, 16);
    return root;
}

}  // namespace

Trace parse_trace(std::string_view header) {
    Trace trace;
    while (!header.empty()) {
        const std::string_view part = header.substr(0, header.find(';'));
        read_part(trace, part);
        header.remove_prefix(std::min(part.size() + 1, header.size()));
    }
    return trace;
}

std::string to_string(const Trace& trace) {
    if (trace.root.empty()) return {};
    std::string header = "Root=" + trace.root;
    if (!trace.parent.empty()) header.append(";Parent=").append(trace.parent);
    header.append(";Sampled=").append(trace.sampled.empty() ? "0" : trace.sampled);
    if (!trace.lineage.empty()) header.append(";Lineage=").append(trace.lineage);
    return header;
}

std::string to_invocation_trace(std::string_view header, std::chrono::system_clock::time_point now,
                                const TraceSeed& seed) {
    Trace trace = parse_trace(header);
    if (trace.root.empty()) trace = {.root = make_root(now, seed), .parent = {}, .sampled = {}, .lineage = {}};
    if (trace.parent.empty()) append_hex(trace.parent, seed.parent, 16);
    return to_string(trace);
}

std::string to_log_stream_name(std::chrono::system_clock::time_point now, std::string_view version, std::uint64_t high,
                               std::uint64_t low) {
    std::string name;
    append_date_path(name, now);
    name.append("/[").append(version).append("]");
    append_hex(name, high, 16);
    append_hex(name, low, 16);
    return name;
}

}  // namespace understudy::lambda
