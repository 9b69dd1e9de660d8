// Any function name and payload is an accepted Invoke or a refusal.
#include "emulator/service/invoke.hpp"

#include <cstddef>
#include <cstdint>
#include <string>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace understudy;
    const std::string text(reinterpret_cast<const char*>(data), size);
    const auto end = text.find('\n');
    app::Application application;
    application.functions.emplace_back();
    http::Request request;
    request.method = "POST";
    request.target = "/2015-03-31/functions/" + text.substr(0, end) + "/invocations";
    request.headers.add("X-Amz-Client-Context", text);
    if (end != std::string::npos) request.body = text.substr(end + 1);
    service::parse_invoke(std::move(request), application, {"id", "trace", "date"});
    return 0;
}
