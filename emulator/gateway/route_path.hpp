#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace understudy::gateway {

/// One segment of a route's path.
struct Segment {
    enum class Kind : std::uint8_t {
        literal,    ///< `users`
        parameter,  ///< `{id}`: one segment that is not empty.
        greedy,     ///< `{proxy+}`: all that is left, if it is more than slashes.
    };
    Kind kind = Kind::literal;
    std::string text;  ///< literal: itself; else the name without braces and `+`.

    friend bool operator==(const Segment&, const Segment&) = default;
};

/// `/users/{id}/{rest+}` taken apart; `/` has no segment.
std::vector<Segment> parse_route_path(std::string_view path);

/// The segments of a request's path, one after another: `a//b/` has `a`, an empty one, `b` and an empty one. An empty
/// path has none.
class Segments {
  public:
    /// `path` without the slash in front.
    explicit Segments(std::string_view path) : path_(path), at_(path.empty() ? 1 : 0), end_(end_of(at_)) {}

    bool done() const { return at_ > path_.size(); }
    std::string_view current() const { return path_.substr(at_, end_ - at_); }
    /// The current one and all behind it.
    std::string_view rest() const { return path_.substr(at_); }
    /// Preconditions: not `done`.
    Segments next() const { return Segments(path_, end_ + 1); }

  private:
    Segments(std::string_view path, std::size_t at) : path_(path), at_(at), end_(end_of(at)) {}
    std::size_t end_of(std::size_t at) const { return std::min(path_.find('/', at), path_.size()); }

    std::string_view path_;
    std::size_t at_;
    std::size_t end_;
};

/// Whether `{proxy+}` takes this: there is more than slashes.
bool fills_greedy(std::string_view rest);

}  // namespace understudy::gateway
