#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace understudy::record {

/// Goes through a text of JSON once, from front to back, and copies only what is asked for. What is wrong is kept, and
/// from then on there is nothing more to read.
class JsonCursor {
  public:
    explicit JsonCursor(std::string_view text) : text_(text) {}

    /// Steps into an object; false for `null`, which stands for an absent one.
    bool enter_object();
    /// Its next member's name, until it ends; the value must then be read or skipped.
    bool next_member(std::string_view& name);
    /// The same for arrays.
    bool enter_array();
    bool next_item();

    /// Values; `null` leaves them as they are.
    void read_text(std::string& value);
    void read_flag(bool& value);
    void read_number(std::uint64_t& value);
    void read_number(std::uint32_t& value);
    /// A text or a number as it is written.
    void read_name(std::string& value);
    /// A value of any kind as it is written.
    std::string_view read_raw();
    void skip_value();
    /// Nothing but white space may follow.
    void expect_end();

    void fail(std::string reason);
    bool failed() const { return !reason_.empty(); }
    const std::string& reason() const { return reason_; }
    /// Where it is wrong, in bytes from 0.
    std::size_t offset() const { return at_; }
    /// The next byte that counts; 0 at the end.
    char peek() { return at_ < text_.size() && text_[at_] > ' ' && !failed() ? text_[at_] : find_next(); }

  private:
    /// The same, where it does not stand here.
    char find_next();
    bool take(char expected);
    bool take_word(std::string_view word);
    bool take_null() { return peek() == 'n' && take_word("null"); }
    void fail_at_end(std::string reason);
    void append_escape(std::string& value);
    unsigned read_code_unit();
    bool next_in(char close);
    std::string_view scan_number();
    void skip_text();

    static constexpr unsigned kMostDepth = 100;

    std::string_view text_;
    std::size_t at_ = 0;
    unsigned depth_ = 0;
    bool fresh_ = false;  ///< Behind an opening bracket, where no comma is.
    std::string name_;
    std::string reason_;
};

}  // namespace understudy::record
