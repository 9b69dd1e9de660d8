#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <initializer_list>
#include <iosfwd>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>

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
    constexpr auto kCase = 'a' ^ 'A';
    if (left.size() != right.size()) return false;
    return left.empty() || (((left[0] ^ right[0]) & ~kCase) == 0 && same_letters(left, right));
}

/// The header lines of one message, in the order and spelling in which they arrived. Equal names stay separate
/// lines; nothing is folded, joined, sorted or limited in size. A value: copies and compares.
class Headers {
    /// Stands in front of a line's text.
    struct Sizes {
        std::uint32_t name;
        std::uint32_t value;
    };

  public:
    class Iterator {
      public:
        using iterator_category = std::input_iterator_tag;
        using value_type = HeaderLine;
        using difference_type = std::ptrdiff_t;
        using pointer = void;
        using reference = HeaderLine;

        Iterator() = default;
        HeaderLine operator*() const {
            const Sizes sizes = read_sizes();
            const char* const name = at_ + sizeof(Sizes);
            return {{name, sizes.name}, {name + sizes.name, sizes.value}};
        }
        Iterator& operator++() {
            const Sizes sizes = read_sizes();
            at_ += sizeof(Sizes) + sizes.name + sizes.value;
            return *this;
        }
        Iterator operator++(int) {
            const Iterator old = *this;
            ++*this;
            return old;
        }
        friend bool operator==(const Iterator&, const Iterator&) = default;

      private:
        friend class Headers;
        explicit Iterator(const char* at) : at_(at) {}
        Sizes read_sizes() const {
            Sizes sizes;
            std::memcpy(&sizes, at_, sizeof sizes);
            return sizes;
        }
        const char* at_ = nullptr;
    };

    Headers() = default;
    Headers(std::initializer_list<HeaderLine> lines);

    void add(std::string_view name, std::string_view value);

    /// Counted: takes time for each line.
    std::size_t size() const { return static_cast<std::size_t>(std::distance(begin(), end())); }
    bool empty() const { return text_.empty(); }
    Iterator begin() const { return Iterator(text_.data()); }
    Iterator end() const { return Iterator(text_.data() + text_.size()); }

    /// The value of the first line of that name.
    std::optional<std::string_view> first(std::string_view name) const;
    /// The value of the last line of that name.
    std::optional<std::string_view> last(std::string_view name) const;
    bool contains(std::string_view name) const { return first(name).has_value(); }
    /// The most that the lines take in a message, `: ` and CRLF included.
    std::size_t most_written() const {
        static_assert(sizeof(Sizes) >= std::string_view(": \r\n").size());
        return text_.size();
    }
    /// Whether a name or a value holds CR, LF or NUL, which may not stand in a header line (RFC 9110, 5.5).
    bool break_lines() const;

    friend bool operator==(const Headers& left, const Headers& right) { return left.text_ == right.text_; }

  private:
    std::string text_;  ///< Of each line its sizes, its name and its value: one allocation for all.
};

std::ostream& operator<<(std::ostream& out, const Headers& headers);

}  // namespace understudy::http
