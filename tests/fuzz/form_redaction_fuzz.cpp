// Whatever stands before a field that holds a secret, in forms of both kinds, the secret is not written.
#include "emulator/record/redaction.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

namespace {

using namespace understudy::record;

constexpr std::string_view kSecret = "hunter2-hunter2-hunter2";

std::string redacted(const Redactor& redactor, std::string_view type, std::string body) {
    Exchange exchange{.request = HttpMessage{"POST / HTTP/1.1", {}, std::move(body)}};
    exchange.request->headers.add("Content-Type", type);
    redactor.redact(exchange);
    return exchange.request->body;
}

void check(std::string_view body) {
    if (body.find(kSecret) != std::string_view::npos) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const Redactor redactor({.fields = {"password", "user.card"}});
    const std::string text(reinterpret_cast<const char*>(data), size);
    if (text.find("hunter2") != std::string::npos) return 0;
    const auto end = text.find('\n');
    redacted(redactor, "multipart/" + text.substr(0, end), end == std::string::npos ? text : text.substr(end));
    const std::string secret(kSecret);
    const std::string field = "Content-Disposition: form-data; name=\"password\"\r\n\r\n" + secret + "\r\n--b--\r\n";
    check(redacted(redactor, "multipart/form-data; boundary=b", text + "\r\n--b\r\n" + field));
    check(redacted(redactor, "application/x-www-form-urlencoded", text + "&password=" + secret));
    return 0;
}
