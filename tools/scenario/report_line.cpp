#include "tools/scenario/report_line.hpp"

#include "tools/convert/json_text.hpp"

#include <array>
#include <utility>

namespace understudy::scenario {

namespace {

struct Fact {
    std::string_view label;
    std::string_view name;
};

constexpr std::array kFacts{
    Fact{"Duration: ", "duration_ms"},  Fact{"Billed Duration: ", "billed_ms"},
    Fact{"Memory Size: ", "memory_mb"}, Fact{"Max Memory Used: ", "max_memory_mb"},
    Fact{"Init Duration: ", "init_ms"}, Fact{"Status: ", "status"},
    Fact{"Error Type: ", "error_type"},
};

}  // namespace

std::optional<std::map<std::string, std::string>> parse_report_line(std::string_view line) {
    if (!line.starts_with("REPORT RequestId: ")) return std::nullopt;
    std::map<std::string, std::string> facts{{"status", "\"success\""}};
    while (!line.empty()) {
        const auto tab = std::min(line.find('\t'), line.size());
        const auto part = line.substr(0, tab);
        for (const auto& [label, name] : kFacts) {
            if (!part.starts_with(label)) continue;
            const auto value = part.substr(label.size());
            const bool text = name == "status" || name == "error_type";
            facts[std::string(name)] =
                text ? convert::to_quoted_text(value) : std::string(value.substr(0, value.find(' ')));
        }
        line.remove_prefix(std::min(tab + 1, line.size()));
    }
    facts["init_type"] = facts.contains("init_ms") ? "\"cold\"" : "\"warm\"";
    return facts;
}

}  // namespace understudy::scenario
