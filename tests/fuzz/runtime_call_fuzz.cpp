// Any request is a call of the Runtime API.
#include "emulator/lambda/runtime_call.hpp"

#include <cstddef>
#include <cstdint>
#include <string>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace understudy;
    const std::string text(reinterpret_cast<const char*>(data), size);
    const auto end = text.find('\n');
    http::Request request;
    request.method = size % 2 == 0 ? "POST" : "GET";
    request.target = text.substr(0, end);
    request.headers.add("Transfer-Encoding", "chunked");
    request.headers.add("Lambda-Runtime-Function-Error-Body", text);
    if (end != std::string::npos) request.body = text.substr(end + 1);
    lambda::parse_runtime_call(std::move(request));
    return 0;
}
