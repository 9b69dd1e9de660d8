#include "emulator/record/line_members.hpp"

#include "emulator/record/instant.hpp"

namespace understudy::record {

bool is_called(std::string_view member, std::string_view field) {
    if (member.empty() || member.front() != field.front()) return false;
    if (member == field) return true;
    std::size_t at = 0;
    bool raised = false;
    for (const char c : field) {
        if (c == '_') {
            raised = true;
            continue;
        }
        const char expected = raised && c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
        raised = false;
        if (at == member.size() || member[at++] != expected) return false;
    }
    return at == member.size();
}

void read_instant(JsonCursor& json, std::chrono::microseconds& value) {
    std::string text;
    json.read_text(text);
    if (json.failed() || text.empty()) return;
    const auto instant = parse_instant(text);
    if (!instant) return json.fail("'" + text + "' is no time like 2026-01-05T10:00:00.125Z");
    value = *instant;
}

void read_texts(JsonCursor& json, std::vector<std::string>& texts) {
    if (!json.enter_array()) return;
    while (json.next_item()) json.read_text(texts.emplace_back());
}

}  // namespace understudy::record
