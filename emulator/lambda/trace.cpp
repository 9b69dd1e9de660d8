#include "emulator/lambda/trace.hpp"

#include "emulator/http/hex.hpp"
#include "emulator/lambda/utc_time.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <utility>

namespace understudy::lambda {
namespace {

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

std::string to_trace_root(std::chrono::system_clock::time_point now, std::uint64_t high, std::uint64_t low) {
    const auto seconds = std::chrono::floor<std::chrono::seconds>(now).time_since_epoch().count();
    std::string root = "1-";
    root.reserve(35);
    http::append_hex(root, static_cast<std::uint64_t>(seconds), 8);
    root += '-';
    http::append_hex(root, high, 8);
    http::append_hex(root, low, 16);
    return root;
}

std::string to_invocation_trace(std::string_view header, const Trace& fresh) {
    Trace trace = parse_trace(header);
    if (trace.root.empty()) return to_string(fresh);
    if (trace.parent.empty()) trace.parent = fresh.parent;
    return to_string(trace);
}

std::string to_log_stream_name(std::chrono::system_clock::time_point now, std::string_view version, std::uint64_t high,
                               std::uint64_t low) {
    std::string name;
    append_date_path(name, now);
    name.append("/[").append(version).append("]");
    http::append_hex(name, high, 16);
    http::append_hex(name, low, 16);
    return name;
}

}  // namespace understudy::lambda
