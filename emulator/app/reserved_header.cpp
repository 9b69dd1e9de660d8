#include "emulator/app/reserved_header.hpp"

#include "emulator/app/template/names.hpp"

#include <algorithm>
#include <array>
#include <string>

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

}  // namespace

bool is_reserved_header(std::string_view name) {
    const std::string lower = templates::to_lower(name);
    return std::ranges::any_of(kReserved, [&lower](std::string_view reserved) {
        if (!reserved.ends_with('*')) return lower == reserved;
        reserved.remove_suffix(1);
        return lower.starts_with(reserved);
    });
}

}  // namespace understudy::app
