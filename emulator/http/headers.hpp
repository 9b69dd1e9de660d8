#pragma once

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <iosfwd>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace understudy::http {

/// One header line. Both views live as long as the `Headers` they came from is neither changed nor destroyed.
struct HeaderLine {
    std::string_view name;   ///< Spelled as it arrived.
    std::string_view value;  ///< Without the white space around it.

    friend bool operator==(const HeaderLine&, const HeaderLine&) = default;
};

/// Whether two texts of one length are the same but for the case of ASCII letters.
bool same_letters(std::string_view left, std::string_view right);

/// Whether two header names are the same: ASCII letters compare without case (RFC 9110, 5.1).
inline bool same_name(std::string_view left, std::string_view right) {
    return left.size() == right.size() && same_letters(left, right);
}

/// The header lines of one message, in the order and spelling in which they arrived. Equal names stay separate
/// lines; nothing is folded, joined, sorted or limited in size. A value: copies and compares.
class Headers {
  public:
    class Iterator {
      public:
        using iterator_category = std::input_iterator_tag;
        using value_type = HeaderLine;
        using difference_type = std::ptrdiff_t;
        using pointer = void;
        using reference = HeaderLine;

        Iterator() = default;
        HeaderLine operator*() const { return (*headers_)[index_]; }
        Iterator& operator++() { return ++index_, *this; }
        Iterator operator++(int) { return Iterator(*headers_, index_++); }
        friend bool operator==(const Iterator&, const Iterator&) = default;

      private:
        friend class Headers;
        Iterator(const Headers& headers, std::size_t index) : headers_(&headers), index_(index) {}
        const Headers* headers_ = nullptr;
        std::size_t index_ = 0;
    };

    Headers() = default;
    Headers(std::initializer_list<HeaderLine> lines);

    void add(std::string_view name, std::string_view value);

    std::size_t size() const { return lines_.size(); }
    bool empty() const { return lines_.empty(); }
    HeaderLine operator[](std::size_t index) const {
        const Line& line = lines_[index];
        const char* name = text_.data() + line.begin;
        return {{name, line.name_length}, {name + line.name_length, line.value_length}};
    }
    Iterator begin() const { return {*this, 0}; }
    Iterator end() const { return {*this, lines_.size()}; }

    /// The value of the first line of that name.
    std::optional<std::string_view> first(std::string_view name) const;
    /// The value of the last line of that name.
    std::optional<std::string_view> last(std::string_view name) const;
    bool contains(std::string_view name) const { return first(name).has_value(); }
    /// Whether a name or a value holds CR, LF or NUL, which may not stand in a header line (RFC 9110, 5.5).
    bool break_lines() const;

    friend bool operator==(const Headers& left, const Headers& right);

  private:
    struct Line {
        std::uint32_t begin;
        std::uint32_t name_length;
        std::uint32_t value_length;
    };
    std::string text_;
    std::vector<Line> lines_;
};

std::ostream& operator<<(std::ostream& out, const Headers& headers);

}  // namespace understudy::http
