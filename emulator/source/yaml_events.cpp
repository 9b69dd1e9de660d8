#include "emulator/source/yaml_events.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdio>

namespace understudy::source {
namespace {

constexpr char32_t kByteOrderMarkCode = 0xFEFF;
/// `\ud83d\ude00`
constexpr std::size_t kPairLength = 12;

Problem problem_at(const Tree& tree, std::size_t offset, std::string message) {
    return Problem(ProblemCode::malformed, std::move(message), tree.name, tree.lines.position(offset));
}

std::string render_hex(std::uint32_t number, int digits) {
    std::array<char, 16> buffer{};
    const int length = std::snprintf(buffer.data(), buffer.size(), "%0*X", digits, number);
    return std::string(buffer.data(), static_cast<std::size_t>(length));
}

/// The characters that YAML 1.1 has no place for (5.1, "printable"), blanks apart.
bool is_forbidden(char32_t code) {
    const bool control = code < 0x20 || (code >= 0x7F && code < 0xA0 && code != 0x85);
    return control || code == kByteOrderMarkCode || code == 0xFFFE || code == 0xFFFF;
}

/// The 16 bits of `\uXXXX` at `offset`, or 0 where there is no such escape.
std::uint32_t escaped_unit(std::string_view text, std::size_t offset) {
    const std::string_view escape = text.substr(std::min(offset, text.size()), 6);
    if (escape.size() != 6 || !escape.starts_with("\\u")) return 0;
    std::uint32_t unit = 0;
    const auto [end, error] = std::from_chars(escape.data() + 2, escape.data() + 6, unit, 16);
    return error == std::errc() && end == escape.data() + 6 ? unit : 0;
}

bool is_escaped_pair(std::string_view text, std::size_t offset) {
    const std::uint32_t high = escaped_unit(text, offset);
    const std::uint32_t low = escaped_unit(text, offset + 6);
    return high >= 0xD800 && high <= 0xDBFF && low >= 0xDC00 && low <= 0xDFFF;
}

ScalarStyle to_style(yaml_scalar_style_t style) {
    switch (style) {
        case YAML_SINGLE_QUOTED_SCALAR_STYLE:
            return ScalarStyle::single_quoted;
        case YAML_DOUBLE_QUOTED_SCALAR_STYLE:
            return ScalarStyle::double_quoted;
        case YAML_LITERAL_SCALAR_STYLE:
            return ScalarStyle::literal;
        case YAML_FOLDED_SCALAR_STYLE:
            return ScalarStyle::folded;
        default:
            return ScalarStyle::plain;
    }
}

std::string to_text(const yaml_char_t* bytes, std::size_t size) {
    return std::string(reinterpret_cast<const char*>(bytes), size);
}

std::string to_text(const yaml_char_t* bytes) {
    return bytes == nullptr ? std::string() : std::string(reinterpret_cast<const char*>(bytes));
}

Event to_alias(const yaml_event_t& raw) {
    Event event;
    event.kind = EventKind::alias;
    event.anchor = to_text(raw.data.alias.anchor);
    return event;
}

Event to_scalar(const yaml_event_t& raw) {
    const auto& scalar = raw.data.scalar;
    Event event;
    event.kind = EventKind::scalar;
    event.style = to_style(scalar.style);
    event.text = to_text(scalar.value, scalar.length);
    event.anchor = to_text(scalar.anchor);
    event.tag = to_text(scalar.tag);
    return event;
}

/// The start of a sequence or mapping; `flow_style` is that of its kind.
template <class Start, class Style>
Event to_collection_start(EventKind kind, const Start& start, Style flow_style) {
    Event event;
    event.kind = kind;
    event.flow = start.style == flow_style;
    event.anchor = to_text(start.anchor);
    event.tag = to_text(start.tag);
    return event;
}

Event to_plain_event(EventKind kind) {
    Event event;
    event.kind = kind;
    return event;
}

Event to_event(const yaml_event_t& raw) {
    switch (raw.type) {
        case YAML_STREAM_END_EVENT:
            return to_plain_event(EventKind::stream_end);
        case YAML_DOCUMENT_START_EVENT:
            return to_plain_event(EventKind::document_start);
        case YAML_ALIAS_EVENT:
            return to_alias(raw);
        case YAML_SCALAR_EVENT:
            return to_scalar(raw);
        case YAML_SEQUENCE_START_EVENT:
            return to_collection_start(EventKind::sequence_start, raw.data.sequence_start, YAML_FLOW_SEQUENCE_STYLE);
        case YAML_MAPPING_START_EVENT:
            return to_collection_start(EventKind::mapping_start, raw.data.mapping_start, YAML_FLOW_MAPPING_STYLE);
        case YAML_SEQUENCE_END_EVENT:
        case YAML_MAPPING_END_EVENT:
            return to_plain_event(EventKind::collection_end);
        default:
            return to_plain_event(EventKind::other);
    }
}

/// What helps where libyaml says no more than that a character is wrong.
std::string remedy(std::string_view rest, std::string_view problem) {
    if (problem.starts_with("mapping values are not allowed")) return "quote the text if this colon belongs to it";
    if (!problem.starts_with("found character that cannot start any token") || rest.empty()) return {};
    if (rest.front() == '\t') return "indent with spaces, not with tabs";
    return "quote text that begins with this character";
}

}  // namespace

Result<void> check_characters(const Tree& tree) {
    const std::string_view text = tree.text;
    if (text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF")) {
        return problem_at(tree, 0, "the text is in UTF-16").with_hint("save it as UTF-8");
    }
    for (std::size_t offset = 0; offset < text.size();) {
        const Character character = decode_character(text.substr(offset));
        if (character.code == kNotUtf8) {
            const auto byte = static_cast<std::uint8_t>(text[offset]);
            return problem_at(tree, offset, "the byte 0x" + render_hex(byte, 2) + " is not UTF-8");
        }
        const bool blank = character.code == U'\t' || character.code == U'\n' || character.code == U'\r';
        if (!blank && is_forbidden(character.code) && !(offset == 0 && character.code == kByteOrderMarkCode)) {
            const std::string code = render_hex(character.code, 4);
            return problem_at(tree, offset, "the character U+" + code + " is not allowed in YAML")
                .with_hint("write it as \\u" + code + " between double quotes");
        }
        offset += character.width;
    }
    return {};
}

std::vector<std::size_t> find_surrogate_pairs(std::string_view text) {
    std::vector<std::size_t> pairs;
    for (std::size_t at = text.find('\\'); at != std::string_view::npos; at = text.find('\\', at)) {
        if (is_escaped_pair(text, at)) {
            pairs.push_back(at);
            at += kPairLength;
        } else {
            at += 2;  // whatever a backslash escapes, a second one too, begins no escape
        }
    }
    return pairs;
}

EventReader::EventReader(const Tree& tree, std::span<const std::size_t> surrogate_pairs) : tree_(tree) {
    const std::string_view text = tree.text;
    input_.reserve(text.size());
    offsets_.reserve(text.size() + 1);
    auto pair = surrogate_pairs.begin();
    std::size_t offset = text.starts_with(kByteOrderMark) ? kByteOrderMark.size() : 0;
    while (offset < text.size()) {
        if (pair != surrogate_pairs.end() && *pair == offset) {
            ++pair;
            const std::uint32_t code =
                0x10000 + ((escaped_unit(text, offset) - 0xD800) << 10) + (escaped_unit(text, offset + 6) - 0xDC00);
            input_ += "\\U" + render_hex(code, 8);
            offsets_.insert(offsets_.end(), 10, static_cast<std::uint32_t>(offset));
            offset += kPairLength;
            continue;
        }
        const std::size_t width = decode_character(text.substr(offset)).width;
        input_ += text.substr(offset, width);
        offsets_.push_back(static_cast<std::uint32_t>(offset));
        offset += width;
    }
    offsets_.push_back(static_cast<std::uint32_t>(text.size()));
    yaml_parser_initialize(&parser_);
    yaml_parser_set_encoding(&parser_, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&parser_, reinterpret_cast<const yaml_char_t*>(input_.data()), input_.size());
}

EventReader::~EventReader() {
    yaml_parser_delete(&parser_);
}

std::size_t EventReader::to_offset(const yaml_mark_t& mark) const {
    return offsets_[std::min(mark.index, offsets_.size() - 1)];
}

Result<Event> EventReader::next() {
    yaml_event_t raw{};
    if (yaml_parser_parse(&parser_, &raw) == 0) return explain_failure();
    Event event = to_event(raw);
    event.range = {to_offset(raw.start_mark), to_offset(raw.end_mark)};
    yaml_event_delete(&raw);
    return event;
}

Problem EventReader::explain_failure() const {
    const std::string text = parser_.problem == nullptr ? "the text cannot be read" : parser_.problem;
    const std::string context = parser_.context == nullptr ? "" : parser_.context;
    const std::size_t offset = to_offset(parser_.problem_mark);
    if (context == "while scanning a quoted scalar" && text == "found unexpected end of stream") {
        return problem_at(tree_, to_offset(parser_.context_mark), "the quoted text that begins here never ends")
            .with_extent(1);
    }
    Problem problem =
        problem_at(tree_, offset, text).with_hint(remedy(std::string_view(tree_.text).substr(offset), text));
    if (context.empty()) return problem;
    const Position begin = tree_.lines.position(to_offset(parser_.context_mark));
    return std::move(problem).with_note(context + " that begins at line " + std::to_string(begin.line) + ", column " +
                                        std::to_string(begin.column));
}

}  // namespace understudy::source
