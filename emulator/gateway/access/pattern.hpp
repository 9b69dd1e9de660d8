#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace understudy::access {

/// A regular expression (RE2) that takes linear time whatever a client sends.
class Pattern {
  public:
    explicit Pattern(const std::string& expression);
    Pattern(Pattern&& other) noexcept;
    Pattern& operator=(Pattern&& other) noexcept;
    ~Pattern();

    /// Whether the expression could be read; one that could not matches nothing.
    bool valid() const;
    bool matches_all(std::string_view text) const;
    bool matches_part(std::string_view text) const;

  private:
    struct Program;
    std::unique_ptr<Program> program_;
};

}  // namespace understudy::access
