#pragma once

#include "emulator/http/headers.hpp"

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

namespace understudy::http {

/// A request as it arrived: nothing decoded, re-cased, joined or dropped.
struct Request {
    std::string method;
    std::string target;     ///< The request target's bytes: path, and the query behind the first `?`.
    int minor_version = 1;  ///< HTTP/1.x.
    Headers headers;
    std::string body;  ///< Without the transfer coding; a content coding is left alone.

    std::string_view path() const { return std::string_view(target).substr(0, target.find('?')); }
    /// What follows the first `?`; empty where there is none.
    std::string_view query() const {
        const auto mark = target.find('?');
        return mark == std::string::npos ? std::string_view() : std::string_view(target).substr(mark + 1);
    }
    friend bool operator==(const Request&, const Request&) = default;
};

/// Bytes of a reply: its own, or shared with whoever may have to send them again (an event that is delivered twice).
class Body {
  public:
    Body() = default;
    Body(std::string bytes) : bytes_(std::move(bytes)) {}
    Body(const char* text) : bytes_(std::string(text)) {}
    Body(std::shared_ptr<const std::string> bytes) : bytes_(std::move(bytes)) {}

    std::string_view view() const {
        if (const auto* own = std::get_if<std::string>(&bytes_)) return *own;
        return *std::get<std::shared_ptr<const std::string>>(bytes_);
    }
    /// The bytes as shared ones from now on: nothing is copied.
    std::shared_ptr<const std::string> share() {
        if (auto* own = std::get_if<std::string>(&bytes_)) {
            bytes_ = std::make_shared<const std::string>(std::move(*own));
        }
        return std::get<std::shared_ptr<const std::string>>(bytes_);
    }
    std::size_t size() const { return view().size(); }
    bool empty() const { return view().empty(); }
    friend bool operator==(const Body& left, const Body& right) { return left.view() == right.view(); }

  private:
    std::variant<std::string, std::shared_ptr<const std::string>> bytes_;
};

/// A reply as it will be written. The writer adds `Content-Length` where it is missing and may be sent; everything
/// else, `Date` and `Connection` included, is for whoever makes the reply.
struct Response {
    int status = 200;
    Headers headers;
    Body body;

    friend bool operator==(const Response&, const Response&) = default;
};

/// The standard reason phrase of a status code; empty for an unknown one (RFC 9110, 15).
std::string_view reason_phrase(int status);

std::ostream& operator<<(std::ostream& out, const Request& request);
std::ostream& operator<<(std::ostream& out, const Response& response);

}  // namespace understudy::http
