#pragma once

#include "emulator/source/problem.hpp"
#include "emulator/source/text.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace understudy::source {

/// What a value of a document is.
enum class NodeKind : std::uint8_t { scalar, sequence, mapping };

/// How a scalar is written.
enum class ScalarStyle : std::uint8_t { plain, single_quoted, double_quoted, literal, folded };

/// The deepest nesting a document may have, aliases expanded: what whoever walks it by recursion needs stack for.
inline constexpr std::size_t kMaxDepth = 256;
/// The most nodes a document may have, aliases expanded: what bounds everyone who walks it.
/// A long text counts as one for each 256 bytes.
inline constexpr std::size_t kMaxNodes = 1'000'000;
/// The most bytes a document may have.
inline constexpr std::size_t kMaxBytes = 64 << 20;

class Tree;
struct Member;

/// One value of a document: as cheap to copy as a pointer.
/// An alias is a node of its own place with the content of the anchor's node.
/// Lifetime: valid while its document, or a copy of that, lives.
class Node {
  public:
    Node(const Tree& tree, std::uint32_t index) : tree_(&tree), index_(index) {}

    NodeKind kind() const;
    bool is_scalar() const { return kind() == NodeKind::scalar; }
    bool is_sequence() const { return kind() == NodeKind::sequence; }
    bool is_mapping() const { return kind() == NodeKind::mapping; }
    /// A plain scalar without a tag that is empty, `~` or `null`.
    bool is_null() const;
    /// A plain scalar without a tag: its type may be told from its text; any other scalar is a string.
    bool is_plain() const;
    bool is_alias() const;
    /// Whether it is a sequence or a mapping that is written in flow: in brackets, or `[a: 1]`'s one without.
    bool is_flow() const;
    /// Whether it stands inside of such a one.
    bool is_in_flow() const;

    /// A scalar's text, quotes and escapes resolved and otherwise as written: `1.0` stays `1.0`. Empty for others.
    std::string_view text() const;
    ScalarStyle style() const;
    /// The tag as written (`!Sub`), `!!str` as `tag:yaml.org,2002:str`; empty where there is none.
    std::string_view tag() const;

    /// The items of a sequence, in order; empty for others.
    std::span<const Node> items() const;
    /// The members of a mapping, in order, those brought in by a merge key (`<<`) last; empty for others.
    std::span<const Member> members() const;
    /// The value of a mapping's key; nullopt where there is none, or no mapping.
    std::optional<Node> find(std::string_view key) const;

    /// Where it begins: at its tag or anchor, where it has one.
    Position position() const;
    /// Its bytes in the document's text, from its tag or anchor to its last character.
    Range range() const;
    /// The name of the document's text.
    const std::string& file() const;
    /// All of the text.
    std::string_view document_text() const;
    /// A problem with this node: its file, position and the part of its first line that it takes.
    Problem problem(ProblemCode code, std::string message) const;

    /// Its number in the document, to remember nodes by.
    std::uint32_t index() const { return index_; }
    /// The same node of the same document.
    friend bool operator==(const Node&, const Node&) = default;

  private:
    const Tree* tree_;
    std::uint32_t index_;
};

/// A key with its value. Keys are scalars; `key.text()` is the key.
struct Member {
    Node key;
    Node value;
};

/// A YAML text and the tree of positioned nodes read from it. Copies share both.
class Document {
  public:
    explicit Document(std::shared_ptr<const Tree> tree) : tree_(std::move(tree)) {}

    /// The whole value: a null scalar where the text holds none.
    Node root() const&;
    Node root() && = delete;  // the node would outlive its text
    /// The node of that number: also one of a document that this was rewritten from.
    Node node(std::uint32_t index) const& { return Node(*tree_, index); }
    /// A place that stands for what another one says, that of a merge key included.
    struct Alias {
        Node alias;
        Node anchored;
    };
    /// In the order of the text.
    std::vector<Alias> aliases() const&;
    /// A key that a later one of its mapping takes the place of, with `DuplicateKeys::last_counts`.
    struct Overridden {
        Node key;
        Node by;
    };
    /// In the order of the text.
    std::vector<Overridden> overridden() const&;
    const std::string& text() const;
    const std::string& name() const;

    /// What takes a scalar's place: another text in its style, or the whole value of another document.
    using Replacement = std::variant<std::string, Document>;
    /// The same document with other scalars, keys included, where `replace` gives one; positions, ranges, text and
    /// numbers of nodes stay, and what a value is replaced by stands wholly at its place. Aliases follow their anchors.
    Document rewritten(const std::function<std::optional<Replacement>(Node)>& replace) const;

  private:
    std::shared_ptr<const Tree> tree_;
};

/// What a key means that its mapping has already.
enum class DuplicateKeys : std::uint8_t {
    refused,     ///< A mistake.
    last_counts  ///< As CloudFormation and PyYAML read templates. Of merge keys (`<<`) there is one all the same.
};

/// Reads one YAML document; JSON is YAML. `name` is what problems call the text, usually its path.
///
/// Errors: malformed: text that breaks YAML's rules, or is not UTF-8. invalid: a second document, a duplicate key, a
/// key that is no scalar, an alias without an anchor or inside it. too_large: deeper than `kMaxDepth`, more than
/// `kMaxNodes`.
Result<Document> parse_document(std::string_view text, std::string_view name,
                                DuplicateKeys duplicates = DuplicateKeys::refused);

}  // namespace understudy::source
