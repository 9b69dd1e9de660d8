#pragma once

#include "emulator/source/document.hpp"
#include "emulator/source/tree.hpp"

#include <yaml.h>

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace understudy::source {

enum class EventKind : std::uint8_t {
    stream_end,
    document_start,
    scalar,
    alias,
    sequence_start,
    mapping_start,
    other,  ///< Ends and starts that need no more than their kind and range.
    collection_end,
};

/// What libyaml found next, with its place in bytes.
struct Event {
    EventKind kind = EventKind::other;
    Range range;
    ScalarStyle style = ScalarStyle::plain;
    /// Of a sequence or mapping: written with brackets or braces.
    bool flow = false;
    std::string text;
    std::string anchor;
    std::string tag;
};

/// The first byte of `text` that YAML cannot hold: no UTF-8, or a control character. Errors: malformed, at that byte.
Result<void> check_characters(const Tree& tree);

/// Where `text` has JSON's `\ud83d\ude00`, two escapes for one character. libyaml does not know them.
std::vector<std::size_t> find_surrogate_pairs(std::string_view text);

/// Reads the events of a text. The pairs at `surrogate_pairs` are read as the character that JSON means by them.
/// Preconditions: `check_characters` found nothing. Lifetime: `tree` must outlive it.
class EventReader {
  public:
    EventReader(const Tree& tree, std::span<const std::size_t> surrogate_pairs);
    ~EventReader();
    EventReader(const EventReader&) = delete;
    EventReader& operator=(const EventReader&) = delete;

    Result<Event> next();

  private:
    std::size_t to_offset(const yaml_mark_t& mark) const;
    Problem explain_failure() const;

    const Tree& tree_;
    /// What libyaml reads, and for each of its characters the byte of the document's text it stands for.
    std::string input_;
    std::vector<std::uint32_t> offsets_;
    yaml_parser_t parser_{};
};

}  // namespace understudy::source
