#include "emulator/record/form_redaction.hpp"

#include "emulator/http/headers.hpp"
#include "emulator/http/percent.hpp"
#include "emulator/record/json_redaction.hpp"

#include <algorithm>
#include <utility>

namespace understudy::record {
namespace {

constexpr int kMostNested = 4;

bool is_of_type(const Place& place, std::string_view type) {
    return http::same_name(std::string_view(place.content_type).substr(0, type.size()), type);
}

void add_moved(std::vector<Edit>& edits, std::vector<Edit>&& more, std::size_t by) {
    for (Edit& edit : more) {
        edit.begin += by;
        edit.end += by;
        edits.push_back(std::move(edit));
    }
}

/// `name` of a parameter like `; name="value"` of a header line; empty where there is none.
std::string_view find_parameter(std::string_view line, std::string_view name) {
    for (std::size_t at = line.find(';'); at != std::string_view::npos; at = line.find(';', at)) {
        at = std::min(line.find_first_not_of(" \t", at + 1), line.size());
        const std::size_t equals = line.find('=', at);
        if (equals == std::string_view::npos) break;
        if (!http::same_name(line.substr(at, equals - at), name)) continue;
        std::string_view value = line.substr(equals + 1);
        if (!value.starts_with('"')) return value.substr(0, value.find_first_of("; \t\r\n"));
        value.remove_prefix(1);
        return value.substr(0, value.find('"'));
    }
    return {};
}

/// The value of a line in a part's head; empty where there is none.
std::string_view find_line(std::string_view head, std::string_view name) {
    while (!head.empty()) {
        const std::size_t end = std::min(head.find('\n'), head.size());
        const std::string_view line = head.substr(0, end);
        const std::size_t colon = std::min(line.find(':'), line.size());
        if (http::same_name(line.substr(0, colon), name)) return line.substr(std::min(colon + 1, line.size()));
        head.remove_prefix(std::min(end + 1, head.size()));
    }
    return {};
}

/// A part of a multipart body: its head, then what it carries.
void look_at_part(std::string_view body, std::size_t begin, std::size_t end, const Place& place,
                  std::vector<Edit>& edits) {
    const std::string_view part = body.substr(begin, end - begin);
    std::size_t blank = part.find("\r\n\r\n");
    std::size_t width = 4;
    if (blank == std::string_view::npos) {
        blank = part.find("\n\n");
        width = 2;
    }
    if (blank == std::string_view::npos) return;
    const std::string_view head = part.substr(0, blank), content = part.substr(blank + width);
    const std::string name(find_parameter(find_line(head, "content-disposition"), "name"));
    const std::size_t at = begin + blank + width;
    Place inner{place.rules, place.redacted, place.name + '.' + name, place.side};
    inner.depth = place.depth + 1;
    if (place.rules.takes_name(http::decode_percent(name, http::Plus::literal)) || place.rules.takes_name(name)) {
        place.redacted.push_back(inner.name);
        edits.push_back({at, end, kRedacted});
    } else if (looks_like_json(content)) {
        add_moved(edits, find_secrets(content, TextKind::body, inner), at);
    } else if (inner.depth < kMostNested) {
        inner.content_type = find_line(head, "content-type");
        inner.content_type.erase(0, inner.content_type.find_first_not_of(" \t"));
        if (auto nested = find_form_secrets(content, inner)) add_moved(edits, *std::move(nested), at);
    }
}

/// Boundaries stand at the beginning of lines; one that was torn off ends the last part.
std::vector<Edit> find_in_parts(std::string_view body, const Place& place) {
    std::vector<Edit> edits;
    const std::string boundary = "--" + std::string(find_parameter(place.content_type, "boundary"));
    if (boundary.size() == 2) return edits;
    std::size_t at = body.find(boundary);
    while (at != std::string_view::npos) {
        const std::size_t begin = at + boundary.size();
        const std::size_t next = body.find('\n' + boundary, begin);
        std::size_t end = std::min(next, body.size());
        if (next != std::string_view::npos && end > begin && body[end - 1] == '\r') --end;
        look_at_part(body, begin, end, place, edits);
        at = next == std::string_view::npos ? next : next + 1;
    }
    return edits;
}

/// `data:` lines of server-sent events that are JSON.
std::vector<Edit> find_in_events(std::string_view body, const Place& place) {
    constexpr std::string_view kData = "data:";
    std::vector<Edit> edits;
    for (std::size_t at = 0; at < body.size();) {
        const std::size_t end = std::min(body.find('\n', at), body.size());
        const std::string_view line = body.substr(at, end - at);
        if (line.starts_with(kData) && looks_like_json(line.substr(kData.size())))
            add_moved(edits, find_secrets(line.substr(kData.size()), TextKind::body, place), at + kData.size());
        at = end + 1;
    }
    return edits;
}

}  // namespace

std::optional<std::vector<Edit>> find_form_secrets(std::string_view body, const Place& place) {
    if (is_of_type(place, "multipart/")) return find_in_parts(body, place);
    if (is_of_type(place, "text/event-stream")) return find_in_events(body, place);
    if (!is_of_type(place, "application/x-www-form-urlencoded")) return std::nullopt;
    const auto taken = [&](std::string_view name) {
        return place.rules.takes_name(http::decode_percent(name, http::Plus::space));
    };
    return query_edits(body, taken, place.redacted, place.name);
}

}  // namespace understudy::record
