// Bodies of any bytes are read as calls and as answers of all dialects, and what was read travels as it is.
#include "proto/wire/call_reading.hpp"
#include "proto/wire/call_writing.hpp"
#include "proto/wire/envelope.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

namespace {

using namespace understudy::wire;

constexpr std::size_t kMost = std::size_t{1} << 20;

void check_envelopes(std::string_view body) {
    const auto envelopes = read_envelopes(body);
    if (!envelopes) return;
    std::string again;
    for (const auto& envelope : *envelopes) append_envelope(again, envelope.flags, envelope.payload);
    if (again != body) std::abort();
}

Metadata to_lines(Dialect dialect, bool compressed) {
    Metadata lines{{"Content-Type", std::string(to_content_type(dialect))}};
    if (compressed) lines.emplace_back(has_envelopes(dialect.protocol) ? "grpc-encoding" : "Content-Encoding", "gzip");
    return lines;
}

void check_call(Dialect dialect, bool compressed, std::string_view body) {
    const Metadata lines = to_lines(dialect, compressed);
    const Metadata query{{"encoding", "proto"}, {"base64", "1"}, {"message", std::string(body)}};
    Call call{.dialect = dialect};
    if (!read_call({lines, body}, query, kMost, call).ok()) return;
    if (call.message.size() > kMost) std::abort();
    if (dialect.protocol == Protocol::connect_get) return;
    call.metadata.clear();
    const HttpRequest request = to_http_request(call);
    Call again{.dialect = dialect};
    if (!read_call(request, {}, kMost, again).ok() || again.message != call.message) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    const bool compressed = (data[0] & 1) != 0;
    const std::string body(reinterpret_cast<const char*>(data + 1), size - 1);
    check_envelopes(body);
    for (const Dialect dialect : kDialects) {
        check_call(dialect, compressed, body);
        const int status = (data[0] & 2) != 0 ? 503 : 200;
        read_answer(dialect, Compression::gzip, {status, to_lines(dialect, compressed), body});
    }
    return 0;
}
