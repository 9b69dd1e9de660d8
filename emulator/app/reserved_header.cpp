#include "emulator/app/reserved_header.hpp"

#include <algorithm>
#include <array>

namespace understudy::app {
namespace {

constexpr std::array<std::string_view, 22> kReserved{"access-control-*",
                                                     "apigw-*",
                                                     "authorization",
                                                     "connection",
                                                     "content-encoding",
                                                     "content-length",
                                                     "content-location",
                                                     "forwarded",
                                                     "keep-alive",
                                                     "origin",
                                                     "proxy-authenticate",
                                                     "proxy-authorization",
                                                     "te",
                                                     "trailers",
                                                     "transfer-encoding",
                                                     "upgrade",
                                                     "x-amz-*",
                                                     "x-amzn-*",
                                                     "x-forwarded-for",
                                                     "x-forwarded-host",
                                                     "x-forwarded-proto",
                                                     "via"};

char lower_letter(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool is_same(std::string_view lower, std::string_view text) {
    return std::ranges::equal(lower, text, {}, {}, lower_letter);
}

}  // namespace

bool is_reserved_header(std::string_view name) {
    return std::ranges::any_of(kReserved, [name](std::string_view reserved) {
        if (!reserved.ends_with('*')) return is_same(reserved, name);
        reserved.remove_suffix(1);
        return is_same(reserved, name.substr(0, reserved.size()));
    });
}

}  // namespace understudy::app
