#include "emulator/http/message.hpp"

#include <algorithm>
#include <array>
#include <ostream>

namespace understudy::http {
namespace {

constexpr std::array<std::pair<int, std::string_view>, 46> kReasons{{
    {100, "Continue"},
    {101, "Switching Protocols"},
    {200, "OK"},
    {201, "Created"},
    {202, "Accepted"},
    {203, "Non-Authoritative Information"},
    {204, "No Content"},
    {205, "Reset Content"},
    {206, "Partial Content"},
    {300, "Multiple Choices"},
    {301, "Moved Permanently"},
    {302, "Found"},
    {303, "See Other"},
    {304, "Not Modified"},
    {307, "Temporary Redirect"},
    {308, "Permanent Redirect"},
    {400, "Bad Request"},
    {401, "Unauthorized"},
    {402, "Payment Required"},
    {403, "Forbidden"},
    {404, "Not Found"},
    {405, "Method Not Allowed"},
    {406, "Not Acceptable"},
    {408, "Request Timeout"},
    {409, "Conflict"},
    {410, "Gone"},
    {411, "Length Required"},
    {412, "Precondition Failed"},
    {413, "Payload Too Large"},
    {414, "URI Too Long"},
    {415, "Unsupported Media Type"},
    {416, "Range Not Satisfiable"},
    {417, "Expectation Failed"},
    {418, "I'm a teapot"},
    {421, "Misdirected Request"},
    {422, "Unprocessable Entity"},
    {425, "Too Early"},
    {426, "Upgrade Required"},
    {428, "Precondition Required"},
    {429, "Too Many Requests"},
    {431, "Request Header Fields Too Large"},
    {500, "Internal Server Error"},
    {501, "Not Implemented"},
    {502, "Bad Gateway"},
    {503, "Service Unavailable"},
    {504, "Gateway Timeout"},
}};

}  // namespace

std::string_view reason_phrase(int status) {
    const auto found = std::ranges::lower_bound(kReasons, status, {}, &std::pair<int, std::string_view>::first);
    return found != kReasons.end() && found->first == status ? found->second : std::string_view();
}

std::ostream& operator<<(std::ostream& out, const Request& request) {
    return out << request.method << ' ' << request.target << " HTTP/1." << request.minor_version << '\n'
               << request.headers << '\n'
               << request.body;
}

std::ostream& operator<<(std::ostream& out, const Response& response) {
    return out << response.status << '\n' << response.headers << '\n' << response.body.view();
}

}  // namespace understudy::http
