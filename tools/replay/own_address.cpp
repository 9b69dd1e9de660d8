#include "tools/replay/own_address.hpp"

#include <utility>

namespace understudy::replay {
namespace {

bool is_part_of_host(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.' ||
           c == '_';
}

/// Whether a host's name ends there, and no port follows: a full stop may end a sentence.
bool ends_host(std::string_view rest) {
    if (rest.empty()) return true;
    if (rest.front() == ':') return rest.size() < 2 || rest[1] < '0' || rest[1] > '9';
    if (rest.front() == '.') return rest.size() < 2 || !is_part_of_host(rest[1]);
    return !is_part_of_host(rest.front());
}

}  // namespace

std::string replace_address(std::string_view text, std::string_view host, std::string_view other) {
    std::string replaced;
    std::size_t begin = 0;
    for (auto at = host.empty() ? text.npos : text.find(host); at != text.npos; at = text.find(host, at + 1)) {
        const bool is_whole = (at == 0 || !is_part_of_host(text[at - 1])) && ends_host(text.substr(at + host.size()));
        if (at < begin || !is_whole) continue;
        replaced.append(text.substr(begin, at - begin)).append(other);
        begin = at + host.size();
    }
    return replaced.append(text.substr(begin));
}

std::string name_server(std::string_view text, const ServerNames& names) {
    const bool is_known = !names.recorded.empty() && !names.actual.empty();
    return is_known ? replace_address(text, names.recorded, names.actual) : std::string(text);
}

match::Value replace_address(match::Value value, std::string_view host, std::string_view other) {
    if (value.kind == match::Kind::text) {
        auto named = match::make_text(replace_address(value.text, host, other));
        value.text = std::move(named.text);
        value.shown = std::move(named.shown);
    }
    for (auto& item : value.items) item = replace_address(std::move(item), host, other);
    for (auto& member : value.members) member.value = replace_address(std::move(member.value), host, other);
    return value;
}

}  // namespace understudy::replay
