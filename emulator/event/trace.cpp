#include "emulator/event/trace.hpp"

#include "emulator/event/text.hpp"

#include <string_view>

namespace understudy::event {
namespace {

/// The value of `name` in `Root=…;Parent=…`; empty where it is missing.
std::string_view part_of(std::string_view header, std::string_view name) {
    while (!header.empty()) {
        const std::string_view part = trim(header.substr(0, header.find(';')));
        if (part.size() > name.size() && part.starts_with(name) && part[name.size()] == '=') {
            return part.substr(name.size() + 1);
        }
        header.remove_prefix(header.find(';') == std::string_view::npos ? header.size() : header.find(';') + 1);
    }
    return {};
}

}  // namespace

Trace to_trace(const http::Headers& headers, const Facts& facts) {
    const std::string_view client = headers.first("X-Amzn-Trace-Id").value_or("");
    const std::string_view root = part_of(client, "Root");
    const std::string_view parent = part_of(client, "Parent");
    const std::string_view sampled = part_of(client, "Sampled");
    Trace trace;
    trace.event = root.empty() ? "Root=" + facts.trace_root : std::string(client);
    trace.function.reserve(128);
    trace.function.append("Root=").append(root.empty() ? facts.trace_root : root);
    trace.function.append(";Parent=").append(parent.empty() ? facts.trace_parent : parent);
    trace.function.append(";Sampled=").append(sampled.empty() ? "0" : sampled);
    trace.function.append(";Lineage=1:").append(facts.trace_lineage).append(":0");
    return trace;
}

}  // namespace understudy::event
