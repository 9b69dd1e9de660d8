// Trailers of gRPC-Web mean the same when they are written again, and so does the status in them.
#include "proto/wire/call_reading.hpp"
#include "proto/wire/envelope.hpp"
#include "proto/wire/grpc_status.hpp"
#include "proto/wire/trailer_lines.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

namespace {

using namespace understudy::wire;

void check_status(const Metadata& trailers) {
    const auto status = find_grpc_status(trailers);
    if (!status) return;
    const auto again = find_grpc_status(to_grpc_status(*status));
    if (!again || again->code() != status->code()) std::abort();
    if (!status->ok() && again->message() != status->message()) std::abort();
}

void check_answer(std::string_view lines, const Metadata& trailers) {
    constexpr std::string_view kMessage = "message";
    std::string body;
    append_envelope(body, 0, kMessage);
    append_envelope(body, kTrailers, lines);
    const HttpReply reply{200, {{"Content-Type", "application/grpc-web+proto"}}, body};
    const auto read = read_answer({Protocol::grpc_web, Codec::proto}, Compression::identity, reply);
    const auto status = find_grpc_status(trailers);
    if (read.unreadable.empty() != status.has_value()) std::abort();
    if (status && read.answer.message != (status->ok() ? kMessage : std::string_view())) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view lines(reinterpret_cast<const char*>(data), size);
    const Metadata trailers = read_trailer_lines(lines);
    if (read_trailer_lines(to_trailer_lines(trailers)) != trailers) std::abort();
    check_status(trailers);
    check_answer(lines, trailers);
    return 0;
}
