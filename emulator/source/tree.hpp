#pragma once

#include "emulator/source/document.hpp"
#include "emulator/source/text.hpp"

#include <cstdint>
#include <deque>
#include <string>
#include <vector>

namespace understudy::source {

/// What one node holds. `content` is the entry that holds the text or children: itself, or an alias's anchored node.
struct Entry {
    NodeKind kind = NodeKind::scalar;
    ScalarStyle style = ScalarStyle::plain;
    bool flow = false;  ///< A sequence or mapping in flow.
    std::uint32_t content = 0;
    Range range;
    std::string text;
    std::string tag;
    /// The node's items or members: so many from `first` on.
    std::size_t first = 0;
    std::size_t count = 0;
    /// How many nodes it is and how deep, aliases expanded.
    std::size_t weight = 1;
    std::size_t height = 1;
};

/// The nodes of one document. Neither copied nor moved: nodes and lines point into it.
class Tree {
  public:
    Tree(std::string_view source_text, std::string_view source_name)
        : text(source_text), name(source_name), lines(text) {}
    Tree(const Tree&) = delete;
    Tree& operator=(const Tree&) = delete;

    const std::string text;
    const std::string name;
    const Lines lines;
    /// A deque, so that the texts of the entries stay in place while it grows.
    std::deque<Entry> entries;
    std::vector<Node> items;
    std::vector<Member> members;
    /// Where `DuplicateKeys::last_counts` took a key for another one.
    std::vector<Document::Overridden> overridden;
    std::uint32_t root = 0;
};

}  // namespace understudy::source
