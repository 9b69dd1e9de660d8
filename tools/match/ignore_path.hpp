#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace understudy::match {

/// A path of values that are not compared: `messages[2].time`, `messages[*].time`, `counts["a"]`, `headers.*`,
/// `order.[shop.v1.note]` for an extension. Where the path has a list or map and this names no element, all of them are
/// meant: `messages.time`.
class IgnorePath {
  public:
    /// nullopt for a text that is no path.
    static std::optional<IgnorePath> parse(std::string_view text);

    /// Whether a path is meant, from its step `begin` on.
    bool matches(const std::vector<std::string>& path, std::size_t begin) const;

  private:
    bool matches_from(std::size_t own, const std::vector<std::string>& path, std::size_t at) const;

    std::vector<std::string> steps_;
};

/// The steps of a path: `a[2].b` is `.a`, `[2]`, `.b`; an extension is `.[full.name]`, be it behind a dot or not. Empty
/// for a text that is no path.
std::vector<std::string> parse_path(std::string_view text);

}  // namespace understudy::match
