#pragma once

#include <http_parser.h>

#include <cstdint>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace understudy::runtime {

/// A reply of the Runtime API.
struct Reply {
    int status = 0;
    std::vector<std::pair<std::string, std::string>> headers;
    std::string_view body;  ///< Valid until the next reply begins.

    /// The first value of a header, its name in any case; nullptr where there is none.
    const std::string* find_header(std::string_view name) const;
};

/// Bytes that are no HTTP/1.1 reply.
class MalformedReply : public std::runtime_error {
  public:
    using std::runtime_error::runtime_error;
};

/// Turns bytes into replies, one after the other. The body of a reply of known length can be read straight into its
/// final place, which is used again for the next one.
class ReplyParser {
  public:
    ReplyParser();
    ReplyParser(const ReplyParser&) = delete;
    ReplyParser& operator=(const ReplyParser&) = delete;

    /// Forgets the reply at hand; call it before each one.
    void begin();
    /// Takes bytes as they come; interim replies (1xx) are skipped. Errors: throws MalformedReply.
    void feed(std::string_view bytes);
    /// The unfilled rest of a body of known length, empty in any other case. Say by `advance` how much was read into
    /// it.
    std::span<char> room();
    void advance(std::size_t size);
    /// The connection has ended, which also ends a body without a length. Errors: throws MalformedReply where more was
    /// due.
    void end();

    bool is_complete() const { return is_complete_; }
    /// Whether any byte has come since `begin`.
    bool has_begun() const { return has_begun_; }
    /// Whether the connection may carry another request. Preconditions: is_complete().
    bool keeps_alive() const { return keeps_alive_ && !has_excess_; }
    /// Preconditions: is_complete().
    const Reply& reply() const { return reply_; }

  private:
    friend struct ReplyParserCallbacks;

    bool accept_headers();
    void append(std::string_view bytes);
    std::size_t execute(std::string_view bytes);
    void finish();

    http_parser parser_{};
    Reply reply_;
    std::string storage_;     ///< Only grows; its first `filled_` bytes are the body.
    std::size_t filled_ = 0;  ///< Of the body.
    std::size_t length_ = 0;  ///< Of the body, where `has_length_`.
    bool has_length_ = false;
    bool is_in_value_ = false;  ///< The header line at hand has begun its value.
    bool has_begun_ = false;
    bool is_complete_ = false;
    bool keeps_alive_ = false;
    bool has_excess_ = false;
};

}  // namespace understudy::runtime
