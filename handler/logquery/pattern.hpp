#pragma once

#include "proto/wire/status.hpp"

#include <memory>
#include <string>
#include <string_view>

namespace re2 {
class RE2;
}

namespace understudy::logquery {

/// A regular expression in RE2's syntax: it takes time linear in the text, and bounded memory, whatever it says.
class Pattern {
  public:
    // What the memory to read a pattern grows with: 6 MB or less for the most that is accepted.
    static constexpr std::size_t kLongest = std::size_t{16} << 10;
    static constexpr std::size_t kMostUnicodeClasses = 32;

    /// Matches everything.
    Pattern();
    Pattern(Pattern&&) noexcept;
    Pattern& operator=(Pattern&&) noexcept;
    ~Pattern();

    /// Reads a request's field `pattern`; an empty one matches everything.
    /// Errors: `invalid_argument`, with what RE2 says about it.
    static wire::Status parse(const std::string& text, Pattern& pattern);

    /// Whether the pattern matches anywhere in `text`, which is UTF-8.
    bool matches(std::string_view text) const;

  private:
    std::unique_ptr<const re2::RE2> expression_;
};

}  // namespace understudy::logquery
