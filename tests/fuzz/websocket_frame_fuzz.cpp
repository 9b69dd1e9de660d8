// What a WebSocket client sends means the same, however it is cut.
#include "emulator/http/websocket_frame.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>
#include <vector>

namespace {

using understudy::http::WebSocketInput;
using understudy::http::WebSocketReader;

void take_all(WebSocketReader& reader, std::vector<WebSocketInput>& inputs) {
    while (auto input = reader.next()) inputs.push_back(std::move(*input));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    const understudy::http::WebSocketLimits limits{.frame = 100, .message = 300};
    std::vector<WebSocketInput> whole, cut;
    WebSocketReader reader(limits);
    reader.feed(bytes);
    take_all(reader, whole);
    WebSocketReader slow(limits);
    for (std::size_t i = 0; i < size; ++i) {
        slow.feed(bytes.substr(i, 1));
        take_all(slow, cut);
    }
    if (whole != cut) std::abort();
    return 0;
}
