#include "emulator/gateway/route_path.hpp"

namespace understudy::gateway {
namespace {

Segment parse_segment(std::string_view text) {
    if (!text.starts_with('{') || !text.ends_with('}')) return {Segment::Kind::literal, std::string(text)};
    text = text.substr(1, text.size() - 2);
    if (!text.ends_with('+')) return {Segment::Kind::parameter, std::string(text)};
    return {Segment::Kind::greedy, std::string(text.substr(0, text.size() - 1))};
}

}  // namespace

std::vector<Segment> parse_route_path(std::string_view path) {
    if (path.starts_with('/')) path.remove_prefix(1);
    std::vector<Segment> segments;
    for (Segments at(path); !at.done(); at = at.next()) {
        // Only the last segment is greedy; AWS takes no path with one before it.
        if (!segments.empty() && segments.back().kind == Segment::Kind::greedy) {
            segments.back() = {Segment::Kind::literal, '{' + segments.back().text + "+}"};
        }
        segments.push_back(parse_segment(at.current()));
    }
    return segments;
}

bool fills_greedy(std::string_view rest) {
    return rest.find_first_not_of('/') != std::string_view::npos;
}

}  // namespace understudy::gateway
