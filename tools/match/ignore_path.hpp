#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace understudy::match {

/// How one goes from a value to what is in it.
struct PathStep {
    std::string text;   ///< `.name`, `[2]`, `["key"]`
    std::string other;  ///< `.jsonName` of a message's field, `["name"]` of a key; empty: it has no other name.
};

/// A path of values that are not compared: `messages[2].time`, `messages[*].time`, `counts["a"]`, `headers.*`,
/// `order.[shop.v1.note]` for an extension. Where the path has a list or map and this names no element, all of them are
/// meant: `messages.time`. Fields of messages go by their names in files and in JSON.
class IgnorePath {
  public:
    /// nullopt for a text that is no path.
    static std::optional<IgnorePath> parse(std::string_view text);

    /// Whether a path is meant, from its step `begin` on.
    bool matches(std::span<const PathStep> path, std::size_t begin) const;

  private:
    bool matches_from(std::size_t own, std::span<const PathStep> path, std::size_t at) const;

    std::vector<std::string> steps_;
};

/// The steps of a path: `a[2].b` is `.a`, `[2]`, `.b`; an extension is `.[full.name]`, be it behind a dot or not. Empty
/// for a text that is no path.
std::vector<std::string> parse_path(std::string_view text);

/// Steps, one behind the other, as the text of a path: `.a[2].b` is `a[2].b`.
std::string to_path_text(std::string steps);

}  // namespace understudy::match
